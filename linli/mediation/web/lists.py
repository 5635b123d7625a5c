"""A mediator's day, and what is in hand: one's own, one's committees', or all one sees."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy
from django.views.decorators.http import require_GET

from linli.accounts.actor import Actor, actor_of
from linli.accounts.models import RoleKind
from linli.mediation.models import Committee
from linli.mediation.policy import MEDIATORS
from linli.mediation.queries.committees import known_to
from linli.mediation.queries.day import Item, due, mine, of_committees
from linli.mediation.queries.listing import in_hand

# Kind of what is due → its word, and the part of the mediation's page it leads to.
ITEMS: dict[str, tuple[str | Promise, str]] = {
    "session": (pgettext_lazy("due", "session"), "sessions"),
    "payment": (pgettext_lazy("due", "payment"), "performance"),
    "act": (pgettext_lazy("due", "act under the agreement"), "performance"),
    "window": (pgettext_lazy("due", "last day for judicial confirmation"), "confirmation"),
    "follow_up": (pgettext_lazy("due", "follow-up"), "follow_up"),
    "term": (pgettext_lazy("due", "to be ended"), ""),
    "answer": (pgettext_lazy("due", "answer to the referring body"), ""),
}


@dataclass(frozen=True, slots=True)
class Group:
    """What is due on one side of today."""

    title: str
    light: str
    items: list[tuple[Item, str | Promise, str]]


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show what is due today and this week, and everything that is open."""
    actor, today = actor_of(request), timezone.localdate()
    views = _views(actor)
    asked = request.GET.get("view", "")
    view = asked if asked in views else next(iter(views))
    label, whose = views[view]
    committee = _committee(request)
    if committee is not None:
        whose &= Q(committee=committee)
    rows, after = in_hand(actor, whose, after=request.GET.get("after", ""))
    # What everybody sees of an area is no day of anybody.
    groups = _groups(due(whose, today), today) if view != "all" else []
    address = reverse("mediation:list")
    context = {
        "rows": rows,
        "after": after,
        "today": today,
        "groups": groups,
        "has_day": view != "all",
        "has_calendar": actor.holds(*MEDIATORS),
        "keeps_library": actor.holds(RoleKind.ADMINISTRATOR),
        "label": label,
        "committee": committee,
        "view": view,
        # Not "tabs": that is the bottom navigation of every page.
        "views": [
            (f"{address}?view={name}", word, "", name == view) for name, (word, _q) in views.items()
        ],
    }
    return render(request, "mediation/list.html", context)


def _committee(request: HttpRequest) -> Committee | None:
    """Return the committee the address names, where the person may know of it."""
    try:
        key = UUID(request.GET.get("committee", ""))
    except ValueError:
        return None
    return known_to(actor_of(request)).filter(pk=key).first()


def _views(actor: Actor) -> dict[str, tuple[str | Promise, Q]]:
    """Return the views a person has, the first one is where they begin."""
    views: dict[str, tuple[str | Promise, Q]] = {}
    if actor.holds(*MEDIATORS):
        views["mine"] = (_("Mine"), mine(actor))
        views["committee"] = (_("My committees'"), of_committees(actor))
    if actor.areas:
        views["all"] = (_("All I see"), Q())
    return views or {"all": (_("All I see"), Q())}


def _groups(items: list[Item], today: date) -> list[Group]:
    """Return what is late, today's, and what comes; empty groups are left out."""
    sides = [
        (pgettext("due", "Late"), "red", [one for one in items if one.day < today]),
        (pgettext("due", "Today"), "yellow", [one for one in items if one.day == today]),
        (pgettext("due", "The days to come"), "blue", [one for one in items if one.day > today]),
    ]
    return [
        Group(title, light, [(one, *ITEMS[one.kind]) for one in found])
        for title, light, found in sides
        if found
    ]
