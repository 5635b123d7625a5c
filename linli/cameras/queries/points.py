"""Cameras of a map, and the field of view of one."""

import json
from datetime import date
from typing import Any

from linli.accounts.actor import Actor
from linli.cameras.choices import light_of
from linli.cameras.field_of_view import polygon
from linli.cameras.models import Camera
from linli.cameras.queries.listing import Selection, selected

# More marks than this no map needs; what is left out is told.
MOST = 10_000


def points(actor: Actor, selection: Selection, today: date) -> bytes:
    """Return ``{"points": [[lng, lat, light, name, id], …], "total": n}`` of the selected cameras."""
    found = selected(actor, selection, today)
    rows = found.order_by("code").values_list(
        "longitude", "latitude", "health__state", "name", "id"
    )[: MOST + 1]
    marks = [
        [round(lng, 6), round(lat, 6), mark_of(state), name, str(key)]
        for lng, lat, state, name, key in rows
    ]
    total = found.count() if len(marks) > MOST else len(marks)
    body: dict[str, Any] = {"points": marks[:MOST], "total": total}
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


def mark_of(state: str | None) -> str:
    """Return the colour of a camera's mark: blue while nobody has looked at it."""
    return light_of(state or "unknown") or "blue"


def view_of(camera: Camera) -> dict[str, Any]:
    """Return the camera's sector as a GeoJSON FeatureCollection, empty where it is not known."""
    shape = polygon(camera.longitude, camera.latitude, camera.heading, camera.angle, camera.reach)
    features = [{"type": "Feature", "properties": {"name": ""}, "geometry": shape}] if shape else []
    return {"type": "FeatureCollection", "features": features}
