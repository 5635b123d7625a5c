"""What commands that print figures share: which area and days were asked for, and counting afresh."""

import sys
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

import typer
from django.utils import timezone

from linli.areas.models import Area
from linli.kernel.periods import Period

type Report = Callable[[str, Period, datetime], dict[str, Any]]


def counted(
    area: str,
    days: tuple[datetime | None, datetime | None],
    report: Report,
    rebuild: Callable[[], int] | None,
    what: str,
) -> dict[str, Any]:
    """Return the report of an area from the first to the last of ``days``; raises for a wrong question.

    ``rebuild`` counts everything afresh first and says how many ``what`` were wrong.
    """
    first, last = days
    if not area and rebuild is None:
        raise typer.BadParameter("name an area: --area CODE")
    if first and last and first > last:
        raise typer.BadParameter("--from lies after --to")
    if area and not Area.objects.filter(code=area).exists():
        raise typer.BadParameter(f"there is no area {area}")
    answer: dict[str, Any] = {}
    if rebuild is not None:
        started = time.monotonic()
        answer["corrected"] = rebuild()
        answer["rebuild_seconds"] = round(time.monotonic() - started, 2)
        print(f"rebuilt, {answer['corrected']:,} {what} were wrong or missing", file=sys.stderr)
    if area:
        period = Period(first.date() if first else None, last.date() if last else None)
        answer |= report(area, period, timezone.now())
    return answer
