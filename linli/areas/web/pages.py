"""The tree of areas, and the page of one area."""

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from linli.accounts.actor import actor_of
from linli.accounts.models import RoleKind
from linli.accounts.policy import may_plan_leave
from linli.areas import directory, queries
from linli.areas.codes import LENGTH_OF, Level
from linli.areas.models import FIELDS, Unit, UnitKind
from linli.areas.policy import may_administer, may_look, tops
from linli.areas.queries import POSTS, Place
from linli.areas.web.request import area_of, code_in, words_in
from linli.kernel.working_days import local_date

_CITY = LENGTH_OF[Level.CITY]


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show the actor's own areas, a search by name, and the tree of their city."""
    actor = actor_of(request)
    within = tops(actor)
    words = words_in(request)
    context = {
        "words": words,
        "found": queries.search(words, within, limit=30) if words else [],
    }
    if request.headers.get("HX-Target") == "found":
        return render(request, "areas/home.html#found", context)
    own = {role.area: RoleKind(role.kind).label for role in actor.roles}
    context["own"] = [(place, own[place.code]) for place in queries.places_of(list(own))]
    context["trees"] = [(place, directory.tree(place.code)) for place in queries.places_of(within)]
    return render(request, "areas/home.html", context)


@require_GET
def area(request: HttpRequest, code: str) -> HttpResponse:
    """Show an area: its centre and people, what lies below, and what happened to it."""
    found, actor = area_of(request, code), actor_of(request)
    today = local_date(timezone.now())
    monday = _monday(request.GET.get("week", ""), today)
    units = directory.units_in(code)
    post = next((unit for unit in units if unit.kind in POSTS), None)
    departments = [unit for unit in units if unit.kind == UnitKind.DEPARTMENT]
    staff = directory.staff_of(units, today)
    living = found.abolished_on is None
    administers = living and may_administer(actor, code)
    path = queries.path(code) if living else []
    context = {
        "area": found,
        "trail": _trail(request, path[:-1]),
        "post": post,
        "departments": [(unit, _field(unit)) for unit in departments],
        "teams": [unit for unit in units if unit.kind in (UnitKind.COMMITTEE, UnitKind.TEAM)],
        "staff": staff,
        "leave_for": [one.id for one in staff if may_plan_leave(actor, one.id, one.units)],
        "roster": directory.roster(post, monday) if post and post.kind == UnitKind.CENTRE else [],
        "today": today,
        "weeks": (monday - timedelta(days=7), monday, monday + timedelta(days=7)),
        "below": directory.below(
            code, after=code_in(request, "after"), before=code_in(request, "before")
        ),
        "below_heading": _heading_below(found.level),
        "changes": directory.changes_of(code),
        "administers": administers,
        # Only who asks to edit gets a page full of ways to change it.
        "editing": administers and "edit" in request.GET,
    }
    return render(request, "areas/area.html", context)


def _trail(request: HttpRequest, path: list[Place]) -> list[tuple[str, str]]:
    actor = actor_of(request)
    links = [
        (reverse("areas:area", args=[place.code]), place.name)
        for place in path
        if len(place.code) >= _CITY and may_look(actor, place.code)
    ]
    return [(reverse("areas:home"), _("Areas")), *links]


def _field(unit: Unit) -> str:
    return str(dict(FIELDS).get(unit.field, unit.field))


def _heading_below(level: str) -> str:
    return {
        "province": _("Cities"),
        "city": _("Counties and districts"),
        "county": _("Townships and streets"),
        "township": _("Villages and communities"),
        "village": _("Grids"),
    }.get(level, "")


def _monday(text: str, today: date) -> date:
    """Return the Monday of the week that is asked for, else of this one."""
    try:
        asked = date.fromisoformat(text)
    except ValueError:
        asked = today
    # A roster is planned for weeks, not for centuries; date has an end, too.
    if abs((asked - today).days) > 3660:
        asked = today
    return asked - timedelta(days=asked.weekday())
