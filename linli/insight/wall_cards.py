"""The cards beside the map of a wall: what rings, what goes on, who is out, what is off line.

Each shows a number and its first few rows; a card that is not the actor's to see is left out.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.accounts.actor import Actor
from linli.accounts.scope import in_area
from linli.alarms.choices import Kind
from linli.alarms.lifecycle import WAITING
from linli.alarms.policy import may_open
from linli.dispatch import lifecycle
from linli.dispatch.choices import Status
from linli.dispatch.policy import dispatches
from linli.dispatch.queries import board
from linli.premises.choices import DeviceState
from linli.premises.models import Device
from linli.premises.policy import devices_visible_to

# So many lines are read at a glance.
MOST = 4
_OUT = (lifecycle.ASSIGNED, lifecycle.EN_ROUTE, lifecycle.AT_SCENE)


@dataclass(frozen=True, slots=True)
class Card:
    """A heading, its number, and lines of (light, text)."""

    title: str | Promise
    value: int
    rows: Sequence[tuple[str, str]] = ()


def cards(actor: Actor, area: str, at: datetime) -> list[Card]:
    """Return the cards of an area."""
    found = []
    if may_open(actor):
        found.append(_alarms(actor, area))
    if dispatches(actor):
        found += [_incidents(actor, area), _units(actor, area, at)]
    return [*found, _devices(actor, area)]


def _alarms(actor: Actor, area: str) -> Card:
    rows = [row for row in board.open_alarms(actor) if row["area"].startswith(area)]
    waiting = [row for row in rows if row["state"] in WAITING and not row["test"]]
    lines = [
        (row["light"], f"{Kind(row['kind']).label} · {row['place'] or row['areaName']}")
        for row in sorted(waiting, key=lambda row: (row["light"] != "red", row["number"]))
    ]
    return Card(_("Alarms nobody has answered"), len(waiting), lines[:MOST])


def _incidents(actor: Actor, area: str) -> Card:
    rows = [row for row in board.open_incidents(actor) if row["area"].startswith(area)]
    lines = [
        ("red" if row["late"] or row["priority"] == 1 else "blue",
         f"{row['kind']} · {row['place'] or row['areaName']}")
        for row in rows
    ]  # fmt: skip
    return Card(_("Incidents going on"), len(rows), lines[:MOST])


def _units(actor: Actor, area: str, at: datetime) -> Card:
    rows = [row for row in board.units(actor, at) if row["area"].startswith(area)]
    counted = Counter(row["status"] for row in rows)
    lines = [
        ("green" if state == lifecycle.AVAILABLE else "yellow",
         f"{Status(state).label} {counted[state]}")
        for state in (lifecycle.AVAILABLE, *_OUT)
        if counted[state]
    ]  # fmt: skip
    on_shift = counted[lifecycle.AVAILABLE] + sum(counted[state] for state in _OUT)
    return Card(_("Units on shift"), on_shift, lines)


def _devices(actor: Actor, area: str) -> Card:
    off = (
        Device.objects.filter(devices_visible_to(actor), in_area(area), retired_at=None)
        .filter(state__in=(DeviceState.OFFLINE, DeviceState.FAULT))
        .order_by("heard_at")
    )
    rows = off.values_list("state", "premises__name", "name")[:MOST]
    lines = [
        ("red" if state == DeviceState.FAULT else "yellow",
         " · ".join(part for part in (place, name) if part))
        for state, place, name in rows
    ]  # fmt: skip
    return Card(_("Devices off line or at fault"), off.count(), lines)
