"""What a conversation, a reopening and a publication can be, as plain data without Django."""

from linli.cases.lifecycle import CLOSED, RESOLVED

# What a resident writes, and what the centre writes to them.
REPORT, ADDITION, ANSWER, RATING, WISH = "report", "addition", "answer", "rating", "wish"
QUESTION, MESSAGE, OUTCOME, DECISION = "question", "message", "outcome", "decision"
BY_RESIDENT = (REPORT, ADDITION, ANSWER, RATING, WISH)
BY_CENTRE = (QUESTION, MESSAGE, OUTCOME, DECISION)

# A publication waits for a person's eyes; only these two states can be read by everybody.
WAITING, PUBLISHED, WITHOUT_PHOTO, REFUSED = "waiting", "published", "without_photo", "refused"
REVIEW_STATES = (WAITING, PUBLISHED, WITHOUT_PHOTO, REFUSED)
PUBLIC = (PUBLISHED, WITHOUT_PHOTO)
# Never a dispute, an incident or a consultation: they are between people, or nobody's business.
PUBLISHABLE_KINDS = ("request", "hazard")

# A resident rates, and asks for a reopening, once the centre says that it is done.
DONE = (RESOLVED, CLOSED)
# Photos in one sending.
MOST_PHOTOS = 3
# Worse than this, and a person of the centre asks back before anything counts as followed up.
CONTENT_FROM = 3
