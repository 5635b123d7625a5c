"""Watch: a camera is looked at while it has an address that can be; else nobody looks."""

from datetime import datetime
from uuid import UUID

from linli.cameras import lifecycle
from linli.cameras.models import Health, Source

# What this house looks at itself; GB/T 28181 devices tell how they are.
LOOKED_AT = ("rtsp", "hls", "onvif")


def watch(camera_id: UUID, *, at: datetime) -> None:
    """Have a camera looked at as soon as may be, or no more, as its sources are now."""
    if Source.objects.filter(camera=camera_id, protocol__in=LOOKED_AT).exists():
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
