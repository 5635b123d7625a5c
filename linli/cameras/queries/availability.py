"""How much of the time there was a picture: by area and by owner, over days."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, Max, QuerySet, Sum
from django.db.models.functions import Substr

from linli.accounts.scope import in_area
from linli.areas.models import Area
from linli.cameras.models import Availability
from linli.kernel.periods import Period


@dataclass(frozen=True, slots=True)
class Line:
    """One area or owner: cameras (the most on any day) and seconds known and with a picture."""

    key: str
    name: str
    cameras: int
    seen: int
    up: int

    @property
    def share(self) -> float | None:
        """Per cent of the time with a picture, None where nothing was known."""
        return 100 * self.up / self.seen if self.seen else None


def _days(area: str, period: Period) -> QuerySet[Availability]:
    return Availability.objects.filter(
        in_area(area, "area_id"), day__gte=period.since, day__lt=period.until
    )


def total(area: str, period: Period) -> Line:
    """Return the sums of an area."""
    found = _days(area, period)
    sums = found.aggregate(seen=Sum("seen"), up=Sum("up"))
    days = found.order_by().values("day").annotate(n=Sum("cameras"))
    most = days.aggregate(most=Max("n"))["most"]
    return Line(area, "", most or 0, sums["seen"] or 0, sums["up"] or 0)


def by_area(area: str, children: list[Area], period: Period) -> list[Line]:
    """Return the sums of the areas right below; those without cameras are left out."""
    if not children:
        return []
    names = {child.code: child.name for child in children}
    length = len(children[0].code)
    rows = _days(area, period).annotate(child=Substr("area_id", 1, length))
    return _lines(rows, "child", names)


def by_owner(area: str, period: Period) -> list[Line]:
    """Return the sums of owners, by name."""
    rows = _days(area, period).annotate(child=F("owner_id"))
    names = dict(_days(area, period).order_by().values_list("owner_id", "owner__name").distinct())
    found = _lines(rows, "child", {str(key): name for key, name in names.items()})
    return sorted(found, key=lambda line: line.name)


def _lines(rows: QuerySet[Availability], name: str, names: dict[str, str]) -> list[Line]:
    sums = rows.order_by().values(name).annotate(seen_=Sum("seen"), up_=Sum("up"))
    days = rows.order_by().values(name, "day").annotate(n=Sum("cameras"))
    most: dict[str, int] = {}
    for row in days:
        key = str(row[name])
        most[key] = max(most.get(key, 0), row["n"])
    found = [
        Line(str(row[name]), names[str(row[name])], most[str(row[name])], row["seen_"], row["up_"])
        for row in sums
        if str(row[name]) in names
    ]
    return sorted(found, key=lambda line: line.key)


def by_day(area: str, period: Period) -> list[tuple[date, Line]]:
    """Return the sums of each day, the latest first."""
    rows = _days(area, period).order_by("-day").values("day")
    sums = rows.annotate(n=Sum("cameras"), seen_=Sum("seen"), up_=Sum("up"))
    return [(row["day"], Line("", "", row["n"], row["seen_"], row["up_"])) for row in sums]
