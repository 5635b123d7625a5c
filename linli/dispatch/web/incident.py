"""The page of an incident: its clocks, who should go and why, who is out, and what happened."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from linli.accounts.actor import Actor, actor_of
from linli.dispatch import lifecycle
from linli.dispatch.choices import UnitKind
from linli.dispatch.models import Assignment, CardAnswer, Incident
from linli.dispatch.policy import may_dispatch
from linli.dispatch.queries import page as reads
from linli.dispatch.queries.clocks import clocks_of, spell
from linli.dispatch.queries.helping import helping
from linli.dispatch.queries.listing import perhaps_the_same
from linli.dispatch.queries.ranking import Line
from linli.dispatch.queries.recommend import capability_names, place_of, recommendation
from linli.dispatch.queries.settings import questions_of
from linli.dispatch.reasons import in_words
from linli.dispatch.supply_choices import CallAnswer
from linli.dispatch.web.home import permit_desk
from linli.dispatch.web.words import ANSWER_BUTTONS

OTHERS_SHOWN = 5
EXCLUDED_SHOWN = 12


@require_GET
def page(request: HttpRequest, incident_id: UUID) -> HttpResponse:
    """Show an incident."""
    actor = actor_of(request)
    permit_desk(actor)
    return show(request, reads.incident_for(actor, incident_id))


def show(request: HttpRequest, incident: Incident, /, **more: Any) -> HttpResponse:
    """Answer with the page; ``more`` may hold a form, a refusal and a status."""
    actor, now = actor_of(request), timezone.now()
    status = more.pop("status", 200)
    leads = may_dispatch(actor, incident.area_id)
    is_open = incident.state == lifecycle.OPEN
    context: dict[str, Any] = {
        "incident": incident, "case": incident.case, "leads": leads, "is_open": is_open,
        **_live(incident, now), **_rest(incident, actor, now, is_open=is_open, leads=leads), **more,
    }  # fmt: skip
    if is_open and leads:
        context |= proposal(incident, actor, now)
    return render(request, "dispatch/incident.html", context, status=status)


def _live(incident: Incident, now: datetime) -> dict[str, Any]:
    sent = reads.assignments_of(incident)
    return {
        "clocks": [
            (clock, clock.light(now), spell(clock.took), spell(clock.target))
            for clock in clocks_of(incident)
        ],
        "sent": [(one, _buttons(one)) for one in sent],
        "out": [one for one in sent if one.ended_at is None],
        "checks": reads.checks_of(incident),
        "entries": reads.timeline_of(incident),
        "now": now,
    }


def _buttons(one: Assignment) -> list[tuple[str, Any, bool]]:
    """Return what may be pressed for a unit: verb, word, and whether a reason is asked."""
    allowed = reads.offered_answers(one)
    return [(verb, word, asks) for verb, word, asks in ANSWER_BUTTONS if verb in allowed]


def proposal(incident: Incident, actor: Actor, now: datetime) -> dict[str, Any]:
    """Return the recommendation as the page shows it."""
    lines = recommendation(incident, actor, now)
    names = capability_names()
    return {
        "lines": [_line(line, names) for line in lines],
        "chosen_count": sum(len(line.chosen) for line in lines),
        "priority_word": incident.get_priority_display(),
    }


def _line(line: Line, names: dict[str, str]) -> dict[str, Any]:
    def shown(ranked: Sequence[Any]) -> list[tuple[Any, str]]:
        return [(one.unit, "，".join(in_words(one.reasons, names))) for one in ranked]

    asked = [names.get(code, code) for code in sorted(line.need.skills | line.need.equipment)]
    return {
        "kind": UnitKind(line.need.kind).label,
        "count": line.need.count,
        "asked": "、".join(asked),
        "already": line.already,
        "chosen": shown(line.chosen),
        "others": shown(line.others[:OTHERS_SHOWN]),
        "excluded": shown(line.excluded[:EXCLUDED_SHOWN]),
        "missing": line.missing,
    }


def _rest(
    incident: Incident, actor: Actor, now: datetime, *, is_open: bool, leads: bool
) -> dict[str, Any]:
    given = {one.card_id: one.answer for one in CardAnswer.objects.filter(incident=incident)}
    same = (
        perhaps_the_same(actor, now, incident.area_id, place_of(incident), incident.id)
        if is_open
        else []
    )
    return {
        "questions": [(card, given.get(card.id, "")) for card in questions_of(incident.kind_id)],
        "reports": reads.reports_of(incident),
        "situations": reads.situations_of(incident),
        "same": same,
        "help": helping(incident, actor, now, asks=is_open and leads),
        "call_answers": [one for one in CallAnswer.choices if one[0] != CallAnswer.CALLED],
        "topics": f"dispatch:{incident.area_id}",
    }
