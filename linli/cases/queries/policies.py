"""The rules as the administrator sees them: what holds today and what comes."""

from dataclasses import dataclass, field
from datetime import date

from linli.areas.models import Area
from linli.cases.models import DeadlineRule
from linli.kernel.models import CalendarDay


@dataclass(slots=True)
class Line:
    """What is timed, where (empty: the whole city), the rule of today, and later ones by day."""

    clock: str
    key: str
    area: str
    place: str
    holds: DeadlineRule | None = None
    coming: list[DeadlineRule] = field(default_factory=list)


def deadline_lines(today: date, order: dict[str, tuple[str, ...]]) -> list[Line]:
    """Return the policy in ``order`` (clock → its keys), the whole city before its areas."""
    rules = list(DeadlineRule.objects.order_by("effective_from"))
    codes = {rule.area for rule in rules if rule.area}
    names = dict(Area.objects.filter(code__in=codes).values_list("code", "name"))
    lines: dict[tuple[str, str, str], Line] = {}
    for rule in rules:
        place = (rule.clock, rule.key, rule.area)
        line = lines.setdefault(place, Line(*place, place=names.get(rule.area, rule.area)))
        if rule.effective_from <= today:
            line.holds = rule
        else:
            line.coming.append(rule)
    clocks = list(order)

    def rank(line: Line) -> tuple[int, int, str]:
        keys = order.get(line.clock, ())
        clock = clocks.index(line.clock) if line.clock in order else len(clocks)
        return clock, keys.index(line.key) if line.key in keys else len(keys), line.area

    return sorted(lines.values(), key=rank)


def calendar_days(since: date) -> list[CalendarDay]:
    """Return the city's own calendar from a day on."""
    return list(CalendarDay.objects.filter(date__gte=since).order_by("date"))
