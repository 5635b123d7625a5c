"""Stores and their stock: what lies there, what is asked, what expires, and every movement."""

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.accounts.actor import Actor, actor_of
from linli.dispatch.actions import stores as at_store
from linli.dispatch.actions import supplies as asked
from linli.dispatch.models import Lot
from linli.dispatch.policy import KEEPING
from linli.dispatch.queries import supplies as read
from linli.dispatch.supply_lifecycle import ASKED, COMMITTED, OUT
from linli.dispatch.supply_policy import (
    may_cancel,
    may_keep_store,
    may_open_stores,
    stores_visible_to,
)
from linli.dispatch.web.supply_forms import (
    CountForm,
    ReceiveForm,
    RequestForm,
    ReturnForm,
    StoreForm,
    WriteOffForm,
)
from linli.kernel.errors import NotFound, NotPermitted, Refused
from linli.kernel.form_errors import show_refusal
from linli.kernel.working_days import local_date

type Done = tuple[str, str]
type Trail = list[tuple[str, str]]


def permitted(request: HttpRequest) -> Actor:
    """Return who asks; raises :class:`NotPermitted` for those who have nothing to do here."""
    actor = actor_of(request)
    if not may_open_stores(actor):
        raise NotPermitted(_("This page is for those who work with supplies and experts."))
    return actor


def ask(
    request: HttpRequest,
    form: forms.Form,
    act: Callable[[], Done],
    *,
    title: str,
    trail: Trail,
    template: str = "dispatch/supply_form.html",
) -> HttpResponse:
    """Show a form; when it is sent, ``act`` does it and returns what to say and where to go."""
    if request.method == "POST" and form.is_valid():
        try:
            said, address = act()
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, said)
            return HttpResponseRedirect(address)
    context = {"form": form, "title": title, "trail": trail, "back": trail[-1][0]}
    return render(request, template, context, status=422 if form.errors else 200)


def _stores() -> Trail:
    return [(reverse("dispatch:stores"), _("Stores"))]


