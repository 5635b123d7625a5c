"""What a person must do now, in two statements: how much there is, and the first rows of each section.

Every section stands on a partial index over open cases (``case_holder_due``, ``case_handler_due``,
``case_follow_up_due``, ``case_told``, ``case_supervised_due``), so that it costs what it shows. A
section names units or areas of the actor itself, which is the scope; row security repeats it.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from linli.accounts.actor import CASELESS, Actor
from linli.accounts.scope import in_area, in_areas
from linli.cases import lifecycle
from linli.cases.choices import State
from linli.cases.lifecycle import OPEN, RETURNS_BEFORE_DESIGNATION
from linli.cases.models import Case, Extension, Placement
from linli.cases.policy import DESK, DIRECTOR

ROWS = 20
# Counting stops here: whoever has more to do than this needs no exact number.
COUNTED = 999
_OPEN = sorted(OPEN)

# Only the first of each section are looked up, all of them at once.
_ROWS = """
SELECT s.section, c.id, c.number, c.title, c.kind, c.state, a.name, u.name, c.due_at, c.version,
  c.returns, c.reminders, c.supervised, c.high_risk,
  cases_light(c.state, c.high_risk, c.followed_up_at, c.warn_at, c.due_at, %s),
  coalesce(c.due_at < %s, false), c.state = 'assigned' AND s.section IN ('accept', 'mine')
FROM ({}) AS s (section, id, due_at) JOIN cases_case c ON c.id = s.id
  JOIN areas_area a ON a.code = c.area_id JOIN areas_unit u ON u.id = c.holder_id
ORDER BY c.due_at, c.id
"""

# In the order of the page.
SECTIONS = (
    "designate", "extensions", "accept", "mine", "standing_in", "returned", "desk", "helping",
    "follow_up", "told", "supervised",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """A case on the workbench."""

    id: UUID
    number: str
    title: str
    kind: str
    state: str
    area: str
    holder: str
    due_at: datetime | None
    version: int
    returns: int
    reminders: int
    supervised: bool
    high_risk: bool
    light: str
    is_late: bool
    may_accept: bool

    @property
    def state_label(self) -> str:
        """The state's word on the page."""
        return str(State(self.state).label)


@dataclass(frozen=True, slots=True)
class Section:
    """One kind of thing to do: its first rows in order of deadline, and how many there are.

    ``total`` goes no further than one above :data:`COUNTED`.
    """

    name: str
    rows: list[Row]
    total: int

    @property
    def more(self) -> bool:
        """Say whether not all are shown."""
        return self.total > len(self.rows)

    @property
    def is_capped(self) -> bool:
        """Say whether there are more than were counted."""
        return self.total > COUNTED

    @property
    def count(self) -> str:
        """How many there are, as it is written."""
        return f"{COUNTED}+" if self.is_capped else str(self.total)


def workbench(actor: Actor, now: datetime) -> list[Section]:
    """Return the sections that fit the actor's roles, the empty ones too, in the page's order."""
    wanted = dict(_sections(actor))
    told = _told(wanted)
    totals = _totals(told)
    found: dict[str, list[Row]] = {name: [] for name in wanted}
    for name, *columns in _first({name: told[name] for name in totals if totals[name]}, now):
        found[name].append(Row(*columns))
    return [Section(name, found[name], totals.get(name, 0)) for name in SECTIONS if name in wanted]


