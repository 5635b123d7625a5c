"""Work orders that somebody sees, the most urgent first."""

from uuid import UUID

from django.db.models import Q

from linli.accounts.actor import Actor
from linli.accounts.scope import in_area
from linli.cameras import lifecycle
from linli.cameras.models import WorkOrder
from linli.cameras.policy import visible_to

PAGE = 50


def orders(
    actor: Actor, *, state: str = "open", kind: str = "", area: str = "", unit: UUID | None = None,
    after: str = "", size: int = PAGE,
) -> tuple[list[WorkOrder], str]:  # fmt: skip
    """Return work orders by their deadline (closed ones: the latest first) and the next cursor.

    ``state`` is open (also what is said to be mended), or closed.
    """
    found = WorkOrder.objects.filter(visible_to(actor, "camera__"))
    is_closed = state == lifecycle.CLOSED
    found = found.filter(Q(state=lifecycle.CLOSED) if is_closed else ~Q(state=lifecycle.CLOSED))
    if kind:
        found = found.filter(kind=kind)
    if area:
        found = found.filter(in_area(area, "camera__area_id"))
    if unit:
        found = found.filter(unit=unit)
    start = int(after) if after.isascii() and after.isdecimal() and len(after) < 6 else 0
    order = ("-closed_at", "-id") if is_closed else ("due_at", "id")
    rows = found.select_related("camera__area", "unit", "done_by").order_by(*order)
    page = list(rows[start : start + size + 1])
    return page[:size], str(start + size) if len(page) > size else ""


def waiting(actor: Actor) -> int:
    """Return how many work orders wait among the cameras the actor sees."""
    found = WorkOrder.objects.filter(visible_to(actor, "camera__"))
    return found.exclude(state=lifecycle.CLOSED).count()
