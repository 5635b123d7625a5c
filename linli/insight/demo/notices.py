"""The demo's notices: what today's moves told people, all but each one's latest few read."""

from datetime import datetime

from django.db import connection

from linli.cases.actions.tell import LISTENER, tell
from linli.notices.actions.gather import LISTENER as REACTIONS
from linli.notices.actions.listen import catch_up

UNREAD = 5
# Each move was told when it happened: nothing is folded.
_NEVER = 1_000_000
_READ = """
UPDATE notices_notice n SET read_at = n.at FROM (
  SELECT id, row_number() OVER (PARTITION BY user_id ORDER BY at DESC, id DESC) AS place
  FROM notices_notice
) AS r WHERE r.id = n.id AND r.place > %s
"""


def pass_over_history() -> None:
    """Nobody is told of years past, and nothing follows from them."""
    catch_up(LISTENER)
    catch_up(REACTIONS)


def tell_today(now: datetime) -> None:
    """Tell what today's open matters went through; nobody listens to the stream yet."""
    while tell(at=now, single=_NEVER):
        pass
    with connection.cursor() as cursor:
        cursor.execute(_READ, [UNREAD])
        cursor.execute("DELETE FROM notices_streamevent")
