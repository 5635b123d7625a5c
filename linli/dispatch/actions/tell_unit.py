"""Telling the people of a unit that they are wanted: their open phone, and a notice."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from linli.accounts.actor import CASELESS
from linli.accounts.queries import roles_on
from linli.dispatch.models import DispatchUnit, Incident, Shift
from linli.kernel.working_days import local_date
from linli.notices.actions.send import Telling, notify_all


def people_of(teams: Iterable[UUID], at: datetime) -> dict[UUID, list[UUID]]:
    """Return the people who work in each of the teams today."""
    rows = (
        roles_on(local_date(at))
        .filter(unit__in=list(teams), user__is_active=True)
        .exclude(kind__in=CASELESS)
        .values_list("unit", "user")
        .distinct()
    )
    found: dict[UUID, list[UUID]] = {}
    for unit, user in rows:
        if unit is not None:
            found.setdefault(unit, []).append(user)
    return found


def people_on(units: Sequence[DispatchUnit], at: datetime) -> dict[UUID, list[UUID]]:
    """Return by unit who is reached in it now: the crew of its shift, else everybody in its team."""
    running = Shift.objects.filter(unit__in=units, ended_at=None).exclude(crew=[])
    crews: dict[UUID, list[UUID]] = dict(running.values_list("unit", "crew"))
    teams = people_of([unit.team_id for unit in units if unit.id not in crews], at)
    return crews | {unit.id: teams[unit.team_id] for unit in units if unit.team_id in teams}


def tell_sent(incident: Incident, units: Sequence[DispatchUnit], at: datetime) -> None:
    """Tell the people of units that were sent where to go; it passes quiet hours."""
    people = people_on(units, at)
    notify_all(
        [
            Telling(
                "unit_sent", ("dispatch_unit", unit.id), at, to_users=people[unit.id],
                key=f"{incident.id}:{unit.id}:{at.isoformat()}", rule="unit sent", urgent=True,
                words={"incident": incident.kind.label, "scene": incident.place, "unit": unit.name},
            )
            for unit in units
            if unit.id in people
        ]
    )  # fmt: skip
