"""How cameras are, as one object: the same for the API and ``linli cameras health``."""

from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Min, Q

from linli.accounts.scope import in_area
from linli.cameras import lifecycle
from linli.cameras.models import Camera, Health, WorkOrder
from linli.cameras.queries.availability import Line, by_owner, total
from linli.kernel.periods import Period


def health_report(area: str, period: Period, now: datetime) -> dict[str, Any]:
    """Return how the cameras of an area are now, and how much of a period they gave a picture.

    Whoever asks has been asked whether they may; under a scope only what it shows is counted.
    """
    cameras = Camera.objects.filter(in_area(area, "area_id"), retired_on=None)
    health = Health.objects.filter(in_area(area, "camera__area_id"), camera__retired_on=None)
    states = dict(health.order_by().values_list("state").annotate(Count("pk")))
    known = sum(states.values())
    count = cameras.count()
    watched = health.filter(due_at__isnull=False).aggregate(
        n=Count("pk"), oldest=Min("looked_at"), latest=Max("looked_at")
    )
    orders = WorkOrder.objects.filter(in_area(area, "camera__area_id")).exclude(
        state=lifecycle.CLOSED
    )
    waiting = orders.aggregate(
        n=Count("pk"), late=Count("pk", filter=Q(state=lifecycle.OPEN, due_at__lt=now))
    )
    return {
        "area": area,
        "at": now.isoformat(),
        "cameras": count,
        "states": {state: states.get(state, 0) for state in lifecycle.STATES}
        | {"unknown": states.get("unknown", 0) + count - known},
        "looked_at": watched["n"],
        "oldest_look": watched["oldest"].isoformat() if watched["oldest"] else None,
        "latest_look": watched["latest"].isoformat() if watched["latest"] else None,
        "work_orders": {"waiting": waiting["n"], "late": waiting["late"]},
        "availability": _line(total(area, period)),
        "by_owner": [_line(line) | {"name": line.name} for line in by_owner(area, period)],
    }


def _line(line: Line) -> dict[str, Any]:
    share = None if line.share is None else round(line.share, 3)
    return {"cameras": line.cameras, "seen_seconds": line.seen, "percent": share}
