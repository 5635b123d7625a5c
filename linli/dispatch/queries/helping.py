"""What helps with an incident: experts of the fitting fields, stores, and what was asked so far."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from linli.accounts.actor import Actor
from linli.dispatch.models import CallOut, Incident, Store, SupplyRequest
from linli.dispatch.queries.experts import Order, orders
from linli.dispatch.queries.supplies import stores
from linli.dispatch.supply_policy import experts_visible_to, requests_visible_to

MOST_STORES = 8


@dataclass(frozen=True, slots=True)
class Helping:
    """Fields that fit the kind of incident and the others, stores near first, calls and requests."""

    fitting: Sequence[Order]
    others: Sequence[Order]
    stores: Sequence[Store]
    calls: Sequence[CallOut]
    requests: Sequence[SupplyRequest]

    def __bool__(self) -> bool:
        return any((self.fitting, self.others, self.stores, self.calls, self.requests))


def helping(incident: Incident, actor: Actor, at: datetime, *, asks: bool) -> Helping:
    """Return what helps; whom to ask only where ``asks``: the incident is open and the actor leads."""
    calls = CallOut.objects.filter(experts_visible_to(actor, "expert__"), incident=incident)
    requests = SupplyRequest.objects.filter(requests_visible_to(actor), incident=incident)
    fields = [one for one in orders(actor, at) if not one.field.retired] if asks else []
    return Helping(
        [one for one in fields if incident.kind_id in one.field.kinds],
        [one for one in fields if incident.kind_id not in one.field.kinds],
        _near(incident, actor) if asks else [],
        list(calls.select_related("expert", "field", "by").order_by("at")),
        list(requests.select_related("store", "unit", "by").order_by("at", "id")),
    )


def _near(incident: Incident, actor: Actor) -> list[Store]:
    """Return the stores one sees, those whose area lies closest to the incident's in the tree first."""

    def shared(store: Store) -> int:
        pairs = zip(store.area_id, incident.area_id, strict=False)
        return next((n for n, (a, b) in enumerate(pairs) if a != b), len(store.area_id))

    return sorted(stores(actor), key=lambda store: -shared(store))[:MOST_STORES]
