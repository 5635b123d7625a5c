"""Stores: opened, closed; supplies come in, are written off, or counted. Every change is a movement."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.areas.queries import area as find_area
from linli.areas.queries import holding
from linli.audit.record import record
from linli.dispatch.models import Lot, Movement, Store, SupplyKind, SupplyRequest
from linli.dispatch.supply_choices import MoveKind
from linli.dispatch.supply_lifecycle import OPEN
from linli.dispatch.supply_policy import permit_found_store, permit_keep_store, stores_visible_to
from linli.kernel.errors import IllegalMove, Invalid, NotFound
from linli.kernel.ids import new_id

MOST = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreData:
    """What is written down about a store; points are WGS-84 degrees."""

    name: str
    area: str
    unit: UUID
    address: str = ""
    latitude: float | None = None
    longitude: float | None = None


@transaction.atomic
def open_store(
    data: StoreData, *, actor: Actor, at: datetime, store_id: UUID | None = None
) -> Store:
    """Open a store that a unit keeps."""
    area = find_area(data.area)
    permit_found_store(actor, area.code)
    if not data.name.strip():
        raise Invalid(_("A name is missing."), {"name": _("Write what it is called.")})
    unit = holding(data.unit)
    if unit is None or unit.area_id[:4] != area.code[:4]:
        raise Invalid(_("Choose an open unit."), {"unit": _("Choose an open unit of this city.")})
    store = Store(
        id=store_id or new_id(), area=area, unit=unit, name=data.name.strip(),
        address=data.address, latitude=data.latitude, longitude=data.longitude,
    )  # fmt: skip
    try:
        with transaction.atomic():
            store.save(force_insert=True)
    except IntegrityError as clash:
        said = _("This area has a store of this name already.")
        raise Invalid(said, {"name": said}) from clash
    facts = {"area": area.code, "unit": str(unit.id)}
    record("store", store.id, "store.open", actor=actor.user_id, at=at, facts=facts)
    return store


@transaction.atomic
def close_store(store_id: UUID, *, actor: Actor, at: datetime) -> Store:
    """Close a store that is empty and has nothing asked of it."""
    store = locked_store(store_id, actor)
    permit_keep_store(actor, store)
    if Lot.objects.filter(store=store, on_hand__gt=0).exists():
        raise IllegalMove(
            _("Something lies in this store still."), _("Write it off or hand it out.")
        )
    if SupplyRequest.objects.filter(store=store, state__in=OPEN).exists():
        raise IllegalMove(_("A request at this store is not settled yet."))
    store.closed_at = at
    store.save(update_fields=["closed_at"])
    record("store", store.id, "store.close", actor=actor.user_id, at=at)
    return store


@transaction.atomic
def receive_supplies(
    store_id: UUID,
    *,
    kind: str,
    quantity: int,
    actor: Actor,
    at: datetime,
    expires_on: date | None = None,
    mark: str = "",
    note: str = "",
) -> Lot:
    """Take supplies in; the same kind, date and mark lie in one lot."""
    store = locked_store(store_id, actor)
    permit_keep_store(actor, store)
    if not 1 <= quantity <= MOST:
        raise Invalid(_("How many came in?"), {"quantity": _("At least one.")})
    if not SupplyKind.objects.filter(pk=kind).exists():
        raise Invalid(_("Choose a kind."), {"kind": _("Choose a kind.")})
    mark = mark.strip()[:40]
    # The store's row is locked: nobody makes the same lot beside us.
    lot, _made = Lot.objects.get_or_create(
        store=store, kind_id=kind, expires_on=expires_on, mark=mark
    )
    move(lot, MoveKind.RECEIVE, on_hand=quantity, actor=actor, at=at, note=note)
    facts = {"lot": str(lot.id), "kind": kind, "quantity": quantity}
    record("store", store.id, "store.receive", actor=actor.user_id, at=at, facts=facts)
    return lot


@transaction.atomic
def write_off(lot_id: UUID, *, quantity: int, why: str, actor: Actor, at: datetime) -> Lot:
    """Take out what has expired or broke; what is set aside stays."""
    lot = _lot(lot_id, actor)
    if not why.strip():
        raise Invalid(_("A reason is missing."), {"why": _("Please write the reason.")})
    if not 1 <= quantity <= lot.on_hand - lot.committed:
        raise Invalid(
            _("Only what lies there and is not set aside can be written off."),
            {"quantity": _("At most %(most)d.") % {"most": lot.on_hand - lot.committed}},
        )
    move(lot, MoveKind.WRITE_OFF, on_hand=-quantity, actor=actor, at=at, note=why)
    facts = {"lot": str(lot.id), "quantity": quantity}
    record("store", lot.store_id, "store.write_off", actor=actor.user_id, at=at, facts=facts)
    return lot


@transaction.atomic
def count_lot(lot_id: UUID, *, found: int, actor: Actor, at: datetime) -> Lot:
    """Write down what a count found; the difference is a movement like any other."""
    lot = _lot(lot_id, actor)
    if not lot.committed <= found <= MOST:
        raise Invalid(
            _("More is set aside than was found."),
            {"found": _("Free what is set aside first.")},
        )
    if found != lot.on_hand:
        move(lot, MoveKind.COUNT, on_hand=found - lot.on_hand, actor=actor, at=at)
        facts = {"lot": str(lot.id), "difference": found - lot.on_hand}
        record("store", lot.store_id, "store.count", actor=actor.user_id, at=at, facts=facts)
    return lot


def locked_store(store_id: UUID, actor: Actor) -> Store:
    """Return a visible open store with its row locked."""
    rows = Store.objects.select_for_update(of=("self",)).filter(stores_visible_to(actor))
    store = rows.filter(pk=store_id, closed_at=None).first()
    if store is None:
        raise NotFound(_("There is no such store here."))
    return store


def move(
    lot: Lot,
    kind: str,
    *,
    actor: Actor,
    at: datetime,
    on_hand: int = 0,
    committed: int = 0,
    line: UUID | None = None,
    note: str = "",
) -> None:
    """Add a movement; the database writes the lot's sums by it, or refuses."""
    Movement(
        lot=lot, line_id=line, kind=kind, on_hand=on_hand, committed=committed, at=at,
        by_id=actor.user_id, note=note.strip()[:200],
    ).save(force_insert=True)  # fmt: skip


def _lot(lot_id: UUID, actor: Actor) -> Lot:
    rows = Lot.objects.select_for_update(of=("self",)).select_related("store")
    lot = rows.filter(stores_visible_to(actor, "store__"), pk=lot_id).first()
    if lot is None:
        raise NotFound(_("There is no such lot here."))
    permit_keep_store(actor, lot.store)
    return lot
