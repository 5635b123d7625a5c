"""The first part of what a member does in a shift: it is theirs, and it is the time for it."""

from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.kernel.errors import IllegalMove, NotPermitted
from linli.patrol.actions.step import visible_shift
from linli.patrol.models import Shift
from linli.patrol.queries.shifts import EARLY, LATE, has_seat, within_shift

# A phone's clock may be ahead of ours by so much.
AHEAD = timedelta(minutes=5)
# The first of a shift may come in so long before it begins; from then on the shift stands.
OPENS = EARLY + AHEAD


def own_shift(
    shift_id: UUID, *, moment: datetime, actor: Actor, at: datetime
) -> tuple[Shift, UUID]:
    """Return a shift the actor is on in which ``moment`` lies, and who they are.

    What happened may be told until a day after the shift.
    """
    shift = visible_shift(shift_id, actor)
    user = on_shift(shift, actor)
    if not within_shift(shift, moment) or moment > at + AHEAD:
        raise IllegalMove(_("This was not within the shift."))
    in_time(shift, at)
    return shift, user


def on_shift(shift: Shift, actor: Actor) -> UUID:
    """Return who the actor is; raise :class:`NotPermitted` unless they are on the shift."""
    if actor.user_id is None or not has_seat(actor.user_id, shift.id):
        raise NotPermitted(_("You are not on this shift."))
    return actor.user_id


def in_time(shift: Shift, at: datetime) -> None:
    """Raise :class:`IllegalMove` where the shift has been over for too long."""
    if at > shift.ends_at + LATE:
        raise IllegalMove(
            _("The shift has been over for more than a day."), _("Tell your leader instead.")
        )
