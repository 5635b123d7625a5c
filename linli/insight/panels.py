"""Figures made ready for a page: bars, a trend, a table of the areas below. Reads nothing."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.functional import Promise

from linli.areas.codes import Level
from linli.areas.models import Area
from linli.insight.queries import Counts, Figures, Now
from linli.kernel.periods import month_after

# Drawing units of the trend: a column, the height of the tallest bar, room above and below.
COLUMN, HEIGHT, ABOVE, BELOW = 46, 150, 24, 26
# A chart of more months than these is drawn by years; of more columns than those, thinly labelled.
MOST_MONTHS, MOST_LABELS = 24, 14


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of a bar list. ``share`` is 0 to 100; ``note`` stands behind the number."""

    name: str | Promise
    value: str
    share: float
    note: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """One month or year of the trend, in drawing units, and what its row of the table says."""

    name: str
    label: str
    above: str
    x: int
    height: float
    resolved_height: float
    counts: Counts
    rate: str
    url: str

    @property
    def middle(self) -> int:
        """Where the label is centred."""
        return self.x + COLUMN // 2

    @property
    def left(self) -> int:
        """Where the bar begins."""
        return self.x + 8

    @property
    def top(self) -> float:
        """Where the bar begins, from above."""
        return ABOVE + HEIGHT - self.height

    @property
    def label_top(self) -> float:
        """Where the number above the bar stands."""
        return self.top - 6

    @property
    def resolved_top(self) -> float:
        """Where the resolved part begins, from above."""
        return ABOVE + HEIGHT - self.resolved_height


@dataclass(frozen=True, slots=True)
class Trend:
    """A bar chart over months, or over years."""

    columns: Sequence[Column]
    yearly: bool = False

    bar: int = COLUMN - 16
    base: int = ABOVE + HEIGHT
    height: int = ABOVE + HEIGHT + BELOW

    @property
    def width(self) -> int:
        """The width of the drawing."""
        return len(self.columns) * COLUMN

    @property
    def label_y(self) -> int:
        """Where the months are written."""
        return self.base + BELOW - 8


@dataclass(frozen=True, slots=True)
class Row:
    """An area of the table below."""

    code: str
    name: str
    light: str
    counts: Mapping[str, str]
    cases_url: str = ""
    open_url: str = ""
    overdue_url: str = ""


def number(value: int) -> str:
    """Write a count with its thousands apart."""
    return f"{value:,}"


def percent(rate: float | None) -> str:
    """Write a share; a dash where there is nothing to share."""
    return "—" if rate is None else f"{rate * 100:.1f}%"


def bars(
    counts: Iterable[tuple[str | Promise, str, int, str]],
    url: Callable[[str], str],
    *,
    whole: int | None = None,
) -> list[Bar]:
    """Return bars for (name, key, count, note), each its share of ``whole`` (default: the sum)."""
    rows = list(counts)
    whole = sum(count for *_, count, _ in rows) if whole is None else whole
    return [
        Bar(name, number(count), 100 * count / whole if whole else 0, note, url(key))
        for name, key, count, note in rows
    ]


def level_bars(figures: Figures, kind: str, url: Callable[[str], str]) -> list[Bar]:
    """Return how much each level resolved; the lowest two stand as one only where grids resolve."""
    levels = figures.by_level(kind)
    whole = sum(levels.values())
    rows = [
        (Level(level).label, level, count, percent(count / whole if whole else None))
        for level, count in levels.items()
        if count or level != Level.GRID
    ]
    return bars(rows, url)


def kept_low(figures: Figures, kind: str) -> float | None:
    """Return the share of the resolved that a village or a grid resolved, None without any."""
    levels = figures.by_level(kind)
    whole = sum(levels.values())
    return (levels[Level.GRID] + levels[Level.VILLAGE]) / whole if whole else None


@dataclass(frozen=True, slots=True)
class Tile:
    """A figure with its name; ``light`` gives it a stripe, ``change`` compares it with before."""

    name: str | Promise
    value: str
    url: str = ""
    light: str = ""
    change: str = ""
    better: bool | None = None


def trend(months: Sequence[tuple[date, Counts]], url: Callable[[date, date], str]) -> Trend:
    """Return the bar chart of some months, of years where there are many; ``url(first, last)``."""
    yearly = len(months) > MOST_MONTHS
    spans = _years(months) if yearly else list(months)
    tallest = max((counts.cases for _first, counts in spans), default=0) or 1
    scale = HEIGHT / tallest
    step = 1 if len(spans) <= MOST_LABELS else 3
    return Trend(
        [
            Column(
                str(first.year) if yearly else f"{first:%Y-%m}",
                "" if index % step else _label(first, index, yearly=yearly),
                "" if step > 1 else str(counts.cases),
                index * COLUMN, round(counts.cases * scale, 1), round(counts.resolved * scale, 1),
                counts, percent(counts.rate), url(first, _last_day(first, yearly=yearly)),
            )
            for index, (first, counts) in enumerate(spans)
        ],
        yearly,
    )  # fmt: skip


def _years(months: Sequence[tuple[date, Counts]]) -> list[tuple[date, Counts]]:
    years: dict[date, Counts] = {}
    for month, counts in months:
        years.setdefault(month.replace(month=1), Counts()).add(counts)
    return list(years.items())


def _last_day(first: date, *, yearly: bool) -> date:
    return month_after(first, 12 if yearly else 1) - timedelta(days=1)


def _label(first: date, index: int, *, yearly: bool) -> str:
    if yearly:
        return str(first.year)
    return f"{first:%y}-{first.month}" if index == 0 or first.month == 1 else str(first.month)


def rows_below(
    areas: Sequence[Area],
    figures: Mapping[str, Figures],
    now: Mapping[str, Now],
    links: Callable[[str, str], str],
) -> list[Row]:
    """Return the areas below, the most overdue first, then the most open; ``links(code, what)``.

    An area that is abolished stands here only while it has figures.
    """
    rows = []
    for area in areas:
        found, state = figures.get(area.code, Figures()), now.get(area.code, Now())
        cases = found.total()
        if area.abolished_on and not cases.cases and not state.open:
            continue
        rows.append(((-state.overdue, -state.open, -cases.cases, area.code), area, found, state))
    return [
        _row(area, found, state, links)
        for _key, area, found, state in sorted(rows, key=lambda entry: entry[0])
    ]


def _row(area: Area, found: Figures, state: Now, links: Callable[[str, str], str]) -> Row:
    disputes = found.total("dispute")
    return Row(
        area.code,
        area.name,
        "red" if state.overdue else "",
        {
            "cases": number(found.total().cases),
            "disputes": number(disputes.cases),
            "rate": percent(disputes.rate),
            "on_time": percent(found.total().on_time_rate),
            "kept_low": percent(kept_low(found, "dispute")),
            "open": number(state.open),
            "overdue": number(state.overdue),
        },
        links(area.code, "cases"),
        links(area.code, "open"),
        links(area.code, "overdue"),
    )
