"""Report: what a member found becomes a case at the desk over the patrol area, with its photo."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor, desk_actor
from linli.areas.queries import lowest_post
from linli.audit.record import record
from linli.cases.actions.attach import keep_file
from linli.cases.actions.register import Matter, register_case
from linli.cases.choices import Channel, Kind
from linli.cases.files import Content, checked
from linli.cases.models import Case
from linli.kernel.errors import Invalid
from linli.kernel.row_security import lent
from linli.patrol.actions.own_shift import own_shift
from linli.patrol.models import Finding
from linli.roads.network import Point

LONGEST = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingData:
    """What was found. ``photo`` is a name and its bytes, ``point`` WGS-84."""

    title: str
    description: str = ""
    place: str = ""
    point: Point | None = None
    category: str | None = None
    urgent: bool = False
    photo: tuple[str, bytes] | None = None


@transaction.atomic
def report_finding(
    shift_id: UUID, data: FindingData, *, moment: datetime, finding_id: UUID,
    actor: Actor, at: datetime,
) -> Finding:  # fmt: skip
    """Register a hazard and keep who found it; the same ``finding_id`` again is the same finding.

    The team is told the number; who sees the case is decided by where it lies and who it goes to.
    """
    before = Finding.objects.filter(pk=finding_id, user=actor.user_id).first()
    if before is not None:
        return before
    shift, user = own_shift(shift_id, moment=moment, actor=actor, at=at)
    title = data.title.strip()
    if not title or len(title) > LONGEST:
        reason = _("Say in 1 to %(most)d characters what it is.") % {"most": LONGEST}
        raise Invalid(reason, {"title": reason})
    photo = (data.photo[0], checked(data.photo[1])) if data.photo else None
    case = _register(shift.patrol_area.area_id, data, photo, actor=actor, at=at)
    finding = Finding(
        id=finding_id, shift=shift, team_id=shift.team_id, user_id=user, case_id=case.id,
        title=title, number=case.number, at=moment,
    )  # fmt: skip
    facts = {"shift": str(shift.id), "case": str(case.id)}
    record(
        "patrol_finding", finding.id, "patrol.finding", actor=actor.user_id, at=at, facts=facts,
        rows=[finding],
    )  # fmt: skip
    return finding


def _register(
    area: str, data: FindingData, photo: tuple[str, Content] | None, *, actor: Actor, at: datetime
) -> Case:
    post = lowest_post(area)
    desk = desk_actor(post.id, post.area_id)
    longitude, latitude = data.point or (None, None)
    matter = Matter(
        kind=Kind.HAZARD, title=data.title, description=data.description, area=area,
        channel=Channel.OTHER, category=data.category, place=data.place,
        longitude=longitude, latitude=latitude,
        urgency="danger" if data.urgent else "normal",
    )  # fmt: skip
    with lent(desk.areas, desk.units, desk.user_id):
        case = register_case(matter, actor=desk, at=at)
        if photo is not None:
            keep_file(case, photo[0], photo[1], by=actor.user_id, at=at)
    return case
