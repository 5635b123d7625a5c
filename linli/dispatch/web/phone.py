"""The phone of a unit's people: what they are sent to, big buttons, the shift, and their place."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from linli.accounts.actor import Actor, actor_of
from linli.dispatch import lifecycle
from linli.dispatch.actions.begin_shift import begin_shift
from linli.dispatch.actions.end_shift import end_shift
from linli.dispatch.actions.place import MOST, Fix, place_unit
from linli.dispatch.actions.share import start_sharing, stop_sharing
from linli.dispatch.models import Assignment, DispatchUnit
from linli.dispatch.queries import phone as reads
from linli.dispatch.queries.page import offered_answers
from linli.dispatch.web.words import ANSWER_BUTTONS
from linli.kernel.errors import Refused
from linli.kernel.problem import problem_of

SHIFTS = (4, 8, 12)
_LONGEST_BODY = 40_000
# The step that comes next is the big button; the others stand below it.
_NEXT = ("accept", "set_out", "arrive", "finish")


@require_GET
def choose(request: HttpRequest) -> HttpResponse:
    """Go to the actor's unit; ask which one where there are several."""
    units = reads.own_units(actor_of(request))
    if len(units) == 1:
        return redirect("dispatch:phone", units[0].id)
    return render(request, "dispatch/choose_unit.html", {"units": units})


@require_GET
def page(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """Show what the unit is out to, its shift, and whether the phone tells its place."""
    actor = actor_of(request)
    unit = _own(actor, unit_id)
    context = {
        **phone_context(actor, unit),
        "shifts": SHIFTS,
        "past": reads.recent(unit, timezone.now()),
    }
    return render(request, "dispatch/phone.html", context)


def phone_context(actor: Actor, unit: DispatchUnit) -> dict[str, Any]:
    """Return what the templates of a unit's phone want: its orders, its turn, and the consent."""
    found = reads.mine(actor, unit)
    return {
        "unit": unit,
        "turn": found.shift,
        "sharing": found.sharing,
        "orders": [(one, *_buttons(one)) for one in found.assignments],
        "is_off": unit.status == lifecycle.OFF_DUTY,
    }


def _buttons(one: Assignment) -> tuple[tuple[str, Any] | None, list[tuple[str, Any, bool]]]:
    """Return the next step's verb and word, and the other buttons with whether a reason is asked."""
    allowed = offered_answers(one)
    words = {verb: word for verb, word, _asks in ANSWER_BUTTONS}
    following = next((verb for verb in _NEXT if verb in allowed), None)
    rest = [
        (verb, word, asks)
        for verb, word, asks in ANSWER_BUTTONS
        if verb in allowed and verb not in (following, "recall")
    ]
    return ((following, words[following]) if following else None), rest


def _begin(unit_id: UUID, *, actor: Actor, at: datetime, hours: str) -> None:
    wanted = int(hours) if hours.isdecimal() and int(hours) in SHIFTS else SHIFTS[1]
    begin_shift(unit_id, until=at + timedelta(hours=wanted), actor=actor, at=at)


# Verb → action, and the fields of the form it takes.
ACTS: Mapping[str, tuple[Callable[..., Any], tuple[str, ...]]] = {
    "begin": (_begin, ("hours",)),
    "end": (end_shift, ()),
    "share": (start_sharing, ()),
    "unshare": (stop_sharing, ()),
}


@require_POST
def act(request: HttpRequest, unit_id: UUID, verb: str) -> HttpResponse:
    """Begin or end the shift, agree that this phone tells its place, or stop it."""
    actor = actor_of(request)
    unit = _own(actor, unit_id)
    if verb not in ACTS:
        raise Http404
    action, fields = ACTS[verb]
    given = {name: request.POST.get(name, "") for name in fields}
    try:
        action(unit.id, actor=actor, at=timezone.now(), **given)
    except Refused as refusal:
        messages.error(request, f"{refusal.reason} {refusal.hint}".strip())
    else:
        messages.success(request, _("It is written down."))
    return redirect("dispatch:phone", unit.id)


@require_POST
def positions(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """Take ``{"fixes": [{"lng", "lat", "accuracy", "at"}, …]}`` from the page of the phone."""
    try:
        if len(request.body) > _LONGEST_BODY:
            raise ValueError
        fixes = [_fix(one) for one in json.loads(request.body)["fixes"][: MOST + 1]]
    except (ValueError, KeyError, TypeError):
        return JsonResponse({"taken": 0}, status=400)
    try:
        taken = place_unit(unit_id, fixes, actor=actor_of(request), at=timezone.now())
    except Refused as refusal:
        return problem_of(refusal)
    return JsonResponse({"taken": taken})


def _fix(given: Mapping[str, Any]) -> Fix:
    at = datetime.fromisoformat(str(given["at"]))
    if at.tzinfo is None:
        raise ValueError
    accuracy = given.get("accuracy")
    return Fix(
        float(given["lng"]), float(given["lat"]), at,
        None if accuracy is None else float(accuracy),
    )  # fmt: skip


def _own(actor: Actor, unit_id: UUID) -> DispatchUnit:
    found = next((one for one in reads.own_units(actor) if one.id == unit_id), None)
    if found is None:
        raise Http404
    return found
