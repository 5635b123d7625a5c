"""Quarters of a year: ``2026Q4``, from its first moment up to before the next one's."""

import re
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings

_NAME = re.compile(r"(20\d\d)Q([1-4])\Z")


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """A quarter, by year and number."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year}Q{self.number}"

    @property
    def begins(self) -> datetime:
        """Return its first moment, in the city's time."""
        return datetime(self.year, self.number * 3 - 2, 1, tzinfo=ZoneInfo(settings.TIME_ZONE))

    @property
    def following(self) -> "Quarter":
        """Return the next one."""
        return Quarter(self.year + self.number // 4, self.number % 4 + 1)

    @property
    def before(self) -> "Quarter":
        """Return the one before."""
        earlier = self.number - 1
        return Quarter(self.year, earlier) if earlier else Quarter(self.year - 1, 4)


def read_quarter(text: str) -> Quarter | None:
    """Read ``2026Q4``; None for anything else."""
    found = _NAME.match(text.strip().upper())
    return Quarter(int(found[1]), int(found[2])) if found else None


def quarter_of(moment: datetime) -> Quarter:
    """Return the quarter a moment lies in, in the city's time."""
    local = moment.astimezone(ZoneInfo(settings.TIME_ZONE))
    return Quarter(local.year, (local.month + 2) // 3)
