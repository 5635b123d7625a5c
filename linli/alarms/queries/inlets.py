"""Reads of the doors for messages, and of what nobody known has sent."""

from linli.alarms.models import Inlet, Refused
from linli.kernel.row_security import unscoped


def open_inlets() -> list[Inlet]:
    """Return the doors that are open, by name."""
    return list(Inlet.objects.filter(ended_at=None).select_related("area").order_by("name", "id"))


def refused_of_nobody(most: int = 30) -> list[Refused]:
    """Return refused messages that belong to no device; for administrators, who have no area's rows."""
    with unscoped():
        return list(Refused.objects.filter(device=None).order_by("-day", "-last_at")[:most])
