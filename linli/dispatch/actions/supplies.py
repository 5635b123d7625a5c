"""Requests for supplies: asked, set aside, handed out, returned, called off.

Each step locks the request and then the lots in the order of their ids, so that two that want the
same stock wait for one another and the second sees what is left.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.areas.queries import holding
from linli.audit.record import record
from linli.dispatch import supply_lifecycle as lifecycle
from linli.dispatch.actions.step import write
from linli.dispatch.actions.stores import MOST, locked_store, move
from linli.dispatch.allocation import Free, give_back, take
from linli.dispatch.models import (
    Incident,
    Lot,
    Movement,
    RequestLine,
    SupplyKind,
    SupplyRequest,
)
from linli.dispatch.policy import visible_to
from linli.dispatch.supply_choices import MoveKind
from linli.dispatch.supply_policy import (
    may_cancel,
    permit_keep_store,
    permit_request,
    requests_visible_to,
)
from linli.kernel.errors import IllegalMove, Invalid, NotFound, NotPermitted
from linli.kernel.ids import new_id
from linli.kernel.working_days import local_date

# Line → from which lots how much, in the order in which it was taken.
type Parts = Mapping[UUID, Sequence[tuple[UUID, int]]]


@transaction.atomic
def request_supplies(
    store_id: UUID,
    wanted: Mapping[str, int],
    *,
    unit: UUID,
    why: str,
    actor: Actor,
    at: datetime,
    incident: UUID | None = None,
    request_id: UUID | None = None,
) -> SupplyRequest:
    """Ask a store for supplies (kind → how many), for a unit. Nothing is set aside yet."""
    store = locked_store(store_id, actor)
    permit_request(actor, unit)
    wrong: dict[str, str] = {}
    if not wanted or any(not 1 <= many <= MOST for many in wanted.values()):
        wrong["wanted"] = _("Say what is needed, and how many of each.")
    elif SupplyKind.objects.filter(pk__in=wanted).count() != len(wanted):
        wrong["wanted"] = _("Choose from the list.")
    if not why.strip():
        wrong["why"] = _("Write what it is for.")
    if holding(unit) is None:
        wrong["unit"] = _("Choose an open unit.")
    of = Incident.objects.filter(visible_to(actor), pk=incident).first() if incident else None
    if incident and of is None:
        wrong["incident"] = _("There is no such incident here.")
    if wrong:
        raise Invalid(_("This can't be written down like that."), wrong)
    request = SupplyRequest(
        id=request_id or new_id(), store=store, unit_id=unit, incident_id=incident,
        why=why.strip()[:200], at=at, by_id=actor.user_id,
    )  # fmt: skip
    request.save(force_insert=True)
    RequestLine.objects.bulk_create(
        RequestLine(request=request, kind_id=kind, quantity=many)
        for kind, many in sorted(wanted.items())
    )
    _recorded(request, "request", actor, at)
    if of is not None:
        _tell(of, request, wanted, actor, at)
    return request


def _tell(
    incident: Incident,
    request: SupplyRequest,
    wanted: Mapping[str, int],
    actor: Actor,
    at: datetime,
) -> None:
    """Write in an incident's timeline what was asked for it."""
    names = SupplyKind.objects.in_bulk(list(wanted))
    what = "、".join(f"{names[kind].label} × {many}" for kind, many in sorted(wanted.items()))
    write(
        incident, "ask_supplies", actor=actor, at=at, note=f"{request.store.name}：{what}",
        facts={"request": str(request.id)},
    )  # fmt: skip


@transaction.atomic
def commit_supplies(request_id: UUID, *, actor: Actor, at: datetime) -> SupplyRequest:
    """Set everything aside that was asked for, what expires first; all of it or nothing."""
    request = _begin("commit", request_id, actor)
    permit_keep_store(actor, request.store)
    lines = list(request.lines.select_related("kind").order_by("kind"))
    lots = _locked_lots(store=request.store_id, kind__in=[line.kind_id for line in lines])
    short: list[str] = []
    for line in lines:
        free = [
            Free(lot.id, lot.expires_on, lot.on_hand - lot.committed)
            for lot in lots.values()
            if lot.kind_id == line.kind_id
        ]
        taken = take(free, line.quantity, local_date(at))
        missing = line.quantity - sum(many for _lot, many in taken)
        if missing:
            short.append(
                _("%(kind)s: %(missing)d too few") % {"kind": line.kind.label, "missing": missing}
            )
            continue
        for lot, many in taken:
            move(lots[lot], MoveKind.COMMIT, committed=many, line=line.id, actor=actor, at=at)
    if short:
        raise IllegalMove(
            _("The store does not have enough. %(short)s") % {"short": "; ".join(short)},
            _("Ask for less, or ask another store."),
        )
    return _finish(request, "commit", actor, at)


