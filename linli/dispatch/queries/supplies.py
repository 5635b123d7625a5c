"""What stores hold, what is asked of them, what expires."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.dispatch.models import Lot, Movement, Store, SupplyKind, SupplyRequest
from linli.dispatch.supply_lifecycle import OPEN
from linli.dispatch.supply_policy import requests_visible_to, stores_visible_to
from linli.kernel.errors import NotFound

SOON = timedelta(days=30)
LATEST = 30


@dataclass(frozen=True, slots=True)
class Holding:
    """How much of a kind lies in a store: there, of it set aside, of it expired."""

    kind: SupplyKind
    on_hand: int
    committed: int
    expired: int

    @property
    def free(self) -> int:
        """What can still be asked for."""
        return self.on_hand - self.committed - self.expired

    @property
    def short(self) -> bool:
        """Say whether there is less than a store should have."""
        return self.free < self.kind.least


def stores(actor: Actor) -> QuerySet[Store]:
    """Return the open stores an actor sees, by area and name."""
    rows = Store.objects.filter(stores_visible_to(actor), closed_at=None)
    return rows.select_related("area", "unit").order_by("area", "name")


def store_for(actor: Actor, store_id: UUID) -> Store:
    """Return a visible store; raises :class:`NotFound`."""
    rows = Store.objects.select_related("area", "unit").filter(stores_visible_to(actor))
    found = rows.filter(pk=store_id).first()
    if found is None:
        raise NotFound(_("There is no such store here."))
    return found


def holdings(store: Store, today: date) -> list[Holding]:
    """Return what lies in a store by kind; also what it should have and has not."""
    old = Q(expires_on__lt=today)
    rows = (
        Lot.objects.filter(store=store)
        .values("kind")
        .annotate(
            there=Sum("on_hand"),
            aside=Sum("committed"),
            old=Sum(F("on_hand") - F("committed"), filter=old, default=0),
        )
    )
    known = {row["kind"]: row for row in rows}
    return [
        Holding(kind, row["there"], row["aside"], row["old"])
        for kind in SupplyKind.objects.all()
        if (row := known.get(kind.code))
    ]


def lots(store: Store) -> QuerySet[Lot]:
    """Return the lots that are not empty, what expires first."""
    rows = Lot.objects.filter(store=store, on_hand__gt=0).select_related("kind")
    return rows.order_by("kind", F("expires_on").asc(nulls_last=True), "id")


def expiring(actor: Actor, today: date, *, within: timedelta = SOON) -> QuerySet[Lot]:
    """Return the lots of all visible stores that have expired or will soon, the earliest first."""
    rows = Lot.objects.filter(stores_visible_to(actor, "store__"), on_hand__gt=0)
    due = rows.filter(expires_on__lte=today + within, store__closed_at=None)
    return due.select_related("kind", "store").order_by("expires_on", "id")


def requests(actor: Actor, store: Store | None = None) -> QuerySet[SupplyRequest]:
    """Return the requests that are not settled, the oldest first."""
    rows = SupplyRequest.objects.filter(requests_visible_to(actor), state__in=OPEN)
    if store is not None:
        rows = rows.filter(store=store)
    return rows.select_related("store", "unit", "by").order_by("at", "id")


def request_for(actor: Actor, request_id: UUID) -> SupplyRequest:
    """Return a visible request; raises :class:`NotFound`."""
    rows = SupplyRequest.objects.select_related("store", "unit", "by", "incident")
    found = rows.filter(requests_visible_to(actor), pk=request_id).first()
    if found is None:
        raise NotFound(_("There is no such request here."))
    return found


def lines_of(request: SupplyRequest) -> list[dict[str, Any]]:
    """Return each line with what is set aside, out, and back."""
    kinds = Movement.objects.filter(line__request=request).values("line", "kind")
    moved = {
        (row["line"], row["kind"]): (row["there"], row["aside"])
        for row in kinds.annotate(there=Sum("on_hand"), aside=Sum("committed"))
    }
    return [
        {
            "line": line,
            "out": -moved.get((line.id, "release"), (0, 0))[0],
            "back": moved.get((line.id, "return"), (0, 0))[0],
        }
        for line in request.lines.select_related("kind").order_by("kind__position")
    ]


def ledger(store: Store) -> Sequence[Movement]:
    """Return the latest movements of a store."""
    rows = Movement.objects.filter(lot__store=store).select_related("lot__kind", "by")
    return list(rows.order_by("-at", "-id")[:LATEST])
