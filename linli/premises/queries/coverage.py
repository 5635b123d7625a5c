"""Coverage: which places have the devices their kind must have, live, and the exceptions by name.

What covers a need is plain data and a plain function; the database only tells what there is.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple
from uuid import UUID

from django.db.models import Q

from linli.accounts.actor import Actor
from linli.accounts.scope import in_area
from linli.premises.choices import DeviceKind, DeviceState, Spot
from linli.premises.models import Device, Need, Premises, PremisesKind
from linli.premises.policy import visible_to

type Why = Literal["missing", "unconnected", "offline", "fault"]
# The nearer a device is to what is asked, the better it tells what is wrong.
_NEAREST: tuple[Why, ...] = ("offline", "fault", "unconnected")


class Asked(NamedTuple):
    """A device a place must have; ``spot`` empty: anywhere."""

    device_kind: str
    spot: str
    connected: bool


class There(NamedTuple):
    """A device a place has."""

    kind: str
    spot: str
    state: str


class Gap(NamedTuple):
    """A need that nothing covers, and why."""

    device_kind: str
    spot: str
    why: Why


def gaps(needs: Iterable[Asked], absent: Iterable[str], devices: Sequence[There]) -> list[Gap]:
    """Return which needs are not covered. A spot the place doesn't have needs nothing."""
    found = []
    for need in needs:
        if need.spot and need.spot in absent:
            continue
        fitting = [
            one for one in devices if one.kind == need.device_kind and need.spot in ("", one.spot)
        ]
        if why := _why_not(need, fitting):
            found.append(Gap(need.device_kind, need.spot, why))
    return found


def _why_not(need: Asked, fitting: Sequence[There]) -> Why | None:
    if not fitting:
        return "missing"
    states = {one.state for one in fitting}
    if need.connected:
        if DeviceState.ONLINE in states:
            return None
        return next(why for why in _NEAREST if why in states)
    # An extinguisher is connected to nothing: only a named fault takes it away.
    return "fault" if states == {DeviceState.FAULT} else None


@dataclass(frozen=True, slots=True)
class Uncovered:
    """A place that is not covered, with each gap."""

    id: UUID
    name: str
    area: str
    gaps: Sequence[Gap]


@dataclass(slots=True)
class Covered:
    """One line: of ``total`` places of a kind ``covered`` have what they must have."""

    kind: str
    label: str
    needs: Sequence[Asked]
    total: int = 0
    covered: int = 0
    exceptions: list[Uncovered] = field(default_factory=list)
    by_area: dict[str, tuple[int, int]] = field(default_factory=dict)

    @property
    def whole(self) -> bool:
        """Say whether all are covered."""
        return self.covered == self.total


def coverage(
    actor: Actor, area: str, *, kind: str = "", step: int = 0, device: str = ""
) -> list[Covered]:
    """Return the coverage of each kind that has needs, within ``area``, as far as the actor sees it.

    ``by_area`` counts (covered, total) by the first ``step`` digits of the code; zero for none.
    ``device`` asks for one kind of device alone, such as one-key alarms.
    """
    needs: defaultdict[str, list[Asked]] = defaultdict(list)
    for need in Need.objects.order_by("device_kind", "spot"):
        if device in ("", need.device_kind):
            asked = Asked(need.device_kind, need.spot, need.connected)
            needs[need.kind_id].append(asked)
    kinds = {
        one.code: Covered(one.code, one.label, needs[one.code])
        for one in PremisesKind.objects.all()
        if one.code in needs and kind in ("", one.code)
    }
    there = Q(closed_on=None, kind__in=kinds)
    if area:
        there &= in_area(area)
    seen = Premises.objects.filter(visible_to(actor), there)
    devices = _devices(seen.values("pk"))
    rows = seen.order_by("area", "name").values_list(
        "id", "kind", "name", "area", "area__name", "absent"
    )
    for key, code, name, where, where_name, absent in rows:
        line = kinds[code]
        missing = gaps(line.needs, absent, devices.get(key, []))
        line.total += 1
        line.covered += not missing
        if missing:
            line.exceptions.append(Uncovered(key, name, where_name, missing))
        if step:
            part = where[:step]
            covered, total = line.by_area.get(part, (0, 0))
            line.by_area[part] = (covered + (not missing), total + 1)
    return [line for line in kinds.values() if line.total]


def _devices(places: Any) -> dict[UUID, list[There]]:
    found: defaultdict[UUID, list[There]] = defaultdict(list)
    rows = Device.objects.filter(premises__in=places, retired_at=None).order_by()
    for key, kind, spot, state in rows.values_list("premises", "kind", "spot", "state"):
        if key is not None:
            found[key].append(There(kind, spot, state))
    return found


def place_gaps(place: Premises, devices: Iterable[Device]) -> list[Gap]:
    """Return what one place lacks."""
    needs = Need.objects.filter(kind=place.kind_id).values_list("device_kind", "spot", "connected")
    there = [There(one.kind, one.spot, one.state) for one in devices if one.retired_at is None]
    return gaps([Asked(*need) for need in needs], place.absent, there)


def words_of(gap: Gap) -> str:
    """Return a gap's device and spot in words."""
    device = str(DeviceKind(gap.device_kind).label)
    return f"{Spot(gap.spot).label} · {device}" if gap.spot else device
