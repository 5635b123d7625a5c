"""What the pages about an area show: its units, people, roster, what lies below, what happened."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, Q

from linli.accounts.models import RoleKind
from linli.accounts.queries import roles_on
from linli.accounts.scope import in_area
from linli.areas.codes import LENGTH_OF, LENGTHS, Level, above, parent_of
from linli.areas.models import Area, AreaChange, Duty, Unit, UnitKind
from linli.areas.queries import POSTS, Place, places

_SHAPES = """
SELECT json_agg(json_build_object('type', 'Feature', 'geometry', boundary, 'properties',
  json_build_object('code', code, 'name', name, 'url', %(pages)s || code || '/')) ORDER BY code)::text
FROM areas_area WHERE {column} = %(within)s AND boundary IS NOT NULL AND abolished_on IS NULL
"""

# A page of the areas right below: no outline is read, and all three are asked at once.
_BELOW = """SELECT a.code, a.name,
  (SELECT count(*) FROM areas_area b WHERE b.parent_id = a.code AND b.abolished_on IS NULL),
  coalesce(u.name, ''), coalesce(u.phone, '')
FROM (SELECT code, name FROM areas_area
    WHERE parent_id = %(code)s AND abolished_on IS NULL AND {bound}
    ORDER BY code {way} LIMIT %(most)s) AS a
  LEFT JOIN LATERAL (SELECT name, phone FROM areas_unit
    WHERE area_id = a.code AND kind = ANY (%(posts)s) AND closed_on IS NULL
    ORDER BY id DESC LIMIT 1) AS u ON true
ORDER BY a.code {way}
"""

# Lines on a page of the areas below, people and changes shown at most.
PAGE, MOST_STAFF, MOST_CHANGES, MOST_BRANCHES = 100, 300, 30, 800


def units_in(code: str) -> list[Unit]:
    """Return the open units of exactly this area with their rooms, its post first."""
    order = list(UnitKind.values)
    units = Unit.objects.filter(area=code, closed_on=None).prefetch_related("rooms")
    return sorted(units, key=lambda unit: (order.index(unit.kind), unit.name))


@dataclass(slots=True)
class Person:
    """Somebody who works in an area: name, work phone, each role with its unit's name, the units."""

    id: UUID
    name: str
    phone: str
    roles: list[tuple[str, str]] = field(default_factory=list)
    units: set[UUID] = field(default_factory=set)


def staff_of(units: Sequence[Unit], day: date) -> list[Person]:
    """Return who works in ``units`` on ``day``, directors first."""
    names: dict[UUID | None, str] = {unit.id: unit.name for unit in units}
    rows = (
        roles_on(day)
        .filter(unit__in=list(names), user__is_active=True)
        .values_list("user", "user__name", "user__phone", "kind", "unit")
        .order_by("user__name", "user")[:MOST_STAFF]
    )
    people: dict[UUID, Person] = {}
    kinds = list(RoleKind.values)
    for user, name, phone, kind, unit in sorted(rows, key=lambda row: _rank(row[3], kinds)):
        person = people.setdefault(user, Person(user, name, phone))
        person.roles.append((str(RoleKind(kind).label), names[unit]))
        if unit is not None:
            person.units.add(unit)
    return list(people.values())


def _rank(kind: str, kinds: list[str]) -> int:
    return -1 if kind == RoleKind.CENTRE_DIRECTOR else kinds.index(kind)


@dataclass(slots=True)
class DutyDay:
    """A day of the roster: turns as id and name."""

    date: date
    day: list[tuple[UUID, str]] = field(default_factory=list)
    night: list[tuple[UUID, str]] = field(default_factory=list)


def roster(unit: Unit, monday: date) -> list[DutyDay]:
    """Return the seven days from ``monday`` with who is on duty."""
    days = [DutyDay(monday + timedelta(days=number)) for number in range(7)]
    turns = (
        Duty.objects.filter(unit=unit, date__range=(days[0].date, days[-1].date))
        .order_by("user__name")
        .values_list("id", "date", "shift", "user__name")
    )
    for key, on, shift, name in turns:
        day = days[(on - monday).days]
        (day.night if shift == "night" else day.day).append((key, name))
    return days


