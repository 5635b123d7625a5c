"""Where a case goes when no desk says so: the installation's router, else the lowest post."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string

from linli.areas.models import Unit
from linli.areas.queries import lowest_post


@dataclass(frozen=True, slots=True)
class Route:
    """A unit, perhaps a person of it, and why.

    ``rule`` is the key of the rule that said so and ``number`` how people call it, such as ``4.3``;
    None and empty where no rule did and the case goes to the lowest post.
    """

    unit: Unit
    handler: UUID | None = None
    rule: UUID | None = None
    number: str = ""
    reason: str = ""

    @property
    def facts(self) -> dict[str, str]:
        """Return what the case's timeline keeps of it: the rule, or that no rule said where to."""
        if self.rule is None:
            return {"lowest_post": self.unit.area_id}
        return {"rule": str(self.rule), "rule_number": self.number}


def route_of(case: Any, at: datetime, *, besides: frozenset[UUID] = frozenset()) -> Route:
    """Return where a case, or a matter not yet registered, goes at a moment; never nowhere.

    Rules that lead to a unit of ``besides`` are passed over: it has sent the case back. Raises
    :class:`Invalid` where no centre covers the place. The router is ``settings.LINLI_ROUTER``.
    """
    found: Route | None = import_string(settings.LINLI_ROUTER)(case, at, besides=besides)
    return found or Route(lowest_post(_area(case)))


def routes_of(cases: Sequence[Any], at: datetime) -> list[Route | None]:
    """Return for each of many cases or matters where it goes; None where no centre covers it.

    The router's other half stands beside it under the same name with ``_many``.
    """
    found: list[Route | None] = import_string(f"{settings.LINLI_ROUTER}_many")(cases, at)
    return found


def _area(case: Any) -> str:
    return str(getattr(case, "area_id", None) or case.area)
