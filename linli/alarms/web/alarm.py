"""One alarm: what is known, what happened, and what can be done about it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from linli.accounts.actor import actor_of
from linli.alarms import lifecycle
from linli.alarms.actions.answer import answer_alarm
from linli.alarms.actions.hand_on import hand_on
from linli.alarms.actions.make_case import make_case
from linli.alarms.actions.reset import mark_false, reset_alarm
from linli.alarms.choices import Verb
from linli.alarms.models import Alarm
from linli.alarms.policy import may_act, permit_open
from linli.alarms.queries import queue as reads
from linli.alarms.queries.caller import phone_of
from linli.alarms.queries.desks import desks_of, names_of
from linli.alarms.web.forms import HandOnForm, NoteForm
from linli.alarms.web.rows import rows_of
from linli.kernel.errors import Refused, Stale
from linli.kernel.form_errors import show_refusal


@dataclass(frozen=True, slots=True)
class Step:
    """A step on the page: its action, whether it asks for words, and what is said when it is done."""

    act: Callable[..., Alarm]
    asks: bool
    done: str | Promise


STEPS: Mapping[str, Step] = {
    "answer": Step(answer_alarm, False, gettext_lazy("You have answered: the clock stands still.")),
    "make_case": Step(make_case, False, gettext_lazy("An incident was registered at your desk.")),
    "reset": Step(reset_alarm, True, gettext_lazy("The alarm is reset.")),
    "hand_on": Step(hand_on, True, gettext_lazy("The alarm rings at the other desk.")),
    "mark_false": Step(mark_false, True, gettext_lazy("Ended as a false alarm.")),
}


@require_GET
def page(request: HttpRequest, alarm_id: UUID) -> HttpResponse:
    """Show one alarm."""
    actor = actor_of(request)
    permit_open(actor)
    return _page(request, reads.alarm_for(actor, alarm_id))


@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, alarm_id: UUID, verb: str) -> HttpResponse:
    """Do what needs no words; show the form of what does, and do that."""
    actor = actor_of(request)
    permit_open(actor)
    if verb not in STEPS:
        raise Http404
    alarm = reads.alarm_for(actor, alarm_id)
    posted = request.POST if request.method == "POST" else None
    if posted is None:
        form = _form(verb, alarm) if STEPS[verb].asks else None
        return _page(request, alarm, verb=verb, form=form)
    form = _form(verb, alarm, posted) if STEPS[verb].asks else None
    if form is not None and not form.is_valid():
        return _page(request, alarm, verb=verb, form=form, status=422)
    asked: dict[str, Any] = form.asked() if form else {}  # type: ignore[attr-defined]
    seen = posted.get("version", "")
    try:
        STEPS[verb].act(
            alarm_id, actor=actor, at=timezone.now(), **asked,
            seen=int(seen) if seen.isdecimal() and len(seen) < 9 else None,
        )  # fmt: skip
    except Stale as refusal:
        return _page(request, reads.alarm_for(actor, alarm_id), refusal=refusal, status=409)
    except Refused as refusal:
        if form is not None:
            show_refusal(form, refusal)
            return _page(request, alarm, verb=verb, form=form, status=422)
        return _page(request, alarm, refusal=refusal, status=refusal.status)
    messages.success(request, str(STEPS[verb].done))
    return redirect("alarms:alarm", alarm_id)


def _form(verb: str, alarm: Alarm, posted: Any = None) -> forms.Form:
    initial = {"version": alarm.version}
    if verb != "hand_on":
        return NoteForm(posted, initial=initial)
    codes = [desk.area for desk in desks_of(alarm.area_id, timezone.now())]
    names = names_of(codes)
    desks = [(code, names.get(code, code)) for code in codes if code != alarm.desk]
    return HandOnForm(posted, initial=initial, desks=desks)


def _page(
    request: HttpRequest, alarm: Alarm, *, verb: str = "", form: forms.Form | None = None,
    refusal: Refused | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    actor, now = actor_of(request), timezone.now()
    offered = [
        (name, Verb(name).label, STEPS[name].asks)
        for name in STEPS
        if may_act(actor, alarm)
        and lifecycle.MOVES.legal(name, alarm.state)
        and not (name == "make_case" and alarm.case_id)
    ]
    events = reads.events_of(alarm)
    desks = names_of({alarm.desk, *(event.desk for event in events)} - {""})
    context = {
        "alarm": alarm,
        "row": rows_of([alarm], now)[0],
        "phone": phone_of(alarm),
        "desk": desks.get(alarm.desk, alarm.desk),
        "entries": [_entry(event, desks) for event in events],
        "signals": reads.signals_of(alarm) if alarm.count > 1 else [],
        "offered": offered,
        "form": form,
        "verb": verb,
        "verb_label": Verb(verb).label if verb else "",
        "destructive": bool(verb) and lifecycle.MOVES[verb].destructive,
        "refusal": refusal,
        "topics": f"alarms:{alarm.area_id}",
    }
    return render(request, "alarms/alarm.html", context, status=status)


def _entry(event: Any, desks: Mapping[str, str]) -> dict[str, Any]:
    who = event.actor.name if event.actor else ""
    desk = desks.get(event.desk, "")
    rung = _("to %(desk)s") % {"desk": desk} if event.verb in ("climb", "hand_on") and desk else ""
    return {
        "at": event.at,
        "title": Verb(event.verb).label,
        "by": " · ".join(filter(None, [who, rung])),
        "text": event.note,
        "light": "red" if event.verb in ("raise", "ring_again", "climb") else "",
    }
