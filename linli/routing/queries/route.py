"""Where a case goes: the first rule that means it and whose target is there, else the lowest post."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.utils import timezone

from linli.areas.codes import above
from linli.areas.models import Unit
from linli.areas.queries import POSTS, posts
from linli.cases.deadlines import OFFICE_CLOSES
from linli.cases.queries.categories import categories
from linli.cases.queries.route import Route
from linli.kernel.working_days import is_working_day, local_date
from linli.routing.matching import Moment, Occasion, in_order, moment_of
from linli.routing.queries.table import NONE, Line, kept_table, renewed_table

_COLUMNS = [str(field.column) for field in Unit._meta.concrete_fields]
_UNIT = ", ".join(f"u.{column}" for column in _COLUMNS)

# The token, the type above the category, and every unit in question that is there: those the rules
# name, in their order, then the lowest post. One statement, because every assignment pays for it.
_ASKED = f"""
SELECT (SELECT token FROM routing_edition), (SELECT parent_id FROM cases_category WHERE code = %(category)s),
  f.* FROM (SELECT 1) one LEFT JOIN LATERAL (
    SELECT w.rank, {_UNIT} FROM unnest(%(units)s::uuid[], %(people)s::uuid[])
      WITH ORDINALITY AS w (unit, person, rank) JOIN areas_unit u ON u.id = w.unit
    WHERE u.closed_on IS NULL AND (w.person IS NULL OR EXISTS (
      SELECT FROM accounts_role r JOIN accounts_user p ON p.id = r.user_id AND p.is_active
      WHERE r.user_id = w.person AND r.unit = w.unit AND r.starts <= %(day)s
        AND (r.ends IS NULL OR r.ends >= %(day)s)))
    UNION ALL (SELECT 0, {_UNIT} FROM areas_unit u WHERE u.area_id = ANY (%(lines)s)
      AND u.kind = ANY (%(posts)s) AND u.closed_on IS NULL ORDER BY u.area_id DESC LIMIT 1)
  ) f ON true ORDER BY f.rank
"""  # noqa: S608 - columns come from the model
_POSTS = [kind.value for kind in POSTS]


class _Answer(NamedTuple):
    """What the database said; ``units`` by the rank of the rule that names them, 0 the lowest post."""

    token: UUID
    parent: str | None
    units: Mapping[int, Unit]


def where_to(case: Any, at: datetime, *, besides: frozenset[UUID] = frozenset()) -> Route | None:
    """Return where a case, or a matter not yet registered, goes at a moment.

    ``besides`` are units the rules may not lead to. None where no centre covers the place. Costs one
    statement, and two more in a process's first question after rules were switched.
    """
    while True:
        table = kept_table()
        area, code = _area(case), _category(case)
        lines = above(area)
        case_then = _occasion(case, frozenset(), moment_at(at))
        wanted = [
            line
            for line in in_order(table.sets, case_then, lines, category=False)
            if line.unit not in besides
        ]
        answer = _ask(wanted, code, lines, at)
        if answer.token == table.token:
            break
        renewed_table()
    meant = frozenset(one for one in (code, answer.parent) if one)
    for rank, line in enumerate(wanted, 1):
        of_it = line.conditions.categories
        if rank in answer.units and (not of_it or not of_it.isdisjoint(meant)):
            unit = answer.units[rank]
            return Route(unit, line.handler, line.id, line.number, line.why)
    return Route(answer.units[0]) if 0 in answer.units else None


def _ask(wanted: Sequence[Line], category: str | None, lines: list[str], at: datetime) -> _Answer:
    given = {
        "category": category,
        "units": [line.unit for line in wanted],
        "people": [line.handler for line in wanted],
        "day": local_date(at),
        "lines": lines,
        "posts": _POSTS,
    }
    with connection.cursor() as cursor:
        cursor.execute(_ASKED, given)
        rows = cursor.fetchall()
    units = {row[2]: Unit.from_db(connection.alias, _COLUMNS, row[3:]) for row in rows if row[3]}
    token, parent = rows[0][:2]
    return _Answer(token or NONE, parent, units)


def where_to_many(matters: Sequence[Any], at: datetime) -> list[Route | None]:
    """Return for each of many cases or matters what :func:`where_to` says, in a few statements."""
    table = renewed_table()
    moment = moment_at(at)
    living = living_targets((line for rules in table.sets.values() for line in rules), at)
    units = {unit.id: unit for unit in Unit.objects.filter(pk__in={pair[0] for pair in living})}
    lowest = lowest_posts({code for one in matters for code in above(_area(one))})
    found: list[Route | None] = []
    for one in matters:
        case = _occasion(one, family(_category(one)), moment)
        line = first_living(table.sets, case, living)
        if line is not None:
            found.append(Route(units[line.unit], line.handler, line.id, line.number, line.why))
        else:
            post = lowest_of(case.area, lowest)
            found.append(Route(post) if post else None)
    return found


def first_living(
    sets: Mapping[str, Sequence[Line]], case: Occasion, living: set[tuple[UUID, UUID | None]]
) -> Line | None:
    """Return the first rule that means the case and whose target is there."""
    for line in in_order(sets, case, above(case.area)):
        if (line.unit, line.handler) in living:
            return line
    return None


def living_targets(lines: Iterable[Line], at: datetime) -> set[tuple[UUID, UUID | None]]:
    """Return the targets of rules, as unit and person, that are there on the day of ``at``."""
    wanted = list(lines)
    units = _ask(wanted, None, [], at).units
    return {(line.unit, line.handler) for rank, line in enumerate(wanted, 1) if rank in units}


def lowest_posts(codes: Iterable[str]) -> dict[str, Unit]:
    """Return the posts of some areas by their code."""
    return {unit.area_id: unit for unit in posts().filter(area__in=set(codes))}


def lowest_of(area: str, found: Mapping[str, Unit]) -> Unit | None:
    """Return the post of the lowest area that covers ``area``, of those found."""
    return next((found[code] for code in reversed(above(area)) if code in found), None)


def family(category: str | None) -> frozenset[str]:
    """Return a category and the one it lies under."""
    if not category:
        return frozenset()
    parent = next((one.parent for one in categories() if one.code == category), None)
    return frozenset({category, parent} if parent else {category})


def moment_at(at: datetime) -> Moment:
    """Return a moment as rules ask for it, in the city's zone and calendar."""
    local = timezone.localtime(at, timezone.get_default_timezone())
    return moment_of(local, works=is_working_day(local.date()), closes=OFFICE_CLOSES)


def _occasion(case: Any, category: frozenset[str], moment: Moment) -> Occasion:
    return Occasion(_area(case), case.kind, category, case.urgency, case.channel, moment)


def _area(case: Any) -> str:
    return str(case.area_id if hasattr(case, "area_id") else case.area)


def _category(case: Any) -> str | None:
    found: str | None = case.category_id if hasattr(case, "category_id") else case.category
    return found or None