@dataclass(frozen=True, slots=True)
class Below:
    """An area right below another: how many it has below itself, and its centre's phone."""

    code: str
    name: str
    parts: int
    post: str
    phone: str


@dataclass(frozen=True, slots=True)
class BelowPage:
    """A page of them; ``before`` and ``after`` are the codes that lead to the pages beside it."""

    rows: list[Below]
    total: int
    before: str | None
    after: str | None


def below(code: str, *, after: str = "", before: str = "") -> BelowPage:
    """Return a page of the areas right below, by code."""
    back = bool(before)
    bound, edge = ("code < %(edge)s", before) if back else ("code > %(edge)s", after)
    statement = _BELOW.format(bound=bound, way="DESC" if back else "ASC")
    given: dict[str, Any] = {"code": code, "edge": edge, "posts": list(POSTS), "most": PAGE + 1}
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        found = [Below(*row) for row in cursor.fetchall()]
    more, lines = len(found) > PAGE, found[:PAGE]
    if back:
        lines.reverse()
    has_before, has_after = (more, bool(lines)) if back else (bool(after), more)
    living = Area.objects.filter(parent=code, abolished_on=None)
    total = living.count() if has_before or has_after else len(lines)
    return BelowPage(
        lines,
        total,
        lines[0].code if has_before and lines else None,
        lines[-1].code if has_after and lines else None,
    )


def _parts(where: Q) -> dict[str, int]:
    rows = Area.objects.filter(where, abolished_on=None).order_by()
    return dict(rows.values_list("parent").annotate(Count("code")))


@dataclass(slots=True)
class Branch:
    """An area of the tree with how many areas lie right below it, and those that are shown."""

    place: Place
    parts: int = 0
    branches: list["Branch"] = field(default_factory=list)


def tree(top: str) -> list[Branch]:
    """Return two levels below ``top``: of a city its counties, and in each its townships."""
    lengths = [length for length in LENGTHS if length > len(top)][:2]
    levels = [LENGTHS[length] for length in lengths]
    found = places(in_area(top, "code") & Q(level__in=levels), MOST_BRANCHES)
    shown = [place.code for place in found]
    parts = _parts(Q(parent__in=shown))
    branches = {place.code: Branch(place, parts.get(place.code, 0)) for place in found}
    roots = []
    for code, branch in branches.items():
        parent = branches.get(parent_of(code) or "")
        if parent:
            parent.branches.append(branch)
        elif len(code) == lengths[0]:
            roots.append(branch)
    return roots


def changes_of(code: str) -> list[AreaChange]:
    """Return what happened to an area, latest first."""
    return list(AreaChange.objects.filter(area=code).order_by("-at", "-id")[:MOST_CHANGES])


def takers(unit: Unit) -> list[tuple[UUID, str]]:
    """Return the open units that could take over from ``unit``: its area's, those above, posts beside."""
    around = Q(area__in=above(unit.area_id))
    parent = parent_of(unit.area_id)
    if parent and len(parent) >= LENGTH_OF[Level.CITY]:
        beside = Area.objects.filter(parent=parent, abolished_on=None).values("code")
        around |= Q(area__in=beside, kind__in=[UnitKind.CENTRE, UnitKind.GRID])
    found = Unit.objects.filter(around, closed_on=None).exclude(pk=unit.pk)
    rows = found.order_by("-area", "kind", "name").values_list("id", "name", "area__name")
    return [(key, name if place in name else f"{name}（{place}）") for key, name, place in rows]


def shapes(within: str, pages: str) -> str:
    """Return a GeoJSON FeatureCollection of the areas right below, else of the area itself.

    ``pages`` is the address under which areas have their pages. Made by the database: an outline is
    never read into Python.
    """
    with connection.cursor() as cursor:
        for column in ("parent_id", "code"):
            cursor.execute(_SHAPES.format(column=column), {"within": within, "pages": pages})
            (features,) = cursor.fetchone()
            if features is not None:
                return f'{{"type":"FeatureCollection","features":{features}}}'
    return '{"type":"FeatureCollection","features":[]}'
