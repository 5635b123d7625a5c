"""Read a track: where a team's phones were in a shift. Each reading goes on record, with the reason."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.audit.record import record
from linli.kernel.errors import IllegalMove, Invalid, NotPermitted
from linli.patrol.actions.step import visible_shift
from linli.patrol.models import Fix, Shift, TrackReading
from linli.patrol.policy import reads_tracks, tracks_visible_to
from linli.patrol.queries.shifts import has_seat
from linli.roads.network import Point

LONGEST_REASON = 200


@dataclass(frozen=True, slots=True)
class Track:
    """What one phone told in a shift: whose it is, from when until when, and its points (WGS-84)."""

    name: str
    first: datetime
    last: datetime
    points: tuple[Point, ...]


@transaction.atomic
def read_track(
    shift_id: UUID, *, reason: str = "", actor: Actor, at: datetime
) -> tuple[Shift, list[Track]]:
    """Return a shift with the tracks the actor may read: the team's to its leader, else one's own.

    A leader says why, which the team's members can read; both readings are recorded. Raises
    :class:`NotPermitted` for everybody else, and :class:`IllegalMove` before the shift begins.
    """
    shift, leads = track_of(shift_id, actor)
    why = reason.strip()[:LONGEST_REASON]
    if leads and not why:
        raise Invalid(_("A reason is missing."), {"reason": _("Write what you want to see.")})
    if shift.starts_at > at:
        # A reading stays, and its shift with it: one that may still give way has none.
        raise IllegalMove(_("This shift has not begun yet."))
    tracks = _tracks(shift, actor)
    facts = {"team": str(shift.team_id), "tracks": len(tracks)}
    reader = actor.user_id if leads else None
    record(
        "patrol_shift", shift.id, "patrol.read_track", actor=actor.user_id, at=at, facts=facts,
        rows=[TrackReading(shift=shift, team=shift.team, user_id=reader, reason=why, at=at)]
        if reader is not None else (),
    )  # fmt: skip
    return shift, tracks


def track_of(shift_id: UUID, actor: Actor) -> tuple[Shift, bool]:
    """Return a shift whose track the actor may read, and whether they read it as the team's leader.

    Raises :class:`NotPermitted` where they neither lead the team nor have a seat.
    """
    shift = visible_shift(shift_id, actor)
    leads = reads_tracks(actor, shift.team)
    if not leads and not has_seat(actor.user_id, shift.id):
        raise NotPermitted(_("A track is for the team's leader and for whoever walked it."))
    return shift, leads


def _tracks(shift: Shift, actor: Actor) -> list[Track]:
    rows = Fix.objects.filter(tracks_visible_to(actor), shift=shift).order_by("user", "at")
    found = []
    told = rows.values_list("user", "user__name", "at", "longitude", "latitude")
    for _user, group in groupby(told, key=lambda row: row[0]):
        own = list(group)
        points = tuple((x, y) for _key, _name, _at, x, y in own)
        found.append(Track(own[0][1], own[0][2], own[-1][2], points))
    return found
