"""The page of results: committees and mediators, each rate beside the mix it comes from."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from linli.accounts.actor import Actor, actor_of
from linli.kernel.periods import Period
from linli.mediation.form_words import naming
from linli.mediation.models import Facet
from linli.mediation.policy import directs, judged_by
from linli.mediation.queries.results import LEAST, Result, by_committee, by_mediator
from linli.mediation.web.statistics import asked

# A page of people is for a talk in one place, not for a look over a whole county.
MOST_COMMITTEES = 40


@dataclass(frozen=True, slots=True)
class Line:
    """One committee or mediator, in words."""

    name: str
    opened: str
    ended: str
    resolved: str
    hard: str
    types: str
    rate: str = ""
    expected: str = ""
    difference: str = ""
    is_clear: bool = False
    url: str = ""


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show the results of ``?area=…`` and a period: of the own committees, or the area one directs."""
    actor = actor_of(request)
    path, form = asked(request, actor)
    area, period = path[-1], form.chosen
    committees = list(judged_by(actor, area.code).select_related("unit"))
    names = {one.id: one.name for one in committees}
    directed = [one for one in committees if directs(actor, one)]
    beside = [one for one in committees if not directs(actor, one)]
    near = directed if len(directed) <= MOST_COMMITTEES else []
    people = [*by_mediator(near, period), *by_mediator(beside, period, only=actor.user_id)]
    found = by_committee(committees, period)
    lines = [_line(one, one.name, area.code, period, actor) for one in found if one.comparable]
    few = [_line(one, one.name, area.code, period, actor) for one in found if not one.comparable]
    address = reverse("mediation:results")
    context = {
        "area": area,
        "form": form,
        "title": _("Results of mediation: %(area)s") % {"area": area.name},
        "trail": [
            (reverse("mediation:statistics"), _("Mediation statistics")),
            *((f"{address}?area={one.code}{form.kept}", one.name) for one in path[:-1]),
        ],
        "periods": form.tabs(area.code),
        "chips": form.chips(area.code),
        "lines": lines,
        "few": few,
        "people": [
            _line(one, f"{one.name}（{names[one.committee]}）", area.code, period, actor)
            for one in people
        ],
        "is_wide": len(directed) > len(near),
        "least": LEAST,
    }
    status = 200 if form.is_valid() else 422
    return render(request, "mediation/results.html", context, status=status)


def _line(one: Result, name: str, area: str, period: Period, actor: Actor) -> Line:
    typed = naming(Facet.TYPE)
    return Line(
        name,
        f"{one.opened:,}",
        f"{one.ended:,}",
        f"{one.resolved:,}",
        _percent(one.hard_share),
        "、".join(f"{typed(code)} {share:.0f}%" for code, share in one.main_types),
        _percent(one.rate),
        _percent(one.expected),
        "" if one.difference is None else f"{one.difference:+.1f}",
        one.is_clear,
        _behind(one, area, period) if actor.reaches(area) else "",
    )


def _behind(one: Result, area: str, period: Period) -> str:
    """Return the address of the mediations of a line."""
    days = {"since": period.first, "until": period.last}
    given = {"area": area, **{name: str(day) for name, day in days.items() if day}}
    given["committee"] = str(one.committee)
    if one.user:
        given["user"] = str(one.user)
    return f"{reverse('mediation:counted')}?{urlencode(given)}"


def _percent(value: float | None) -> str:
    return "" if value is None else f"{value:.1f}%"
