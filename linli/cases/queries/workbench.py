"""What a person must do now, in two statements: how much there is, and the first rows of each section.

Every section stands on a partial index over open cases (``case_holder_due``, ``case_handler_due``,
``case_follow_up_due``, ``case_told``, ``case_supervised``), so that it costs what it shows. A
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
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value

from linli.accounts.actor import CASELESS, Actor
from linli.accounts.scope import in_area, in_areas
from linli.cases import lifecycle
from linli.cases.choices import State
from linli.cases.lifecycle import OPEN, RETURNS_BEFORE_DESIGNATION
from linli.cases.lights import light_expression
from linli.cases.models import Case, Extension, Placement
from linli.cases.policy import DESK, DIRECTOR

ROWS = 20
# Counting stops here: whoever has more to do than this needs no exact number.
COUNTED = 999
_OPEN = sorted(OPEN)
_COLUMNS = (
    "id", "number", "title", "kind", "state", "area__name", "holder__name", "due_at", "version",
    "returns", "reminders", "supervised", "high_risk",
)  # fmt: skip

_FIELDS = [name.replace("__name", "") for name in _COLUMNS]

_BY_DEADLINE = (F("due_at").asc(nulls_last=True), "id")

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
    totals = _totals(wanted)
    found: dict[str, list[Row]] = {name: [] for name in wanted}
    arms = [_arm(name, cases, now) for name, cases in wanted.items() if totals.get(name)]
    for name, light, *columns in arms[0].union(*arms[1:], all=True) if arms else ():
        row = dict(zip(_FIELDS, columns, strict=True))
        due, state = row["due_at"], row["state"]
        waits = state == lifecycle.ASSIGNED and name in ("accept", "mine")
        late = due is not None and due < now
        found[name].append(Row(**row, light=light, is_late=late, may_accept=waits))
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


def _totals(wanted: Mapping[str, QuerySet[Case]]) -> dict[str, int]:
    """Return how many cases each section has, counted no further than one above :data:`COUNTED`."""
    parts: list[str] = []
    values: list[Any] = []
    for name, cases in wanted.items():
        # What can't have a row has no statement either.
        with suppress(EmptyResultSet):
            # In no order, so that PostgreSQL stops at the last it has to count.
            statement, given = cases.order_by().values("pk")[: COUNTED + 1].query.sql_with_params()
            parts.append(f"(SELECT %s, count(*) FROM ({statement}) AS found)")  # noqa: S608
            values += [name, *given]
    if not parts:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        return dict(cursor.fetchall())


def _arm(name: str, cases: QuerySet[Case], now: datetime) -> Any:
    # The most urgent first, then what is shown of them: only these are read twice.
    urgent = cases.order_by(*_BY_DEADLINE).values("pk")[:ROWS]
    columns = (
        Case.objects.filter(pk__in=urgent)
        .annotate(section=Value(name), light=light_expression(now))
        .values_list("section", "light", *_COLUMNS)
    )
    return columns.order_by(*_BY_DEADLINE)


def works_on_cases(actor: Actor) -> bool:
    """Say whether the actor has a workbench at all; auditors and administrators have not."""
    return any(role.kind not in CASELESS for role in actor.roles)