@transaction.atomic
def release_supplies(request_id: UUID, *, actor: Actor, at: datetime) -> SupplyRequest:
    """Hand out what is set aside: it leaves the store."""
    request = _begin("release", request_id, actor)
    permit_keep_store(actor, request.store)
    for line, lot, many in _moved(request, "committed"):
        move(lot, MoveKind.RELEASE, on_hand=-many, committed=-many, line=line, actor=actor, at=at)
    return _finish(request, "release", actor, at)


@transaction.atomic
def return_supplies(
    request_id: UUID, back: Mapping[str, int], *, actor: Actor, at: datetime, note: str = ""
) -> SupplyRequest:
    """Take back what was not used (kind → how many); the rest is used up and the request settled."""
    request = _begin("return", request_id, actor)
    permit_keep_store(actor, request.store)
    out: defaultdict[UUID, list[tuple[UUID, int]]] = defaultdict(list)
    lots: dict[UUID, Lot] = {}
    for key, lot, many in _moved(request, "on_hand"):
        out[key].append((lot.id, -many))
        lots[lot.id] = lot
    for line in request.lines.order_by("kind"):
        many = back.get(line.kind_id, 0)
        if not 0 <= many <= sum(part for _lot, part in out[line.id]):
            raise Invalid(
                _("More can't come back than was handed out."),
                {f"back_{line.kind_id}": _("At most %(most)d.") % {"most": line.quantity}},
            )
        for key, part in give_back(out[line.id], many):
            move(
                lots[key],
                MoveKind.RETURN,
                on_hand=part,
                line=line.id,
                actor=actor,
                at=at,
                note=note,
            )
    request.settled_at = at
    return _finish(request, "return", actor, at)


@transaction.atomic
def cancel_supplies(request_id: UUID, *, actor: Actor, at: datetime) -> SupplyRequest:
    """Call a request off; what was set aside can be had by others."""
    request = _begin("cancel", request_id, actor)
    if not may_cancel(actor, request):
        raise NotPermitted(_("Only whoever asked, or the store, can call it off."))
    for line, lot, many in _moved(request, "committed"):
        move(lot, MoveKind.FREE, committed=-many, line=line, actor=actor, at=at)
    request.settled_at = at
    return _finish(request, "cancel", actor, at)


def _begin(verb: str, request_id: UUID, actor: Actor) -> SupplyRequest:
    rows = SupplyRequest.objects.select_for_update(of=("self",)).select_related("store")
    request = rows.filter(requests_visible_to(actor), pk=request_id).first()
    if request is None:
        raise NotFound(_("There is no such request here."))
    if not lifecycle.legal(verb, request.state):
        raise IllegalMove(
            _("A request that is “%(state)s” has no such step.")
            % {"state": request.get_state_display()}
        )
    return request


def _finish(request: SupplyRequest, verb: str, actor: Actor, at: datetime) -> SupplyRequest:
    request.state = lifecycle.after(verb, request.state)
    request.save(update_fields=["state", "settled_at"])
    _recorded(request, verb, actor, at)
    return request


def _recorded(request: SupplyRequest, verb: str, actor: Actor, at: datetime) -> None:
    facts = {"request": str(request.id), "unit": str(request.unit_id), "state": request.state}
    record("store", request.store_id, f"supplies.{verb}", actor=actor.user_id, at=at, facts=facts)


def _locked_lots(**which: object) -> dict[UUID, Lot]:
    rows = Lot.objects.select_for_update(of=("self",)).filter(**which).order_by("id")
    return {lot.id: lot for lot in rows}


def _moved(request: SupplyRequest, column: str) -> list[tuple[UUID, Lot, int]]:
    """Return line, lot (locked) and the sum of ``column`` of its movements, where it is not zero."""
    sums = (
        Movement.objects.filter(line__request=request)
        .values_list("line", "lot")
        .annotate(total=Sum(column))
        .order_by("line", "lot")
    )
    found = [(line, lot, total) for line, lot, total in sums if line and total]
    lots = _locked_lots(pk__in={lot for _line, lot, _total in found})
    return [(line, lots[lot], total) for line, lot, total in found]
