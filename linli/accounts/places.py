"""What people's pages ask about places. Areas stand above this app, so they are reached by name:
``settings.LINLI_PLACES`` names the module that answers, as :class:`Places` says."""

from collections.abc import Iterable, Mapping
from importlib import import_module
from typing import Protocol, cast
from uuid import UUID

from django.conf import settings


class Places(Protocol):
    """Areas and units, as far as people are concerned."""

    def area_names(self, codes: Iterable[str]) -> Mapping[str, str]:
        """Return code → name with the names above it up to the county."""

    def unit_names(self, units: Iterable[UUID]) -> Mapping[UUID, str]:
        """Return unit → name."""

    def find_area(self, text: str, within: Iterable[str]) -> str:
        """Return the code of an area given by code or name, inside ``within``; raises Invalid."""

    def find_unit(self, area: str, text: str, kind: str) -> UUID | None:
        """Return the unit of ``area`` where a role of ``kind`` works, given by id or name.

        Empty text gives the area's own post (None for roles without a unit); raises Invalid.
        """

    def units_of(self, area: str) -> list[tuple[UUID, str]]:
        """Return the open units of exactly this area, its post first."""


def places() -> Places:
    """Return the module that answers."""
    return cast("Places", import_module(settings.LINLI_PLACES))
