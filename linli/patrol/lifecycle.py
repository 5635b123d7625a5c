"""States of rosters and swaps: plain data."""

DRAFT, PUBLISHED, DROPPED = "draft", "published", "dropped"
# Verb → (from, to).
PLAN_MOVES = {"publish": (DRAFT, PUBLISHED), "drop": (DRAFT, DROPPED)}

ASKED, AGREED, GRANTED, REFUSED, WITHDRAWN = "asked", "agreed", "granted", "refused", "withdrawn"
# Verb → (from, to). The other one may refuse what is asked, the leader what is agreed.
SWAP_MOVES = {
    "agree": ({ASKED}, AGREED),
    "grant": ({AGREED}, GRANTED),
    "refuse": ({ASKED, AGREED}, REFUSED),
    "withdraw": ({ASKED, AGREED}, WITHDRAWN),
}
# What still waits for somebody.
OPEN_SWAPS = (ASKED, AGREED)
