"""What a quarter's viewing comes to: views, reasons, denials by area; small numbers left out."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from linli.areas.models import Area
from linli.cameras.models import Clip, Grant, Refusal, RelativeViewing, Training
from linli.cameras.quarters import Quarter
from linli.cameras.viewing_choices import ClipState

# A count below this is not published: it might point at somebody.
LEAST = 5
# Areas the report tells apart: counties.
AREA_DIGITS = 6


def shown(count: int) -> int | None:
    """Return a count as it may be published: None where it is small but not nought."""
    return None if 0 < count < LEAST else count


def figures(quarter: Quarter) -> dict[str, Any]:
    """Return the figures of a quarter. As the owner: no scope is asked."""
    begins, ends = quarter.begins, quarter.following.begins
    asked = Grant.objects.filter(asked_at__gte=begins, asked_at__lt=ends)
    opened = asked.filter(cameras__opened_at__isnull=False).distinct()
    refused = Refusal.objects.filter(at__gte=begins, at__lt=ends)
    clips = Clip.objects.filter(made_at__gte=begins, made_at__lt=ends)
    areas = _by_area(
        asked=asked.values_list("area", flat=True),
        opened=[area for _id, area in opened.values_list("id", "area")],
        refused=refused.values_list("area", flat=True),
    )
    return {
        "quarter": str(quarter),
        "from": quarter.begins.date().isoformat(),
        "to": quarter.following.begins.date().isoformat(),
        "asked": shown(asked.count()),
        "opened": shown(opened.count()),
        "declined": shown(asked.filter(ended_why="declined").count()),
        "by_mode": _counted(mode for _id, mode in opened.values_list("id", "mode")),
        "by_purpose": _counted(purpose for _id, purpose in opened.values_list("id", "purpose")),
        "refused": shown(refused.count()),
        "by_cause": _counted(refused.values_list("cause", flat=True)),
        "clips": shown(clips.count()),
        "clips_handed_out": shown(clips.filter(handed_at__isnull=False).count()),
        "clips_refused": shown(clips.filter(state=ClipState.REFUSED).count()),
        "relatives": shown(
            RelativeViewing.objects.filter(began_at__gte=begins, began_at__lt=ends).count()
        ),
        "trained": shown(Training.objects.filter(ended_at=None, until__gte=begins.date()).count()),
        "areas": areas,
    }


def _counted(found: Iterable[str]) -> dict[str, int | None]:
    counted = {name: shown(count) for name, count in sorted(Counter(found).items())}
    known = [name for name, count in counted.items() if count]
    if list(counted.values()).count(None) == 1 and known:
        # One number alone that is left out follows from the sum.
        counted[min(known, key=lambda name: counted[name] or 0)] = None
    return counted


def _by_area(**columns: Iterable[str]) -> list[dict[str, Any]]:
    counts = {
        name: Counter(code[:AREA_DIGITS] for code in found if len(code) >= AREA_DIGITS)
        for name, found in columns.items()
    }
    codes = sorted({code for counter in counts.values() for code in counter})
    names = dict(Area.objects.filter(code__in=codes).values_list("code", "name"))
    rows = []
    for code in codes:
        row: dict[str, Any] = {"area": code, "name": names.get(code, code)}
        rows.append(row | {name: shown(counter[code]) for name, counter in counts.items()})
    return _secondary(rows, tuple(counts))


def _secondary(rows: list[dict[str, Any]], names: tuple[str, ...]) -> list[dict[str, Any]]:
    """Leave out a second number where only one was: else it follows from the sum."""
    for name in names:
        hidden = [row for row in rows if row[name] is None]
        if len(hidden) == 1:
            others = [row for row in rows if row[name]]
            if others:
                min(others, key=lambda row: row[name])[name] = None
    return rows
