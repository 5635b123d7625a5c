"""Picking the cases of a page: under the actor's scope, in order, and never more than are needed.

Each area of the scope is one arm of a union, a range of its own index with its own limit; what
is with the actor's units and outside those areas is one arm more. One condition with OR would read
every case.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.accounts.scope import AFTER_DIGITS, gaps, ranges
from linli.cases.queries.selection import BY_DEADLINE, Condition, Selection, conditions, joined
from linli.kernel.errors import Invalid

type Statement = tuple[str, list[Any]]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# A case can be with a unit twice, as its intake and as its helper.
_PLACED = """
(SELECT DISTINCT p.case_id AS id, p.opened_at FROM (VALUES {}) AS gap (unit, low, high)
  JOIN cases_placement p ON p.unit_id = gap.unit AND p.area_id >= gap.low AND p.area_id < gap.high
  AND p.until IS NULL)
"""
# OFFSET 0 keeps the planner from starting at the cases: it can't know how few are placed here.
_THEIR_CASES = "JOIN LATERAL (SELECT * FROM cases_case WHERE id = p.id OFFSET 0) AS c ON true"
# Whatever column somebody asks for: who has no area and no unit has no arm.
_NOTHING = (
    "SELECT NULL::uuid AS id, NULL::timestamptz AS at, NULL::text AS point, 1 AS one WHERE false"
)
_MATCHING = "SELECT id, at FROM cases_matching(%s, %s, %s, %s, %s, %s, %s)"


@dataclass(frozen=True, slots=True)
class Cursor:
    """The place in a list before or after which a page lies; ``at`` is what the list is sorted by."""

    at: datetime
    id: UUID

    def __str__(self) -> str:
        return f"{(self.at - _EPOCH) // timedelta(microseconds=1)}.{self.id.hex}"

    @classmethod
    def parse(cls, text: str) -> "Cursor":
        """Read what ``str`` wrote; raises :class:`Invalid` for anything else."""
        moment, _dot, key = text.partition(".")
        try:
            return cls(_EPOCH + timedelta(microseconds=int(moment)), UUID(hex=key))
        except (ValueError, OverflowError):
            raise Invalid(_("The address of this page is damaged; open the list again.")) from None


def within(spans: Sequence[tuple[str, str]], area: str) -> list[tuple[str, str]]:
    """Return the parts of ranges of codes that lie in ``area``; all of them for none."""
    if not area:
        return list(spans)
    cut = ((max(low, area), min(high, area + AFTER_DIGITS)) for low, high in spans)
    return [(low, high) for low, high in cut if low < high]


def picked(
    actor: Actor,
    selection: Selection,
    *,
    now: datetime,
    most: int | None,
    start: Cursor | None = None,
    back: bool = False,
    extra: str = "",
) -> Statement:
    """Return the statement that gives ``id`` and ``at`` of the selected cases, in order.

    ``back`` walks towards the list's beginning, nearest first. ``extra`` is one more column of
    ``cases_case c``, computed while a case is at hand (not to be asked for with words).
    """
    column = "due_at" if selection.order == BY_DEADLINE else "opened_at"
    way = "ASC" if (selection.order == BY_DEADLINE) != back else "DESC"
    found = conditions(selection, now)
    if selection.words:
        return _matching(selection, found, most, start, back)
    where, values = joined(found)
    if start is not None:
        where += f" AND (c.{column}, c.id) {'<' if way == 'DESC' else '>'} (%s, %s)"
        values += [start.at, start.id]
    tail = f" ORDER BY at {way}, id {way}" + (f" LIMIT {most:d}" if most else "")
    shown = f"c.id, c.{column} AS at" + (f", {extra}" if extra else "")
    arms = [
        (f"SELECT {shown} FROM {source}{where}{tail}", [*given, *values])  # noqa: S608 - built from fixed parts
        for source, given in (
            *areas_of(actor, selection),
            *units_of(actor, selection, bare=not found and not extra and column == "opened_at"),
        )
    ]
    return union(arms, tail)


def areas_of(actor: Actor, selection: Selection) -> list[Statement]:
    """Return what to read from, an area each, up to and with its first condition."""
    spans = within(ranges(actor), selection.area)
    return [
        ("cases_case c WHERE c.area_id >= %s AND c.area_id < %s", [low, high])
        for low, high in spans
    ]


def units_of(actor: Actor, selection: Selection, *, bare: bool = False) -> list[Statement]:
    """Return what to read from for the actor's units, at most one, with the same ending.

    ``bare`` rows have only ``id`` and ``opened_at``: what the placements know by themselves.
    """
    spans = within(gaps(actor), selection.area)
    rows = [(unit, low, high) for unit in actor.units for low, high in spans]
    if not rows:
        return []
    placed = _PLACED.format(", ".join(["(%s::uuid, %s, %s)"] * len(rows)))
    source = f"{placed} AS c" if bare else f"{placed} AS p {_THEIR_CASES}"
    return [(f"{source} WHERE true", [value for row in rows for value in row])]


def union(arms: Sequence[Statement], tail: str = "") -> Statement:
    """Return the arms put together; without any, a statement that finds nothing."""
    if not arms:
        return _NOTHING, []
    values = [value for _sql, given in arms for value in given]
    if len(arms) == 1:
        return arms[0][0], values
    return " UNION ALL ".join(f"({sql})" for sql, _given in arms) + tail, values


def _matching(
    selection: Selection,
    found: Sequence[Condition],
    most: int | None,
    start: Cursor | None,
    back: bool,
) -> Statement:
    """Words are looked up by the database's own function, which applies the session's scope."""
    given = list(found)
    if selection.area:
        given += [("area_id", ">=", selection.area), ("area_id", "<", selection.area + ":")]
    at, key = (start.at, start.id) if start else (None, None)
    text = json.dumps(given, default=str)
    return _MATCHING, [selection.words, text, selection.order, back, at, key, most]
