"""Gather: what happened since the last time becomes jobs for many objects at once.

A job of its own cost each case more than all its rows: PostgreSQL alone spent as long on writing,
finding and ending the two jobs of a registration as on the registration.
"""

from datetime import datetime, timedelta

from django.db import transaction

from linli.audit.reactions import enqueue_gathered, gathered_events
from linli.notices.actions.listen import catch_up, listen
from linli.notices.models import Heard as Position
from linli.notices.queries.heard import latest

LISTENER = "reactions"
# A worker that stood still that long has other things to make good.
_STALE = timedelta(days=30)
# Where nobody gathered before, older events had jobs of their own.
_FIRST = timedelta(minutes=15)


@transaction.atomic
def gather(*, at: datetime) -> bool:
    """Enqueue what follows from what happened since the last time; say whether there may be more.

    Jobs are written in the same transaction as the place that was read to: none twice, none left out.
    """
    events = gathered_events()
    if Position.objects.filter(listener=LISTENER).exists():
        heard, more = listen(LISTENER, events, at=at, stale=_STALE)
    else:
        catch_up(LISTENER)
        heard, more = latest(events, at - _FIRST), False
    if heard:
        enqueue_gathered((one.event, one.object_id, one.facts) for one in heard)
    return more
