"""Check in: a member was at a place, as the phone's position or the code on paper shows."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.audit.record import record
from linli.kernel.earth import apart
from linli.kernel.errors import IllegalMove, Invalid, NotFound
from linli.kernel.ids import read_id
from linli.patrol.actions.own_shift import own_shift
from linli.patrol.choices import Way
from linli.patrol.codes import is_code_of
from linli.patrol.models import CheckIn, CheckPoint, Shift
from linli.patrol.queries.shifts import route_of
from linli.roads.network import Point

# Metres to the place, and what a phone may say it does not know; more is no proof of anything.
NEAR, DOUBT = 60.0, 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """How somebody shows they are there: a position with its doubt in metres, or a code."""

    point: Point | None = None
    accuracy: float = 0.0
    code: str = ""


@dataclass(frozen=True, slots=True)
class _Spot:
    name: str
    at: Point
    point: CheckPoint | None


@transaction.atomic
def check_in(
    shift_id: UUID, *, key: str, proof: Proof, moment: datetime, check_in_id: UUID,
    actor: Actor, at: datetime,
) -> CheckIn:  # fmt: skip
    """Write down that the actor was at the place ``key`` at ``moment``; sent twice it is once.

    ``key`` is what the route calls the place; ``check_in_id`` is made by the phone, which may send
    it hours later. Raises :class:`IllegalMove` where the position is too far off.
    """
    if (before := CheckIn.objects.filter(pk=check_in_id).first()) is not None:
        return _again(before, shift_id, actor)
    shift, user = own_shift(shift_id, moment=moment, actor=actor, at=at)
    spot = _spot(shift, key)
    way, metres = _proved(spot, proof)
    row = CheckIn(
        id=check_in_id, shift=shift, patrol_area_id=shift.patrol_area_id, team_id=shift.team_id,
        user_id=user, point=spot.point, place="" if spot.point else key, name=spot.name,
        way=way, metres=metres, at=moment, received_at=at,
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as clash:
        again = CheckIn.objects.filter(pk=check_in_id).first()
        if again is None:
            raise Invalid(_("This key was used for another check-in.")) from clash
        return _again(again, shift_id, actor)
    facts = {"shift": str(shift.id), "place": key, "way": way}
    record("patrol_check_in", row.id, "patrol.check_in", actor=actor.user_id, at=at, facts=facts)
    return row


def _again(row: CheckIn, shift_id: UUID, actor: Actor) -> CheckIn:
    if row.shift_id != shift_id or row.user_id != actor.user_id:
        raise Invalid(_("This key was used for another check-in."))
    return row


def _spot(shift: Shift, key: str) -> _Spot:
    """Return the place a key means: a check point of the area, or a stop of the shift's route."""
    kind, _colon, name = key.partition(":")
    if kind == "point" and (wanted := read_id(name)):
        point = CheckPoint.objects.filter(
            pk=wanted, patrol_area=shift.patrol_area_id, retired_at=None
        ).first()
        if point is not None:
            return _Spot(point.name, (point.longitude, point.latitude), point)
    route = route_of(shift)
    for stop in route.stops if route else []:
        if kind and stop["key"] == key:
            return _Spot(stop["name"], (stop["lng"], stop["lat"]), None)
    raise NotFound(_("There is no such check point here."))


def _proved(spot: _Spot, proof: Proof) -> tuple[Way, int | None]:
    if proof.code:
        if spot.point is None or not is_code_of(proof.code, spot.point.id, spot.point.edition):
            raise IllegalMove(
                _("This code is not that of the check point."),
                _("It may have been replaced: tell your leader."),
            )
        return Way.CODE, None
    if proof.point is None:
        raise Invalid(_("Neither a position nor a code was sent."))
    metres = apart(spot.at, proof.point)
    if metres > NEAR + min(max(proof.accuracy, 0.0), DOUBT):
        raise IllegalMove(
            _("You are %(metres)d metres away from it.") % {"metres": round(metres)},
            _("Go nearer, or read the code on the paper there."),
        )
    return Way.POSITION, round(metres)
