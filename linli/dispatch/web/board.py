"""The board: one live page of what rings, what is going on, and who is out. Its rows come as JSON."""

from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from linli.accounts.actor import Actor, actor_of
from linli.alarms.policy import answering_areas
from linli.dispatch.policy import permit_board
from linli.dispatch.queries import board as rows
from linli.kernel.ids import read_id

# As many as a nudge may ask about at once; a browser that missed more loads everything anew.
MOST_IDS = 60


@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """Show the board of all areas the actor dispatches in; without scripts, the same rows as lists."""
    actor, at = _dispatcher(request), timezone.now()
    context = {
        "topics": " ".join(_topics(actor)),
        "alarms": rows.open_alarms(actor),
        "incidents": rows.open_incidents(actor),
        "units": rows.units(actor, at),
        "cameras_url": _address("cameras:points"),
        "shapes_url": f"{reverse('areas:shapes')}?within={answering_areas(actor)[0]}",
    }
    return render(request, "dispatch/board.html", context)


@require_GET
def state(request: HttpRequest) -> HttpResponse:
    """Give everything that changes, and the words it is told in."""
    actor, at = _dispatcher(request), timezone.now()
    return _json(
        {
            "now": at.timestamp(),
            "alarms": rows.open_alarms(actor),
            "incidents": rows.open_incidents(actor),
            "units": rows.units(actor, at),
            "words": rows.words(actor),
        }
    )


@require_GET
def alarms(request: HttpRequest) -> HttpResponse:
    """Give the open ones of ``?id=…&id=…``: what a nudge does not tell."""
    found = [key for text in request.GET.getlist("id")[:MOST_IDS] if (key := read_id(text))]
    return _json({"alarms": rows.open_alarms(_dispatcher(request), found)})


@require_GET
def response(request: HttpRequest) -> HttpResponse:
    """Give the incidents and units as they are now."""
    actor, at = _dispatcher(request), timezone.now()
    return _json({"incidents": rows.open_incidents(actor), "units": rows.units(actor, at)})


@require_GET
def premises(request: HttpRequest) -> HttpResponse:
    """Give the premises for the map; they change seldom."""
    answer = _json({"points": rows.premises_points(_dispatcher(request))})
    answer["Cache-Control"] = "private, max-age=300"
    return answer


def _dispatcher(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    permit_board(actor)
    return actor


def _topics(actor: Actor) -> list[str]:
    return [
        f"{sort}:{code}" for code in answering_areas(actor)[:4] for sort in ("alarms", "dispatch")
    ]


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _json(body: dict[str, Any]) -> HttpResponse:
    answer = HttpResponse(orjson.dumps(body), content_type="application/json")
    answer["Cache-Control"] = "no-store"
    return answer
