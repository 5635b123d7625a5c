"""Who may see and keep stores, ask for supplies, keep the pool of experts and call them out."""

from django.db.models import Q
from django.utils.translation import gettext as _

from linli.accounts.actor import CASELESS, Actor
from linli.accounts.models import RoleKind
from linli.accounts.scope import in_area, in_areas
from linli.dispatch.models import Store, SupplyRequest
from linli.dispatch.policy import DISPATCHING, KEEPING
from linli.kernel.errors import NotPermitted

ADMINISTRATOR = frozenset({RoleKind.ADMINISTRATOR})


def _kept(actor: Actor, field: str) -> Q:
    found = in_areas(actor, field)
    for role in actor.roles:
        if role.kind in ADMINISTRATOR:
            found |= in_area(role.area, field)
    return found


def stores_visible_to(actor: Actor, way: str = "") -> Q:
    """Return the filter for the stores an actor sees: by area, kept by a unit of theirs, or asked by it."""
    if actor.is_system:
        return Q()
    asked = SupplyRequest.objects.filter(unit__in=actor.units)
    return (
        _kept(actor, f"{way}area")
        | Q(**{f"{way}unit__in": actor.units})
        | Q(**{f"{way}pk__in": asked.values("store")})
    )


def requests_visible_to(actor: Actor) -> Q:
    """Return the filter for requests: those at visible stores, and those of the actor's units."""
    if actor.is_system:
        return Q()
    return stores_visible_to(actor, "store__") | Q(unit__in=actor.units)


def experts_visible_to(actor: Actor, way: str = "") -> Q:
    """Return the filter for the experts an actor knows of: those of the areas reached or kept."""
    return Q() if actor.is_system else _kept(actor, f"{way}area")


def may_open_stores(actor: Actor) -> bool:
    """Open these pages at all: whoever works here but auditors, and administrators."""
    return actor.is_system or any(
        role.kind not in CASELESS or role.kind in ADMINISTRATOR for role in actor.roles
    )


def may_found_store(actor: Actor, area: str) -> bool:
    """Open a store, name the experts of an area: who dispatches or administers there."""
    return actor.is_system or actor.reaches(area, KEEPING)


def may_keep_store(actor: Actor, store: Store) -> bool:
    """Take in, count, set aside, hand out: the people of the unit that keeps it, or from above."""
    return may_found_store(actor, store.area_id) or actor.works_in(store.unit_id)


def may_request(actor: Actor, unit: object) -> bool:
    """Ask for a unit: its own people, or whoever dispatches."""
    return actor.is_system or unit in actor.units or actor.holds(*DISPATCHING)


def may_cancel(actor: Actor, request: SupplyRequest) -> bool:
    """Call a request off: whoever may ask for the unit, or keeps the store."""
    return may_request(actor, request.unit_id) or may_keep_store(actor, request.store)


def may_call_out(actor: Actor, area: str) -> bool:
    """Call an expert out: dispatchers and directors who reach the expert's area."""
    return actor.is_system or actor.reaches(area, DISPATCHING)


def permit_found_store(actor: Actor, area: str) -> None:
    """Raise :class:`NotPermitted` unless the actor keeps stores and experts of the area."""
    if not may_found_store(actor, area):
        raise NotPermitted(
            _("Stores and experts are kept by dispatchers, directors and administrators.")
        )


def permit_keep_store(actor: Actor, store: Store) -> None:
    """Raise :class:`NotPermitted` unless the actor keeps this store."""
    if not may_keep_store(actor, store):
        raise NotPermitted(_("Only the unit that keeps the store can do this."))


def permit_request(actor: Actor, unit: object) -> None:
    """Raise :class:`NotPermitted` unless the actor may ask for this unit."""
    if not may_request(actor, unit):
        raise NotPermitted(_("Supplies are asked for by the unit itself or by a dispatcher."))


def permit_call_out(actor: Actor, area: str) -> None:
    """Raise :class:`NotPermitted` unless the actor may call experts of the area out."""
    if not may_call_out(actor, area):
        raise NotPermitted(_("Experts are called out by dispatchers and directors."))
