"""How fast: the review of one incident, and an area's share within its targets."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil

from django.db import connection
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.accounts.scope import AFTER_DIGITS
from linli.dispatch.models import Assignment, CheckItem, Incident
from linli.dispatch.queries.clocks import Clocked
from linli.kernel.periods import Period, Piece

# Of fewer incidents than this no share is told: it would say more than it knows.
FEWEST = 5


@dataclass(frozen=True, slots=True)
class Measure:
    """One clock over many incidents: of ``count``, how many in time, and the 90th percentile."""

    name: str | Promise
    count: int
    kept: int
    ninetieth: int | None
    median: int | None

    @property
    def share(self) -> int | None:
        """Per cent in time; None where too few are counted."""
        return None if self.count < FEWEST else round(100 * self.kept / self.count)


@dataclass(frozen=True, slots=True)
class Figures:
    """What an area's dispatch has done in a period; drills and tests are not counted."""

    incidents: int
    open: int
    false_alarms: int
    measures: tuple[Measure, ...]


# Each clock: its seconds, and its target.
_CLOCKS = (
    (_("Answered"), "answered_at - received_at", "answer_target"),
    (_("First unit sent"), "processed_at - answered_at", "process_target"),
    (_("First unit there"), "arrived_at - dispatched_at", "arrive_target"),
)
_EACH = """
count({0}), count(*) FILTER (WHERE {0} <= {1} * interval '1 second'),
extract(epoch FROM percentile_disc(0.9) WITHIN GROUP (ORDER BY {0}))::int,
extract(epoch FROM percentile_disc(0.5) WITHIN GROUP (ORDER BY {0}))::int"""
_FIGURES = f"""
SELECT count(*), count(*) FILTER (WHERE state = 'open'),
  count(*) FILTER (WHERE result = 'false_alarm'),
  {", ".join(_EACH.format(seconds, target) for _name, seconds, target in _CLOCKS)}
FROM dispatch_incident
WHERE area_id >= %s AND area_id < %s AND received_at >= %s AND received_at < %s
  AND state <> 'merged' AND result <> 'test'
"""  # noqa: S608 - names come from above


def figures_of(area: str, period: Period) -> Figures:
    """Return the figures of an area and all below it, for incidents received in a period.

    Counted by the database under the reader's own scope.
    """
    days = Piece(period.since, period.until, 1)
    with connection.cursor() as cursor:
        cursor.execute(_FIGURES, [area, area + AFTER_DIGITS, days.starts, days.ends])
        incidents, still_open, false, *rest = cursor.fetchone()
    four = [rest[n : n + 4] for n in range(0, len(rest), 4)]
    measures = tuple(
        Measure(name, *values)
        for (name, _seconds, _target), values in zip(_CLOCKS, four, strict=True)
    )
    return Figures(incidents, still_open, false, measures)


def clocks_of_units(
    incident: Incident, sent: Iterable[Assignment]
) -> list[tuple[str, list[Clocked]]]:
    """Return for each unit its own clocks: accepted, set out, there."""
    return [
        (
            one.unit.name,
            [
                Clocked(_("accepted"), one.assigned_at, one.accepted_at, incident.accept_target, True),
                Clocked(
                    _("on the way"), one.accepted_at or one.assigned_at, one.set_out_at, None, True
                ),
                Clocked(
                    _("arrived"), one.assigned_at, one.arrived_at, incident.arrive_target, True
                ),
                Clocked(_("at the scene"), one.arrived_at or one.assigned_at,
                        one.ended_at if one.arrived_at else None, None, True),
            ],
        )
        for one in sent
    ]  # fmt: skip


def kept_share(items: Sequence[CheckItem]) -> tuple[int, int]:
    """Return how many steps of the plan were done in time, and how many there were."""
    return sum(1 for item in items if item.done_at and item.done_at <= item.due_at), len(items)


def ninetieth(values: Sequence[float]) -> float | None:
    """Return the value within which nine in ten lie; None of nothing."""
    ordered = sorted(values)
    return ordered[ceil(0.9 * len(ordered)) - 1] if ordered else None
