"""The draft: begin it, look at it, try it on last month's cases, look again, switch it on."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.accounts.actor import actor_of
from linli.kernel.errors import NotFound
from linli.kernel.ids import read_id
from linli.routing.actions.draft import discard_draft, draft_rules
from linli.routing.actions.switch_on import switch_on
from linli.routing.models import RuleSet
from linli.routing.policy import permit_writing
from linli.routing.queries import sets
from linli.routing.queries.trial import trial
from linli.routing.web.words import area_of, changes, shown, trail


def seen_in(request: HttpRequest) -> int:
    """Return the version of the draft that the page showed; one no draft has where it is missing."""
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


def the_draft(request: HttpRequest, code: str) -> RuleSet:
    """Return the draft of an area whose rules the person may write."""
    area_of(request, code)
    permit_writing(actor_of(request), code)
    found = sets.draft_of(code)
    if found is None:
        raise NotFound(_("There is no draft of these rules; somebody may have finished it."))
    return found


@require_POST
def begin(request: HttpRequest, code: str) -> HttpResponse:
    """Begin a draft, or go on with the one there is."""
    area_of(request, code)
    if sets.draft_of(code) is None:
        draft_rules(code, actor=actor_of(request), at=timezone.now())
    return HttpResponseRedirect(reverse("routing:draft", args=[code]))


@require_GET
def draft(request: HttpRequest, code: str) -> HttpResponse:
    """Show the rules of the draft, to be ordered and changed."""
    return draft_page(request, the_draft(request, code))


def draft_page(
    request: HttpRequest, found: RuleSet, *, moved: UUID | None = None, way: str = ""
) -> HttpResponse:
    """Answer with the draft, or with its list alone; the button that moved a rule keeps the focus."""
    rules = shown(sets.rules_of(found), sets.gone_of(found, timezone.now()))
    here = next((one.position for one in rules if one.id == moved), 0)
    # At the top there is no more up: the other button of the same rule takes the focus.
    if (here, way) in ((1, "up"), (len(rules), "down")):
        way = "down" if way == "up" else "up"
    context = {
        "area": found.area,
        "trail": trail(found.area_id, found.area.name),
        "draft": found,
        "rules": rules,
        "moved": moved,
        "way": way,
    }
    part = "#rules" if moved and request.headers.get("HX-Request") else ""
    return render(request, f"routing/draft.html{part}", context)


@require_POST
def discard(request: HttpRequest, code: str) -> HttpResponse:
    """Throw the draft away."""
    area_of(request, code)
    discard_draft(code, actor=actor_of(request), at=timezone.now(), seen=seen_in(request))
    messages.success(request, _("The draft is gone; the rules that are on stay on."))
    return HttpResponseRedirect(reverse("routing:area", args=[code]))


@require_GET
def test(request: HttpRequest, code: str) -> HttpResponse:
    """Show what last month's cases would have become."""
    found = the_draft(request, code)
    tried = trial(found, timezone.now())
    context = {
        "area": found.area,
        "trail": trail(code, found.area.name, draft=True),
        "draft": found,
        "trial": tried,
        "rules": shown(sets.rules_of(found), [], dict(tried.hits)),
        "may_open": bool(actor_of(request).areas),
    }
    return render(request, "routing/test.html", context)


@require_http_methods(["GET", "POST"])
def switch(request: HttpRequest, code: str) -> HttpResponse:
    """Show what will change; switch the draft on as a whole."""
    actor, now = actor_of(request), timezone.now()
    if request.method == "POST":
        area_of(request, code)
        on = switch_on(
            code, actor=actor, at=now, seen=seen_in(request),
            instead_of=read_id(request.POST.get("on")),
        )  # fmt: skip
        messages.success(
            request, _("Version %(number)s is on: cases go by it now.") % {"number": on.number}
        )
        return HttpResponseRedirect(reverse("routing:area", args=[code]))
    found, before = the_draft(request, code), sets.set_of(code)
    context = {
        "area": found.area,
        "trail": trail(code, found.area.name, draft=True),
        "draft": found,
        "on": before,
        "changes": changes(sets.rules_of(before), sets.rules_of(found)),
        "gone": shown(sets.gone_of(found, now), []),
        "trial": trial(found, now),
    }
    return render(request, "routing/switch_on.html", context)
