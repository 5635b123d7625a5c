"""The rules that are switched on, kept in the process and compared with their token at every use."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from linli.routing.matching import Conditions
from linli.routing.models import Edition, Rule

# No token is this one: it stands where nothing was ever switched on.
NONE = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Line:
    """A rule as it is applied. ``number`` is how people call it: its set's version and its place."""

    id: UUID
    number: str
    conditions: Conditions
    unit: UUID
    handler: UUID | None
    why: str


@dataclass(frozen=True, slots=True)
class Table:
    """All rules that are on: by the area they were written for, in order."""

    token: UUID
    sets: Mapping[str, Sequence[Line]]


def line_of(rule: Rule, version: int) -> Line:
    """Return a rule as it is applied."""
    number = f"{version}.{rule.position}"
    return Line(rule.id, number, rule.conditions, rule.unit_id, rule.handler_id, rule.why)


def lines_of(rules: Iterable[Rule]) -> dict[str, list[Line]]:
    """Return rules, read with their sets and in order, by the area of their set."""
    found: dict[str, list[Line]] = {}
    for rule in rules:
        found.setdefault(rule.set.area_id, []).append(line_of(rule, rule.set.number))
    return found


def current_token() -> UUID:
    """Return the token of what is switched on now."""
    return Edition.objects.values_list("token", flat=True).first() or NONE


def read_table() -> Table:
    """Read the rules that are on; again, where they were switched while being read."""
    while True:
        token = current_token()
        on = Rule.objects.filter(set__switched_on_at__isnull=False, set__switched_off_at=None)
        sets = lines_of(on.select_related("set").order_by("set__area", "position"))
        if current_token() == token:
            return Table(token, sets)


class _Kept:
    table: Table | None = None


def kept_table() -> Table:
    """Return the rules as this process knows them; they may be out of date, their token tells."""
    return _Kept.table or renewed_table()


def renewed_table() -> Table:
    """Read the rules afresh and keep them."""
    _Kept.table = read_table()
    return _Kept.table
