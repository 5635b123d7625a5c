"""Watch: a camera is looked at while it has an address that can be; else nobody looks."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from linli.cameras import lifecycle
from linli.cameras.models import Health, Source

# What this house looks at itself; GB/T 28181 devices tell how they are.
LOOKED_AT = ("rtsp", "hls", "onvif")


# What stands for a picture where there is none: nothing is connected to.
MADE_UP = "demo:"


def looked_at() -> QuerySet[Source]:
    """Return the sources at which this house looks."""
    return Source.objects.filter(protocol__in=LOOKED_AT).exclude(address__startswith=MADE_UP)


def watch(camera_id: UUID, *, at: datetime) -> None:
    """Have a camera looked at as soon as may be, or no more, as its sources are now."""
    if looked_at().filter(camera=camera_id).exists():
        health, made = Health.objects.get_or_create(
            camera_id=camera_id,
            defaults={"state": lifecycle.UNKNOWN, "since": at, "due_at": at, "picture_due_at": at},
        )
        if not made:
            health.due_at = health.picture_due_at = at
            health.save(update_fields=["due_at", "picture_due_at"])
        return
    Health.objects.filter(camera=camera_id).update(
        due_at=None, picture_due_at=None, state=lifecycle.UNKNOWN, since=at, detail="", note=""
    )
