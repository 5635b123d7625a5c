"""The same matter while one types and beside a case; how the like was solved; patterns of places."""

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from linli.accounts.actor import Actor, actor_of
from linli.alike import queries
from linli.alike.actions.find_patterns import LEAST
from linli.alike.policy import permit_compare
from linli.alike.queries import Like
from linli.alike.web.forms import TypedForm
from linli.areas.queries import area as find_area
from linli.areas.queries import path
from linli.cases.lifecycle import OPEN
from linli.cases.models import Case, Link
from linli.cases.policy import may_attach, may_merge
from linli.cases.queries.case import case_for

# Of a place's patterns so many stand beside a case, its own category first.
_PATTERNS = 2


@dataclass(frozen=True, slots=True)
class Line:
    """A like case with what may be done: ``ends`` is merged into ``goes_on`` on a click."""

    like: Like
    may_link: bool = False
    ends: Case | None = None
    goes_on: Case | None = None


def reader_of(request: HttpRequest) -> Actor:
    """Return who is asking; refuse whoever does not work on cases."""
    actor = actor_of(request)
    permit_compare(actor)
    return actor


@require_POST
def typed(request: HttpRequest) -> HttpResponse:
    """Show what looks like the matter being typed; what can't be read is as if not typed."""
    actor = reader_of(request)
    form = TypedForm(request.POST)
    likes: list[Like] = []
    if form.is_valid():
        given = form.cleaned_data
        likes = queries.same_matter(
            given["title"], given["area"], form.point(), timezone.now(), actor,
            description=given["description"], place=given["place"],
        )  # fmt: skip
    return render(request, "alike/typed.html", {"lines": [Line(like) for like in likes]})


@require_GET
def for_case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show beside a case the same matters, the pattern of its place, and how the like was solved."""
    actor, now = reader_of(request), timezone.now()
    found = case_for(actor, case_id)
    if found is None:
        raise Http404
    case = found[0]
    context = {
        "case": case,
        "lines": _lines(queries.same_as(case, now, actor), case, actor),
        "patterns": queries.patterns_at(case, actor)[:_PATTERNS],
        "lessons": queries.solved_before(case, actor),
    }
    return render(request, "alike/for_case.html", context)


def _lines(likes: list[Like], case: Case, actor: Actor) -> list[Line]:
    """Return the likes with the buttons this person has, without those linked already."""
    linked = set(Link.objects.filter(case=case).values_list("other_id", flat=True))
    linked |= set(Link.objects.filter(other=case).values_list("case_id", flat=True))
    lines = []
    for like in likes:
        if like.case.id in linked:
            continue
        # The younger one ends: what was done so far stands in the older one.
        older, younger = sorted((case, like.case), key=lambda one: (one.opened_at, one.id))
        both_open = older.state in OPEN and younger.state in OPEN
        merges = both_open and may_merge(actor, younger)
        ends, goes_on = (younger, older) if merges else (None, None)
        lines.append(Line(like, may_attach(actor, case), ends, goes_on))
    return lines


@require_GET
def patterns_of(request: HttpRequest, code: str) -> HttpResponse:
    """Show what keeps coming back from places of an area."""
    actor = reader_of(request)
    area = find_area(code)
    context = {
        "area": area,
        "path": path(code),
        "patterns": queries.patterns(actor, code),
        "least": LEAST,
    }
    return render(request, "alike/patterns.html", context)
