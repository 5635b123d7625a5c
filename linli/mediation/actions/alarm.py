"""Alarm: what may turn violent is reported to the police liaison at once (Act art. 25)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import CASELESS, Actor
from linli.accounts.models import RoleKind
from linli.accounts.queries import roles_on
from linli.areas.codes import above
from linli.areas.models import Unit, UnitKind
from linli.kernel.errors import IllegalMove
from linli.kernel.working_days import local_date
from linli.mediation.actions.step import begin, finish, required
from linli.mediation.models import Mediation
from linli.notices.actions.send import notify


@transaction.atomic
def alarm_mediation(
    mediation_id: UUID, *, note: str, actor: Actor, at: datetime, seen: int | None = None
) -> Mediation:
    """Report, with what was seen or heard: to the nearest police unit and the directors above.

    The notice passes quiet hours; its words carry no names. Calling 110 comes first.
    """
    mediation = begin("alarm", mediation_id, actor, seen=seen)
    note = required("alarm", note)
    area = mediation.case.area_id
    liaison = _nearest_police(area)
    told = _people(liaison, area, at) - {actor.user_id}
    if not told:
        raise IllegalMove(_("There is nobody Linli could tell."), _("Call 110."))
    event = finish(
        mediation, "alarm", by=actor.user_id, at=at, note=note,
        facts={"unit": str(liaison.id) if liaison else None, "told": len(told)},
    )  # fmt: skip
    case = mediation.case
    notify(
        "may_turn_violent", about=("mediation", mediation.id), at=at, key=str(event.id),
        to_users=[user for user in told if user], to_units=[liaison.id] if liaison else [],
        rule="mediation alarm", urgent=True, number=case.number, title=case.title,
        kind=case.get_kind_display(), unit=mediation.committee.name,
    )  # fmt: skip
    return mediation


def _nearest_police(area: str) -> Unit | None:
    """Return the police unit of the lowest area that holds the place."""
    return (
        Unit.objects.filter(
            kind=UnitKind.DEPARTMENT, field="police", closed_on=None, area__in=above(area)
        )
        .order_by("-area_id")
        .first()
    )


def _people(liaison: Unit | None, area: str, at: datetime) -> set[UUID | None]:
    today = roles_on(local_date(at))
    people: set[UUID | None] = set()
    if liaison is not None:
        people |= set(
            today.filter(unit=liaison.id).exclude(kind__in=CASELESS).values_list("user", flat=True)
        )
    directors = today.filter(kind=RoleKind.CENTRE_DIRECTOR, area__in=above(area))
    return people | set(directors.values_list("user", flat=True))
