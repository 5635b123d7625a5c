"""Register a matter: once, whatever the channel, wherever it happened."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.areas.codes import level_of
from linli.areas.models import Unit
from linli.areas.queries import area as find_area
from linli.cases.actions.categories import check_category
from linli.cases.actions.clockwork import first_clocks
from linli.cases.actions.parties import PartyData, sealed_party
from linli.cases.actions.step import write_event
from linli.cases.choices import Difficulty, Scale, Urgency
from linli.cases.models import Case, Placement
from linli.cases.policy import INTAKE, may_register
from linli.kernel.errors import Invalid, NotPermitted
from linli.kernel.ids import new_id
from linli.kernel.working_days import local_date


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """What was told at the intake. ``area`` is a code; ``latitude``/``longitude`` WGS-84 degrees."""

    kind: str
    title: str
    area: str
    channel: str
    description: str = ""
    category: str | None = None
    scale: str = Scale.INDIVIDUAL
    difficulty: str = Difficulty.ORDINARY
    urgency: str = Urgency.NORMAL
    high_risk: bool = False
    place: str = ""
    latitude: float | None = None
    longitude: float | None = None
    happened_on: date | None = None
    source_number: str = ""
    parties: Sequence[PartyData] = field(default=())


@transaction.atomic
def register_case(
    matter: Matter, *, actor: Actor, at: datetime, case_id: UUID | None = None
) -> Case:
    """Take a matter in at the actor's own desk and return the new case, state ``registered``.

    ``case_id`` is the key it shall have, where the caller has promised one already.
    """
    if not may_register(actor):
        raise NotPermitted(_("Only people who receive residents can register a case."))
    check_told(matter, at)
    desk, number = _desk_for(matter, actor, local_date(at).year)
    case = Case(
        id=case_id or new_id(), number=number,
        kind=matter.kind, category_id=matter.category or None, title=matter.title.strip(),
        description=matter.description, scale=matter.scale, difficulty=matter.difficulty,
        urgency=matter.urgency, high_risk=matter.high_risk, channel=matter.channel,
        source_number=matter.source_number, area_id=matter.area, place=matter.place,
        latitude=matter.latitude, longitude=matter.longitude, happened_on=matter.happened_on,
        state="registered", holder=desk, level=level_of(desk.area_id), opened_at=at,
    )  # fmt: skip
    clocks = first_clocks(case, at)
    place = Placement(case=case, unit=desk, part="lead", since=at)
    parties = [sealed_party(case, data) for data in matter.parties]
    write_event(
        case, "register", "", actor=actor, at=at, facts={"channel": case.channel},
        rows=[case, place, *clocks, *parties],
    )  # fmt: skip
    return case


def check_told(matter: Matter, at: datetime) -> None:
    """Raise :class:`Invalid` where what was told can't be, whatever the place and the category."""
    if not matter.title.strip():
        raise Invalid(
            _("The title is missing."), {"title": _("Please say in a few words what it is.")}
        )
    if matter.happened_on and matter.happened_on > local_date(at):
        raise Invalid(
            _("The date lies in the future."), {"happened_on": _("Choose a day up to today.")}
        )


# What a matter needs to know before it is written, and its number, in one statement: every intake
# pays for it. The desk is locked as its foreign key will lock it: a unit that is being closed is
# waited for. A refusal gives the number back.
_ASKED = """
WITH desk AS (
  SELECT u.id, u.area_id, u.kind, u.name FROM areas_unit u
  WHERE u.id = ANY (%(desks)s) AND u.closed_on IS NULL
  ORDER BY array_position(%(desks)s, u.id) LIMIT 1 FOR KEY SHARE OF u
), counted AS (
  INSERT INTO cases_counter (area, year, last) SELECT area_id, %(year)s, 1 FROM desk
  ON CONFLICT (area, year) DO UPDATE SET last = cases_counter.last + 1 RETURNING last
)
SELECT desk.*, counted.last,
  EXISTS (SELECT FROM areas_area WHERE code = %(area)s AND abolished_on IS NULL),
  EXISTS (SELECT FROM cases_category WHERE code = %(category)s AND kind = %(kind)s AND NOT retired)
FROM desk, counted
"""


def _desk_for(matter: Matter, actor: Actor, year: int) -> tuple[Unit, str]:
    """Return the unit at whose desk the actor takes the matter in, and the case's number.

    Place and category are checked on the way.
    """
    asked: dict[str, Any] = {
        "desks": [role.unit for role in actor.roles if role.kind in INTAKE and role.unit],
        "year": year, "area": matter.area, "category": matter.category, "kind": matter.kind,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_ASKED, asked)
        row = cursor.fetchone()
    if row is None:
        raise NotPermitted(_("You have no desk: ask the administrator for a unit."))
    *columns, last, is_area, is_category = row
    desk = Unit.from_db(connection.alias, ["id", "area_id", "kind", "name"], columns)
    if matter.category and not is_category:
        check_category(matter.kind, matter.category)
    if not is_area:
        find_area(matter.area)
    if matter.area[:4] != desk.area_id[:4]:
        raise Invalid(
            _("This place is in another city."), {"area": _("Choose an area of this city.")}
        )
    return desk, f"{desk.area_id}-{year}-{last:06d}"
