"""Builders for tests: places, devices, and people who do something now under their scope."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from linli.accounts.scope import acting
from linli.premises.actions.inspect import Line, inspect_premises
from linli.premises.models import CheckItem, Device, Hazard, Premises
from tests.cast import GRID, LONGMENLI, TUESDAY, Cast


@dataclass
class Town:
    """The cast, and what they look after."""

    cast: Cast

    def place(self, **fields: Any) -> Premises:
        """Return a hotel in 龙门里 without devices."""
        told = {"kind_id": "hotel", "name": "示例宾馆", "area_id": LONGMENLI, "added_at": TUESDAY}
        return Premises.objects.create(**{**told, **fields})

    def device(self, place: Premises | None = None, **fields: Any) -> Device:
        """Return a connected one-key alarm that should be heard of every minute."""
        told = {
            "premises": place, "area_id": place.area_id if place else LONGMENLI,
            "kind": "one_key_alarm", "name": "前台报警", "state": "online",
            "interval_seconds": 60, "heard_at": TUESDAY,
        }  # fmt: skip
        return Device.objects.create(**{**told, **fields})

    def act(self, name: str, act: Callable[..., Any], /, *arguments: Any, **more: Any) -> Any:
        """Let a person do something now (or ``at``), under their scope."""
        actor = self.cast.actor(name)
        at: datetime = more.pop("at", None) or timezone.now()
        with acting(actor):
            return act(*arguments, actor=actor, at=at, **more)

    def lines(self, *wrong: str, kind: str = "hotel") -> dict[UUID, Line]:
        """Return a whole check list; the items whose text has one of ``wrong`` in it are not fine."""
        return {
            item.id: Line(fine=not bad, note="灭火器过期" if bad else "")
            for item in CheckItem.objects.filter(kind=kind, retired=False)
            for bad in [any(word in item.text for word in wrong)]
        }

    def hazard(self, place: Premises | None = None) -> Hazard:
        """Return a hazard the grid worker found in a hotel of the grid."""
        place = place or self.place(area_id=GRID)
        self.act("grid_worker", inspect_premises, place.id, self.lines("灭火器"))
        return Hazard.objects.get(premises=place, rule="")
