"""The residents' door: give a tip without an account, and read the answer with the receipt."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from linli.accounts.lockout import address_of
from linli.accounts.scope import own_transactions
from linli.areas.codes import Level
from linli.areas.models import Area
from linli.kernel.caching import private
from linli.kernel.errors import Refused
from linli.kernel.form_errors import show_refusal
from linli.kernel.rate import take
from linli.kernel.row_security import scoped
from linli.tips.actions.give import add_to_tip, give_tip
from linli.tips.queries import held_with
from linli.tips.web.forms import AddForm, CodeForm, TipForm

# Many phones share one address of their network. A code has 80 bits: guessing is hopeless anyway.
GIVEN, ASKED, WINDOW = 10, 30, 600


def _towns() -> list[tuple[str, str]]:
    """Return counties and towns to choose from: no finer, so that the choice tells little."""
    found = Area.objects.filter(level__in=(Level.COUNTY, Level.TOWNSHIP), abolished_on=None)
    rows = found.order_by("code").values_list("code", "name", "level")[:400]
    return [(code, name if level == Level.COUNTY else f"— {name}") for code, name, level in rows]


type View = Callable[[HttpRequest], HttpResponse]


def _as_nobody(view: View) -> View:
    """Run a view as somebody without any reach, also for who is signed in: they give it as a resident."""

    @login_not_required
    @own_transactions
    @require_http_methods(["GET", "POST"])
    def run(request: HttpRequest) -> HttpResponse:
        with scoped((), (), None):
            return private(view(request))

    return run


def _within(request: HttpRequest, what: str, most: int) -> bool:
    return take(what, address_of(request), timezone.now(), most=most, seconds=WINDOW)


@_as_nobody
def give(request: HttpRequest) -> HttpResponse:
    """Take a tip and show its receipt."""
    form = TipForm(request.POST or None, areas=_towns())
    if form.is_bound and not _within(request, "tip", GIVEN):
        return _too_many(request)
    if form.is_bound and form.is_valid():
        try:
            code = give_tip(form.tip(), actor=None, at=timezone.now())
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            return render(request, "tips/given.html", {"code": code})
    return render(request, "tips/give.html", {"form": form}, status=422 if form.is_bound else 200)


@_as_nobody
def receipt(request: HttpRequest) -> HttpResponse:
    """Show what was answered to the holder of a receipt, and take what they add."""
    if request.method == "GET":
        return render(request, "tips/receipt.html", {"form": CodeForm()})
    if not _within(request, "tip-receipt", ASKED):
        return _too_many(request)
    form = CodeForm(request.POST)
    held = held_with(form.cleaned_data["code"]) if form.is_valid() else None
    if held is None:
        form.add_error("code", _("No tip belongs to this code."))
        return render(request, "tips/receipt.html", {"form": form}, status=422)
    code = form.cleaned_data["code"]
    add = AddForm(request.POST if "text" in request.POST else None, initial={"code": code})
    if add.is_bound and add.is_valid():
        try:
            add_to_tip(code, text=add.cleaned_data["text"], at=timezone.now())
        except Refused as refusal:
            show_refusal(add, refusal)
        else:
            held, add = held_with(code), AddForm(initial={"code": code})
    context = {"held": held, "add": add, "form": CodeForm(initial={"code": code})}
    return render(request, "tips/held.html", context, status=422 if add.errors else 200)


def _too_many(request: HttpRequest) -> HttpResponse:
    return render(request, "tips/too_many.html", status=429)
