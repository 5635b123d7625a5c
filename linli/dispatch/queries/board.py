"""What the board shows: alarms that are open, incidents, units, and where things stand on the map.

Rows of plain values for JSON, within the actor's scope; each function is one or two queries.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Min, Q

from linli.accounts.actor import Actor
from linli.accounts.scope import in_areas
from linli.alarms.choices import LIGHTS
from linli.alarms.choices import Kind as AlarmKind
from linli.alarms.choices import State as AlarmState
from linli.alarms.models import Alarm
from linli.alarms.policy import visible_to as of_alarms
from linli.areas.models import Area
from linli.dispatch.choices import Priority, State, Status, UnitKind
from linli.dispatch.models import DispatchUnit, Incident
from linli.dispatch.policy import units_sent_by, visible_to
from linli.dispatch.queries.recommend import spot_of
from linli.premises.models import Premises
from linli.premises.policy import visible_to as of_premises

# More than a person can look through; what is left out is told.
MOST = 500

_ALARM = (
    "id", "sequence", "kind", "severity", "state", "is_test", "is_late", "count", "place",
    "premises__name", "device__name", "area_id", "area__name", "longitude", "latitude",
    "premises__longitude", "premises__latitude", "received_at", "case__incident",
)  # fmt: skip


def open_alarms(actor: Actor, ids: Collection[UUID] | None = None) -> list[dict[str, Any]]:
    """Return open alarms in the order of their numbers: all, or those of ``ids``."""
    found = Alarm.objects.filter(of_alarms(actor)).exclude(state=AlarmState.RESET)
    if ids is not None:
        found = found.filter(pk__in=ids)
    rows = found.order_by("sequence")[:MOST].values(*_ALARM)
    return [_alarm(row) for row in rows]


def _alarm(row: Mapping[str, Any]) -> dict[str, Any]:
    lng = row["longitude"] if row["longitude"] is not None else row["premises__longitude"]
    lat = row["latitude"] if row["latitude"] is not None else row["premises__latitude"]
    parts = [row["premises__name"], row["device__name"] or row["place"]]
    return {
        "id": str(row["id"]),
        "number": row["sequence"],
        "kind": row["kind"],
        "light": LIGHTS[row["severity"]],
        "state": row["state"],
        "test": row["is_test"],
        "late": row["is_late"],
        "count": row["count"],
        "place": " · ".join(part for part in parts if part),
        "area": row["area_id"],
        "areaName": row["area__name"],
        "point": None if lng is None else [lng, lat],
        "at": row["received_at"].timestamp(),
        "incident": str(row["case__incident"]) if row["case__incident"] else None,
    }


def open_incidents(actor: Actor) -> list[dict[str, Any]]:
    """Return open incidents, the most urgent and then the oldest first.

    ``due`` is the next moment by which something must have happened, ``late`` whether one has gone by,
    ``units`` how many are out.
    """
    running = Q(clocks__stopped_at=None, clocks__fired_at=None)
    rows = (
        Incident.objects.filter(visible_to(actor), state=State.OPEN)
        .annotate(
            due=Min("clocks__due_at", filter=running),
            late=Count("clocks", distinct=True,
                       filter=Q(clocks__stopped_at=None, clocks__fired_at__isnull=False)),
            out=Count("assignments", distinct=True, filter=Q(assignments__ended_at=None)),
            there=Count("assignments", distinct=True, filter=Q(assignments__state="arrived")),
        )
        .order_by("priority", "received_at", "id")
        .values(
            "id", "kind__name", "priority", "place", "area_id", "area__name", "longitude", "latitude",
            "area__longitude", "area__latitude", "received_at", "processed_at", "arrived_at",
            "case__number", "due", "late", "out", "there",
        )[:MOST]
    )  # fmt: skip
    return [_incident(row) for row in rows]


def _incident(row: Mapping[str, Any]) -> dict[str, Any]:
    lng = row["longitude"] if row["longitude"] is not None else row["area__longitude"]
    lat = row["latitude"] if row["latitude"] is not None else row["area__latitude"]
    return {
        "id": str(row["id"]),
        "number": row["case__number"],
        "kind": row["kind__name"],
        "priority": row["priority"],
        "place": row["place"],
        "area": row["area_id"],
        "areaName": row["area__name"],
        "point": None if lng is None else [lng, lat],
        "at": row["received_at"].timestamp(),
        "due": row["due"].timestamp() if row["due"] else None,
        "late": row["late"] > 0,
        "sent": row["processed_at"] is not None,
        "out": row["out"],
        "there": row["there"],
    }


def units(actor: Actor, at: datetime) -> list[dict[str, Any]]:
    """Return the units the actor may send, with where they are: their phone's word, else their post."""
    rows = (
        DispatchUnit.objects.filter(units_sent_by(actor), retired_at=None)
        .order_by("kind", "name")
        .values(
            "id", "name", "kind", "status", "longitude", "latitude", "area_id", "area__longitude",
            "area__latitude", "spot__longitude", "spot__latitude", "spot__at",
        )
    )  # fmt: skip
    found = []
    for row in rows:
        spot, age = spot_of(dict(row), at)
        found.append(
            {
                "id": str(row["id"]),
                "name": row["name"],
                "kind": row["kind"],
                "status": row["status"],
                "area": row["area_id"],
                "point": spot,
                "age": age,
            }
        )
    return found


def premises_points(actor: Actor) -> list[list[Any]]:
    """Return ``[longitude, latitude, name, id]`` of the premises the actor may see."""
    rows = Premises.objects.filter(of_premises(actor), longitude__isnull=False)
    return [
        [lng, lat, name, str(key)]
        for lng, lat, name, key in rows.values_list("longitude", "latitude", "name", "id")
    ]


def words(actor: Actor) -> dict[str, dict[str, str]]:
    """Return the words of kinds, states and areas by code, in the language of the page."""
    areas = Area.objects.filter(in_areas(actor, "code"), abolished_on=None, level__in=_NAMED)
    return {
        "alarm": {str(code): str(word) for code, word in AlarmKind.choices},
        "alarmState": {str(code): str(word) for code, word in AlarmState.choices},
        "unit": {str(code): str(word) for code, word in UnitKind.choices},
        "status": {str(code): str(word) for code, word in Status.choices},
        "priority": {str(code): str(word) for code, word in Priority.choices},
        "area": dict(areas.values_list("code", "name")),
    }


_NAMED = ("city", "county", "township", "village")
