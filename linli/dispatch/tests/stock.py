"""A store for tests: kept by the team of the city, with whatever a test puts into it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from linli.accounts.scope import acting
from linli.areas.models import Unit
from linli.dispatch.actions.stores import StoreData, open_store, receive_supplies
from linli.dispatch.actions.supplies import request_supplies
from linli.dispatch.models import Lot, Store, SupplyRequest
from tests.cast import BEIJING_ROAD, Cast, make_user


@dataclass
class Stock:
    """The cast, a store in 北京路街道, and ``keeper``, one of the team that keeps it."""

    cast: Cast
    team: Unit
    store: Store

    def act(self, name: str, act: Callable[..., Any], /, *arguments: Any, **more: Any) -> Any:
        """Let a person do something now (or ``at``), under their scope."""
        more.setdefault("at", timezone.now())
        actor = self.cast.actor(name)
        with acting(actor):
            return act(*arguments, actor=actor, **more)

    def receive(self, quantity: int, kind: str = "torch", expires_on: date | None = None) -> Lot:
        """Take supplies in."""
        told = {"kind": kind, "quantity": quantity, "expires_on": expires_on}
        lot: Lot = self.act("keeper", receive_supplies, self.store.id, **told)
        lot.refresh_from_db()
        return lot

    def ask(self, **wanted: int) -> SupplyRequest:
        """Ask for supplies as the street's director, for the justice office."""
        made: SupplyRequest = self.act(
            "director", request_supplies, self.store.id, wanted,
            unit=self.cast.justice.id, why="演练",
        )  # fmt: skip
        return made


def make_stock(cast: Cast) -> Stock:
    """Save a team that keeps a store in the street."""
    team = Unit.objects.create(area_id=BEIJING_ROAD, kind="team", name="应急一队")
    cast.users["keeper"] = make_user("keeper", "patrol_leader", BEIJING_ROAD, team)
    actor = cast.actor("director")
    with acting(actor):
        data = StoreData(name="应急物资库", area=BEIJING_ROAD, unit=team.id)
        store = open_store(data, actor=actor, at=timezone.now())
    return Stock(cast, team, store)