def _sections(actor: Actor) -> Iterator[tuple[str, QuerySet[Case]]]:
    with_me = Case.objects.filter(holder__in=actor.units)
    if actor.units:
        yield "mine", with_me.filter(handler=actor.user_id, state__in=_OPEN)
        yield "accept", with_me.filter(state=lifecycle.ASSIGNED, handler=None)
        came_back = with_me.filter(state=lifecycle.RETURNED)
        yield "returned", came_back.filter(returns__lt=RETURNS_BEFORE_DESIGNATION)
        yield "desk", with_me.filter(state=lifecycle.REGISTERED)
        yield "follow_up", with_me.filter(state=lifecycle.RESOLVED, followed_up_at=None)
        helping = Placement.objects.filter(unit__in=actor.units, part="helper", until=None)
        yield "helping", Case.objects.filter(pk__in=helping.values("case"), state__in=_OPEN)
        if actor.stands_in_for:
            others = with_me.filter(handler__in=actor.stands_in_for, state__in=_OPEN)
            yield "standing_in", others
    if actor.holds(*DIRECTOR):
        yield from _for_directors(actor)
    elif actor.holds(*DESK):
        below = Case.objects.filter(in_areas(actor, "area_id"), supervised=True, state__in=_OPEN)
        yield "supervised", below


def _for_directors(actor: Actor) -> Iterator[tuple[str, QuerySet[Case]]]:
    asked = Exists(Extension.objects.filter(case=OuterRef("pk"), decided_at=None))
    yield "extensions", Case.objects.filter(asked, decided_by(actor), state__in=_OPEN)
    units = [role.unit for role in actor.roles if role.kind in DIRECTOR and role.unit]
    returned = Case.objects.filter(holder__in=units, state=lifecycle.RETURNED)
    yield "designate", returned.filter(returns__gte=RETURNS_BEFORE_DESIGNATION)
    yield "told", Case.objects.filter(told__in=units, state__in=_OPEN)
    below = Case.objects.filter(in_areas(actor, "area_id"), supervised=True, state__in=_OPEN)
    yield "supervised", below


def decided_by(actor: Actor) -> Q:
    """Return the filter for the cases whose extensions the actor decides, as ``may_grant`` says."""
    decided = Q(pk__in=[])
    for role in actor.roles:
        if role.kind not in DIRECTOR:
            continue
        below = in_area(role.area, "holder__area_id")
        own = Q(holder__area=role.area, holder__kind__in=("centre", "grid"))
        top = len(role.area) == CITY_LENGTH
        decided |= below if top else below & ~own
    return decided


CITY_LENGTH = 4


def _told(wanted: Mapping[str, QuerySet[Case]]) -> dict[str, tuple[str, tuple[Any, ...]]]:
    """Return each section as a statement that gives id and deadline; what can't have a row has none."""
    told = {}
    for name, cases in wanted.items():
        with suppress(EmptyResultSet):
            told[name] = cases.order_by().values_list("pk", "due_at").query.sql_with_params()
    return told


def _totals(told: Mapping[str, tuple[str, tuple[Any, ...]]]) -> dict[str, int]:
    """Return how many cases each section has, counted no further than one above :data:`COUNTED`."""
    # In no order, so that PostgreSQL stops at the last it has to count.
    parts = [
        f"(SELECT %s, count(*) FROM ({statement} LIMIT {COUNTED + 1}) AS found)"  # noqa: S608
        for statement, _given in told.values()
    ]
    values = [value for name, (_statement, given) in told.items() for value in (name, *given)]
    if not parts:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        return dict(cursor.fetchall())


def _first(told: Mapping[str, tuple[str, tuple[Any, ...]]], now: datetime) -> list[tuple[Any, ...]]:
    """Return the first rows of each section, the most urgent first."""
    parts = [
        f"(SELECT %s, * FROM ({statement} ORDER BY 2, 1 LIMIT {ROWS}) AS urgent)"  # noqa: S608
        for statement, _given in told.values()
    ]
    values = [value for name, (_statement, given) in told.items() for value in (name, *given)]
    if not parts:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_ROWS.format(" UNION ALL ".join(parts)), [now, now, *values])
        return list(cursor.fetchall())


def works_on_cases(actor: Actor) -> bool:
    """Say whether the actor has a workbench at all; auditors and administrators have not."""
    return any(role.kind not in CASELESS for role in actor.roles)
