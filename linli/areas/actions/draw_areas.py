"""Draw: boundaries and points of areas from a GeoJSON file, by the property ``code``."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import shapely
from django.db import transaction
from django.utils.translation import gettext as _
from shapely.errors import ShapelyError
from shapely.geometry import mapping, shape

from linli.accounts.actor import Actor
from linli.areas.actions.import_areas import Unreadable
from linli.areas.coordinates import Datum, to_wgs84
from linli.areas.models import Area
from linli.areas.policy import permit
from linli.areas.tables import Fault
from linli.audit.record import record

# Degrees: a tenth of a metre.
GRID = 1e-6
SURFACES = ("Polygon", "MultiPolygon")


@dataclass(slots=True)
class Drawn:
    """How many boundaries and points were saved."""

    boundaries: int = 0
    points: int = 0


def draw_areas(file: Path, *, datum: Datum, actor: Actor, at: datetime) -> Drawn:
    """Save the shapes of a FeatureCollection; raises :class:`Unreadable` and saves none on faults.

    A polygon becomes the area's boundary, and its middle the area's point where it has none; a
    point becomes the area's point. The number of the feature stands for the line in a fault.
    """
    shapes, faults = read_features(file, datum)
    with transaction.atomic():
        areas = Area.objects.select_for_update(no_key=True).in_bulk(list(shapes))
        for code, (number, _geometry) in shapes.items():
            if code not in areas:
                reason = _("There is no area “%(code)s”.") % {"code": code}
                faults.append(Fault(file.name, number, reason))
        if faults:
            raise Unreadable(faults)
        drawn = Drawn()
        for code, (_number, geometry) in shapes.items():
            permit(actor, code)
            _draw(areas[code], geometry, drawn)
        Area.objects.bulk_update(
            areas.values(), ["boundary", "latitude", "longitude"], batch_size=500
        )
        facts = {"boundaries": drawn.boundaries, "points": drawn.points, "datum": datum.value}
        record("areas", "draw", "areas.draw", actor=actor.user_id, at=at, facts=facts)
    return drawn


def _draw(area: Area, geometry: Any, drawn: Drawn) -> None:
    middle = geometry
    if geometry.geom_type in SURFACES:
        area.boundary = mapping(shapely.set_precision(geometry, GRID))
        drawn.boundaries += 1
        if area.latitude is not None:
            return
        middle = geometry.representative_point()
    else:
        drawn.points += 1
    area.longitude, area.latitude = round(middle.x, 6), round(middle.y, 6)


def read_features(file: Path, datum: Datum) -> tuple[dict[str, tuple[int, Any]], list[Fault]]:
    """Return number and WGS-84 shape by area code, and what could not be read."""
    faults: list[Fault] = []
    found: dict[str, tuple[int, Any]] = {}
    try:
        features = json.loads(file.read_text(encoding="utf-8-sig"))["features"]
        numbered = list(enumerate(features, 1))
    except (OSError, ValueError, KeyError, TypeError):
        return {}, [Fault(file.name, 0, _("The file is not a GeoJSON FeatureCollection."))]
    for number, feature in numbered:
        try:
            found[str(feature["properties"]["code"]).strip()] = number, to_shape(feature, datum)
        except (KeyError, TypeError, AttributeError):
            reason = _("The feature has no property “code”, or no geometry.")
            faults.append(Fault(file.name, number, reason))
        except (ValueError, IndexError, ShapelyError) as error:
            reason = _("The shape cannot be read: %(why)s.") % {"why": error}
            faults.append(Fault(file.name, number, reason))
    return found, faults


def to_shape(feature: Mapping[str, Any], datum: Datum) -> Any:
    """Return a feature's geometry as a valid shape in WGS-84; raises ValueError for lines etc."""
    geometry = shape(feature["geometry"])
    if geometry.geom_type not in (*SURFACES, "Point") or geometry.is_empty:
        raise ValueError(_("only points and polygons are known"))

    def moved(points: Any) -> Any:
        # A shape is drawn in two dimensions; heights are dropped.
        return [to_wgs84(datum, float(x), float(y)) for x, y in points]

    turned = shapely.transform(shapely.force_2d(geometry), moved)
    if any(not math.isfinite(value) for value in turned.bounds):
        raise ValueError(_("it has a coordinate that is no number"))
    if turned.geom_type == "Point" or turned.is_valid:
        return turned
    mended = shapely.make_valid(turned, method="structure")
    if mended.geom_type not in SURFACES:
        raise ValueError(_("its boundary crosses itself"))
    return mended
