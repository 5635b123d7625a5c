"""Reading: which areas have rules, an area's rules and versions; bringing a former version back."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from linli.accounts.actor import actor_of
from linli.areas.policy import tops
from linli.areas.queries import places_of
from linli.kernel.ids import read_id
from linli.routing.actions.switch_on import roll_back
from linli.routing.policy import may_write, permit_writing, written_by
from linli.routing.queries import sets
from linli.routing.web.words import area_of, changes, shown, trail


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show the areas that have rules, and those the person writes for."""
    actor, now = actor_of(request), timezone.now()
    lines = sets.overview(tops(actor), now)
    known = {line.area for line in lines}
    own = [place for place in places_of(written_by(actor)) if len(place.code) >= 4]
    context = {
        "lines": lines,
        "own": own,
        "begin": [place for place in own if place.code not in known],
    }
    return render(request, "routing/home.html", context)


@require_GET
def area(request: HttpRequest, code: str) -> HttpResponse:
    """Show the rules that are on in an area, and what was on before."""
    found, now = area_of(request, code), timezone.now()
    on = sets.set_of(code)
    context = {
        "area": found,
        "trail": trail(),
        "on": on,
        "rules": shown(sets.rules_of(on), sets.gone_of(on, now) if on else []),
        "versions": sets.versions_of(code),
        "draft": sets.draft_of(code),
        "may_write": may_write(actor_of(request), code),
    }
    return render(request, "routing/area.html", context)


@require_GET
def version(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Show one version of an area's rules."""
    found = area_of(request, code)
    wanted = sets.set_of(code, number)
    if wanted is None or wanted.is_draft:
        raise Http404
    context = {
        "area": found,
        "trail": trail(code, found.name),
        "version": wanted,
        "rules": shown(sets.rules_of(wanted), []),
        "may_write": may_write(actor_of(request), code),
    }
    return render(request, "routing/version.html", context)


@require_http_methods(["GET", "POST"])
def back(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Show what bringing a former version back would change; do it."""
    actor, now = actor_of(request), timezone.now()
    found = area_of(request, code)
    permit_writing(actor, code)
    if request.method == "POST":
        was_on = read_id(request.POST.get("on"))
        again = roll_back(code, number, actor=actor, at=now, instead_of=was_on)
        said = _("Version %(number)s is on: the rules of version %(former)s again.")
        messages.success(request, said % {"number": again.number, "former": number})
        return HttpResponseRedirect(reverse("routing:area", args=[code]))
    on, former = sets.set_of(code), sets.set_of(code, number)
    if former is None or former.is_draft:
        raise Http404
    context = {
        "area": found,
        "trail": trail(code, found.name),
        "version": former,
        "on": on,
        "changes": changes(sets.rules_of(on), sets.rules_of(former)),
        "gone": shown(sets.gone_of(former, now), []),
    }
    return render(request, "routing/roll_back.html", context)
