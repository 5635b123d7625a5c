"""Builders for tests: places, devices, and people who do something now under their scope."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from linli.accounts.scope import acting
from linli.premises.models import Device, Premises
from tests.cast import LONGMENLI, TUESDAY, Cast


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
