"""Take fixes: where a member's phone was in their shift, in batches, each position once.

Nothing is audited here: it comes every minute from every phone. Reading a track is.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from math import isfinite
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.kernel.errors import Invalid
from linli.patrol.actions.own_shift import AHEAD, in_time, on_shift
from linli.patrol.actions.step import visible_shift
from linli.patrol.models import Fix, Shift

MOST = 2_000
# Metres: a position less sure than this says nothing about streets.
WORST = 100.0


@dataclass(frozen=True, slots=True)
class Position:
    """A position of a phone (WGS-84) with its doubt in metres."""

    at: datetime
    longitude: float
    latitude: float
    accuracy: float = 0.0


@transaction.atomic
def take_fixes(shift_id: UUID, positions: Iterable[Position], *, actor: Actor, at: datetime) -> int:
    """Keep the positions that lie within the shift; return how many were new or known.

    What lies outside is not kept, whatever the phone sends: a track belongs to its shift.
    """
    batch = list(positions)
    if len(batch) > MOST:
        raise Invalid(_("At most %(most)d positions at a time.") % {"most": MOST})
    shift = visible_shift(shift_id, actor)
    user = on_shift(shift, actor)
    in_time(shift, at)
    rows = [
        Fix(
            shift=shift, team_id=shift.team_id, user_id=user, at=one.at,
            longitude=round(one.longitude, 6), latitude=round(one.latitude, 6),
            accuracy=round(one.accuracy, 1),
        )
        for one in batch
        if _usable(one, shift, at)
    ]  # fmt: skip
    Fix.objects.bulk_create(rows, ignore_conflicts=True)
    if rows and shift.scored_at is not None:
        # They come late: the shift is counted again.
        Shift.objects.filter(pk=shift.pk).update(scored_at=None)
    return len(rows)


def _usable(one: Position, shift: Shift, at: datetime) -> bool:
    on_earth = (
        isfinite(one.longitude) and isfinite(one.latitude) and isfinite(one.accuracy)
        and -180 <= one.longitude <= 180 and -90 <= one.latitude <= 90
    )  # fmt: skip
    in_time = shift.starts_at <= one.at <= shift.ends_at and one.at <= at + AHEAD
    return on_earth and in_time and 0 <= one.accuracy <= WORST
