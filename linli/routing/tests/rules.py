"""Rules for tests: written, switched on, asked."""

from datetime import datetime
from typing import Any
from uuid import UUID

from linli.cases.actions.register import Matter
from linli.routing.actions.draft import draft_rules
from linli.routing.actions.switch_on import switch_on
from linli.routing.actions.write_rule import Wording, write_rule
from linli.routing.models import Rule, RuleSet
from linli.routing.queries.sets import draft_of
from tests.cast import CITY, LONGMENLI, TUESDAY, Cast


def worded(unit: UUID, **given: Any) -> Wording:
    """Return a rule's wording that means everything in the city, but for what is given."""
    return Wording(**{"place": CITY, "unit": unit, **given})


def write(
    cast: Cast, wording: Wording, *, area: str = CITY, by: str = "administrator",
    at: datetime = TUESDAY, **more: Any,
) -> Rule:  # fmt: skip
    """Write a rule into the draft of an area; begin one where there is none."""
    actor = cast.actor(by)
    if draft_of(area) is None:
        draft_rules(area, actor=actor, at=at)
    return write_rule(area, wording, actor=actor, at=at, **more)


def put_on(
    cast: Cast, *wordings: Wording, area: str = CITY, by: str = "administrator",
    at: datetime = TUESDAY,
) -> RuleSet:  # fmt: skip
    """Write rules in order behind those there are, and switch them on."""
    for wording in wordings:
        write(cast, wording, area=area, by=by, at=at)
    return switch_on(area, actor=cast.actor(by), at=at)


def matter(**given: Any) -> Matter:
    """Return a neighbour dispute in 龙门里, but for what is given."""
    usual: dict[str, Any] = {
        "kind": "dispute", "category": "neighbour", "title": "楼上漏水", "area": LONGMENLI,
        "channel": "window",
    }  # fmt: skip
    return Matter(**{**usual, **given})
