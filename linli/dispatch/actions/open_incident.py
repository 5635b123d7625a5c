"""Open: a dispatcher has answered, and the matter is an incident from here on."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.areas.queries import area as find_area
from linli.cases.actions.accept import accept_case
from linli.cases.actions.assign import assign_case
from linli.cases.actions.parties import PartyData
from linli.cases.actions.register import Matter, register_case
from linli.cases.choices import Channel, Kind, Urgency
from linli.cases.models import Case
from linli.dispatch.actions.clockwork import process_clock, step_clock
from linli.dispatch.actions.step import write
from linli.dispatch.choices import Priority
from linli.dispatch.models import (
    CardAnswer,
    CheckItem,
    Incident,
    IncidentKind,
    QuestionCard,
    Report,
)
from linli.dispatch.policy import permit_dispatch
from linli.dispatch.queries.settings import goal_at, plan_for, priority_by, questions_of
from linli.kernel.errors import Invalid

# A call that was answered longer ago than this is written down as another kind of case.
LONGEST_AGO = timedelta(hours=12)
LONGEST_TITLE = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What was reported. ``place`` and ``brief`` go to units: no names in them.

    ``received_at`` it rang, ``answered_at`` somebody took it (None: now). ``answers`` is answer by
    question card, ids as text; ``priority`` overrules what they ask for. ``parties`` are the caller
    and whoever else is known.
    """

    kind: str
    area: str
    channel: str = Channel.PHONE
    place: str = ""
    latitude: float | None = None
    longitude: float | None = None
    brief: str = ""
    text: str = ""
    priority: int | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    received_at: datetime | None = None
    answered_at: datetime | None = None
    alarm: UUID | None = None
    parties: Sequence[PartyData] = ()


@transaction.atomic
def open_incident(
    told: Told, *, actor: Actor, at: datetime, case_id: UUID | None = None
) -> Incident:
    """Register the case, take it in hand, and open the incident with its clocks and check list.

    ``case_id`` is the key the case shall have. Raises ``NotPermitted``, and ``Invalid`` with the
    field that is wrong.
    """
    permit_dispatch(actor, told.area)
    kind = kind_named(told.kind)

    def register() -> Case:
        return register_case(_matter(told, kind), actor=actor, at=at, case_id=case_id)

    return open_with(told, kind, register, actor=actor, at=at)


def open_with(
    told: Told, kind: IncidentKind, register: Callable[[], Case], *, actor: Actor, at: datetime
) -> Incident:
    """Open the incident of the case that ``register`` brings, which lies at the actor's desk."""
    area = find_area(told.area)
    received, answered = _moments(told, at)
    cards = questions_of(kind.code)
    _check_answers(cards, told.answers)
    case = register()
    assign_case(case.id, unit=case.holder_id, handler=actor.user_id, actor=actor, at=at)
    case = accept_case(case.id, actor=actor, at=at)
    goal = goal_at(area)
    incident = Incident(
        case=case, kind=kind, priority=_priority(told, kind, cards), channel=told.channel,
        alarm=told.alarm, area=area, place=told.place.strip(), latitude=told.latitude,
        longitude=told.longitude, brief=told.brief.strip(), in_town=goal.in_town,
        received_at=received, answered_at=answered, answer_target=goal.answer,
        process_target=goal.process, accept_target=goal.accept, arrive_target=goal.arrive,
        answered_by_id=actor.user_id,
    )  # fmt: skip
    facts = {
        "kind": kind.code, "priority": incident.priority, "channel": told.channel,
        "received_at": received.isoformat(), "answered_at": answered.isoformat(),
    }  # fmt: skip
    write(incident, "open", actor=actor, at=at, facts=facts, rows=_rows(incident, told, cards, at))
    return incident


def _rows(
    incident: Incident, told: Told, cards: Sequence[QuestionCard], at: datetime
) -> list[Model]:
    """Return what comes into being with the incident, itself first."""
    first = Report(
        incident=incident, channel=told.channel, received_at=incident.received_at,
        alarm=told.alarm, text=told.text.strip(), by_id=incident.answered_by_id,
    )  # fmt: skip
    given = [
        CardAnswer(incident=incident, card=card, answer=told.answers[str(card.id)], at=at)
        for card in cards
        if told.answers.get(str(card.id))
    ]
    checks = check_list(incident, at)
    clocks = [process_clock(incident), *(step_clock(item) for item in checks)]
    return [incident, first, *given, *checks, *clocks]


def check_list(incident: Incident, at: datetime) -> list[CheckItem]:
    """Return the unsaved check list of the plan that holds for the incident, counted from ``at``."""
    plan = plan_for(incident.kind_id, incident.priority, incident.area_id)
    return [
        CheckItem(
            incident=incident, step=step, position=step.position, who=step.who, text=step.text,
            due_at=at + timedelta(seconds=step.within),
        )
        for step in (plan.steps.all() if plan else ())
    ]  # fmt: skip


def kind_named(code: str) -> IncidentKind:
    """Return a kind that is on offer; raises :class:`Invalid` for any other."""
    found = IncidentKind.objects.filter(pk=code, retired=False).first()
    if found is None:
        raise Invalid(_("What happened is missing."), {"kind": _("Choose what happened.")})
    return found


def _moments(told: Told, at: datetime) -> tuple[datetime, datetime]:
    """Return when it was received and answered; refuse what lies ahead or too far back."""
    answered = told.answered_at or at
    received = told.received_at or answered
    if not received <= answered <= at:
        sentence = _("It is received first, then answered, and neither later than now.")
        raise Invalid(sentence, {"received_at": sentence})
    if at - received > LONGEST_AGO:
        sentence = _("That was too long ago for an incident: register it as a case.")
        raise Invalid(sentence, {"received_at": sentence})
    return received, answered


def _check_answers(cards: Sequence[QuestionCard], answers: Mapping[str, str]) -> None:
    known = {str(card.id): {one["code"] for one in card.answers} for card in cards}
    for card, answer in answers.items():
        if answer and answer not in known.get(card, set()):
            raise Invalid(_("This answer is not on the card."), {"answers": _("Choose an answer.")})


def _priority(told: Told, kind: IncidentKind, cards: Sequence[QuestionCard]) -> int:
    return told.priority or priority_by(kind.priority, cards, told.answers)


def _matter(told: Told, kind: IncidentKind) -> Matter:
    priority = _priority(told, kind, questions_of(kind.code))
    place = told.place.strip()
    return Matter(
        kind=Kind.INCIDENT, title=(f"{kind.name} · {place}" if place else kind.name)[:LONGEST_TITLE],
        area=told.area, channel=told.channel, description=told.text.strip(),
        category=kind.category_id, high_risk=priority == Priority.CRITICAL, place=place,
        urgency=Urgency.DANGER if priority == Priority.CRITICAL else Urgency.NORMAL,
        latitude=told.latitude, longitude=told.longitude, parties=told.parties,
    )  # fmt: skip
