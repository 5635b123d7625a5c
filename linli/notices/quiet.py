"""Quiet hours: when a message that can wait may leave the house."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID

from django.utils import timezone


@dataclass(frozen=True, slots=True)
class Quiet:
    """From when to when, in the city's time; over midnight where the end comes first."""

    starts: time
    ends: time

    def holds(self, at: datetime) -> bool:
        """Say whether ``at`` lies in it; equal ends mean there is none."""
        now = timezone.localtime(at).time()
        if self.starts <= self.ends:
            return self.starts <= now < self.ends
        return now >= self.starts or now < self.ends

    def released(self, at: datetime) -> datetime:
        """Return ``at``, or the end of the quiet hours it lies in."""
        if not self.holds(at):
            return at
        local = timezone.localtime(at)
        day = local.date() if local.time() < self.ends else local.date() + timedelta(days=1)
        return datetime.combine(day, self.ends, local.tzinfo)


@dataclass(frozen=True, slots=True)
class Rest:
    """The city's quiet hours and those people chose instead."""

    city: Quiet
    own: Mapping[UUID, Quiet]

    def of(self, user: UUID | None) -> Quiet:
        """Return whose quiet hours hold for a person; residents have the city's."""
        return self.own.get(user, self.city) if user else self.city