def _store(store_id: UUID, name: str) -> Trail:
    return [*_stores(), (reverse("dispatch:store", args=[store_id]), name)]


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Show the stores, what expires in them, and what is asked of them."""
    actor, today = permitted(request), local_date(timezone.now())
    due = list(read.expiring(actor, today)[:100])
    context = {
        "stores": [
            (store, sum(lot.store_id == store.id for lot in due)) for store in read.stores(actor)
        ],
        "requests": read.requests(actor)[:50],
        "due": due,
        "today": today,
        "founds": actor.holds(*KEEPING),
    }
    return render(request, "dispatch/stores.html", context)


@require_GET
def store(request: HttpRequest, store_id: UUID) -> HttpResponse:
    """Show one store with its stock, its lots, open requests, and the ledger."""
    actor, today = permitted(request), local_date(timezone.now())
    found = read.store_for(actor, store_id)
    context = {
        "store": found,
        "holdings": read.holdings(found, today),
        "lots": read.lots(found),
        "requests": read.requests(actor, found),
        "ledger": read.ledger(found),
        "today": today,
        "keeps": may_keep_store(actor, found) and found.closed_at is None,
        "trail": _stores(),
    }
    return render(request, "dispatch/store.html", context)


@require_http_methods(["GET", "POST"])
def open_store(request: HttpRequest) -> HttpResponse:
    """Ask for a new store."""
    actor = permitted(request)
    if not actor.holds(*KEEPING):
        raise NotPermitted(
            _("Stores and experts are kept by dispatchers, directors and administrators.")
        )
    form = StoreForm(request.POST or None, actor=actor)

    def act() -> Done:
        made = at_store.open_store(form.store(), actor=actor, at=timezone.now())
        return _("The store is open."), reverse("dispatch:store", args=[made.id])

    return ask(
        request, form, act, title=_("New store"), trail=_stores(),
        template="dispatch/store_form.html",
    )  # fmt: skip


@require_POST
def close_store(request: HttpRequest, store_id: UUID) -> HttpResponse:
    """Close an empty store."""
    at_store.close_store(store_id, actor=actor_of(request), at=timezone.now())
    messages.success(request, _("The store is closed."))
    return HttpResponseRedirect(reverse("dispatch:stores"))


@require_http_methods(["GET", "POST"])
def receive(request: HttpRequest, store_id: UUID) -> HttpResponse:
    """Ask what came in."""
    actor = permitted(request)
    found = read.store_for(actor, store_id)
    form = ReceiveForm(request.POST or None)

    def act() -> Done:
        at_store.receive_supplies(found.id, **form.cleaned_data, actor=actor, at=timezone.now())
        return _("It is in the store."), reverse("dispatch:store", args=[found.id])

    return ask(request, form, act, title=_("Take supplies in"), trail=_store(found.id, found.name))


@require_http_methods(["GET", "POST"])
def of_lot(request: HttpRequest, lot_id: UUID, verb: str) -> HttpResponse:
    """Ask how much of a lot is written off, or how much a count found."""
    actor = permitted(request)
    rows = Lot.objects.select_related("store", "kind")
    lot = rows.filter(stores_visible_to(actor, "store__"), pk=lot_id).first()
    if lot is None or verb not in ("write_off", "count"):
        raise NotFound(_("There is no such lot here."))
    counts = verb == "count"
    form = CountForm(request.POST or None) if counts else WriteOffForm(request.POST or None)

    def act() -> Done:
        how = at_store.count_lot if counts else at_store.write_off
        how(lot.id, **form.cleaned_data, actor=actor, at=timezone.now())
        return _("It is written down."), reverse("dispatch:store", args=[lot.store_id])

    words = {"kind": lot.kind.label}
    title = _("Count: %(kind)s") % words if counts else _("Write off: %(kind)s") % words
    return ask(request, form, act, title=title, trail=_store(lot.store_id, lot.store.name))


@require_http_methods(["GET", "POST"])
def request_from(request: HttpRequest, store_id: UUID) -> HttpResponse:
    """Ask what is needed."""
    actor = permitted(request)
    found = read.store_for(actor, store_id)
    held = read.holdings(found, local_date(timezone.now()))
    kinds = [(one.kind, one.free) for one in held if one.free > 0]
    form = RequestForm(
        request.POST or None, actor=actor, kinds=kinds, incident=request.GET.get("incident", "")
    )

    def act() -> Done:
        told = form.cleaned_data
        made = asked.request_supplies(
            found.id, form.wanted(), unit=UUID(told["unit"]), why=told["why"],
            incident=UUID(told["incident"]) if told["incident"] else None,
            actor=actor, at=timezone.now(),
        )  # fmt: skip
        return _("The store was asked."), reverse("dispatch:supply_request", args=[made.id])

    return ask(request, form, act, title=_("Ask for supplies"), trail=_store(found.id, found.name))


@require_GET
def one_request(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Show a request with what is set aside, out and back, and the next step."""
    actor = permitted(request)
    found = read.request_for(actor, request_id)
    keeps = may_keep_store(actor, found.store)
    context = {
        "one": found,
        "lines": read.lines_of(found),
        "commits": keeps and found.state == ASKED,
        "releases": keeps and found.state == COMMITTED,
        "returns": keeps and found.state == OUT,
        "cancels": found.state in (ASKED, COMMITTED) and may_cancel(actor, found),
        "trail": _stores(),
    }
    return render(request, "dispatch/supply_request.html", context)


@require_POST
def step(request: HttpRequest, request_id: UUID, verb: str) -> HttpResponse:
    """Set aside, hand out, or call off."""
    acts = {
        "commit": (asked.commit_supplies, _("It is set aside.")),
        "release": (asked.release_supplies, _("It is handed out.")),
        "cancel": (asked.cancel_supplies, _("The request was called off.")),
    }
    if verb not in acts:
        raise NotFound(_("There is no such step."))
    act, said = acts[verb]
    try:
        act(request_id, actor=actor_of(request), at=timezone.now())
    except Refused as refusal:
        messages.error(request, f"{refusal.reason} {refusal.hint}".strip())
    else:
        messages.success(request, said)
    return HttpResponseRedirect(reverse("dispatch:supply_request", args=[request_id]))


@require_http_methods(["GET", "POST"])
def give_back(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Ask how much comes back."""
    actor = permitted(request)
    found = read.request_for(actor, request_id)
    form = ReturnForm(request.POST or None, lines=read.lines_of(found))
    page = reverse("dispatch:supply_request", args=[found.id])

    def act() -> Done:
        note = form.cleaned_data["note"]
        asked.return_supplies(found.id, form.back(), note=note, actor=actor, at=timezone.now())
        return _("It is back; the rest is used up."), page

    return ask(
        request,
        form,
        act,
        title=_("What comes back"),
        trail=[*_stores(), (page, _("Request for supplies"))],
    )
