"""Keep: kinds, run cards, questions, plans, targets and skills, as a city wants them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.areas.queries import area as find_area
from linli.audit.record import record
from linli.dispatch.choices import Priority, UnitKind
from linli.dispatch.models import (
    Capability,
    IncidentKind,
    Plan,
    PlanStep,
    QuestionCard,
    RunCard,
    Targets,
)
from linli.dispatch.policy import permit_set_for, permit_set_kinds
from linli.kernel.errors import Invalid, NotFound


@transaction.atomic
def change_kind(
    code: str, *, priority: int, name: str, name_en: str, retired: bool, actor: Actor, at: datetime
) -> IncidentKind:
    """Change what a kind is called, how urgent it is, and whether it is on offer."""
    permit_set_kinds(actor)
    kind: IncidentKind = _one(IncidentKind, code)
    kind.name, kind.name_en = name.strip(), name_en.strip()
    kind.priority, kind.retired = _priority(priority), retired
    kind.save()
    facts = {"code": code, "priority": priority, "retired": retired}
    _record("kind", code, actor, at, facts)
    return kind


@dataclass(frozen=True, slots=True, kw_only=True)
class CardData:
    """A line of a run card."""

    priority: int
    unit_kind: str
    count: int
    skills: Sequence[str] = ()
    equipment: Sequence[str] = ()
    position: int = 0


@transaction.atomic
def keep_run_card(
    kind: str, data: CardData, *, actor: Actor, at: datetime, card_id: UUID | None = None
) -> RunCard:
    """Add a line to a kind's run card, or change the line ``card_id``."""
    permit_set_kinds(actor)
    card = _one(RunCard, card_id) if card_id else RunCard(kind=_one(IncidentKind, kind))
    if data.unit_kind not in UnitKind.values or not 1 <= data.count <= 20:
        raise Invalid(_("Choose a kind of unit and how many."), {"count": _("From 1 to 20.")})
    card.priority, card.unit_kind = _priority(data.priority), data.unit_kind
    card.count, card.position = data.count, data.position
    card.skills, card.equipment = sorted(data.skills), sorted(data.equipment)
    card.save()
    facts = {
        "kind": card.kind_id, "priority": card.priority, "unit_kind": card.unit_kind,
        "count": card.count, "skills": card.skills, "equipment": card.equipment,
    }  # fmt: skip
    _record("run_card", card.id, actor, at, facts)
    return card


@transaction.atomic
def drop_run_card(card_id: UUID, *, actor: Actor, at: datetime) -> None:
    """Take a line off a run card; what was sent by it is kept with each assignment."""
    permit_set_kinds(actor)
    card = _one(RunCard, card_id)
    kind, key = card.kind_id, card.id
    card.delete()
    _record("run_card_dropped", key, actor, at, {"kind": kind})


@transaction.atomic
def keep_question(
    kind: str, *, text: str, text_en: str, answers: Sequence[Mapping[str, Any]], position: int,
    retired: bool, actor: Actor, at: datetime, card_id: UUID | None = None,
) -> QuestionCard:  # fmt: skip
    """Add a question to a kind, or change the question ``card_id``; answers keep their codes."""
    permit_set_kinds(actor)
    card = _one(QuestionCard, card_id) if card_id else QuestionCard(kind=_one(IncidentKind, kind))
    if not text.strip() or len(answers) < 2:
        sentence = _("A question has a text and at least two answers.")
        raise Invalid(sentence, {"answers": sentence})
    card.text, card.text_en, card.answers = text.strip(), text_en.strip(), list(answers)
    card.position, card.retired = position, retired
    card.save()
    _record("question", card.id, actor, at, {"kind": card.kind_id, "retired": retired})
    return card


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanData:
    """A plan: its steps are (who, what, within how many seconds), in their order."""

    title: str
    area: str
    priority: int
    steps: Sequence[tuple[str, str, int]]
    retired: bool = False


@transaction.atomic
def keep_plan(
    kind: str, data: PlanData, *, actor: Actor, at: datetime, plan_id: UUID | None = None
) -> Plan:
    """Add a plan, or change the plan ``plan_id``; check lists that were made from it stay."""
    plan = _one(Plan, plan_id) if plan_id else Plan(kind=_one(IncidentKind, kind))
    for area in {plan.area, data.area} if plan_id else {data.area}:
        permit_set_for(actor, area)
    if not data.title.strip() or not data.steps:
        raise Invalid(_("A plan has a title and steps."), {"steps": _("Write at least one step.")})
    if data.area:
        find_area(data.area)
    plan.title, plan.area = data.title.strip(), data.area
    plan.priority, plan.retired = _priority(data.priority), data.retired
    try:
        with transaction.atomic():
            plan.save()
    except IntegrityError:
        sentence = _("There is another plan for this kind, area and priority.")
        raise Invalid(sentence, {"area": sentence}) from None
    plan.steps.all().delete()
    PlanStep.objects.bulk_create(
        PlanStep(plan=plan, position=place, who=who, text=text, within=within)
        for place, (who, text, within) in enumerate(data.steps, 1)
    )
    facts = {"kind": plan.kind_id, "area": plan.area, "steps": len(data.steps)}
    _record("plan", plan.id, actor, at, facts)
    return plan


@transaction.atomic
def set_targets(area: str, values: Mapping[str, int], *, actor: Actor, at: datetime) -> Targets:
    """Set what holds in an area and below; ``values`` are seconds by clock, and the share."""
    permit_set_for(actor, area)
    if area:
        find_area(area)
    try:
        with transaction.atomic():
            targets, _made = Targets.objects.update_or_create(area=area, defaults=dict(values))
    except IntegrityError:
        sentence = _("These targets are out of range.")
        raise Invalid(sentence, {"answer": sentence}) from None
    _record("targets", area or "-", actor, at, {"area": area, **values})
    return targets


@transaction.atomic
def keep_capability(
    code: str, *, sort: str, name: str, name_en: str, retired: bool, actor: Actor, at: datetime
) -> Capability:
    """Add a skill or a piece of equipment, or change it."""
    permit_set_kinds(actor)
    given = {"sort": sort, "name": name.strip(), "name_en": name_en.strip(), "retired": retired}
    kept, _made = Capability.objects.update_or_create(code=code, defaults=given)
    _record("capability", code, actor, at, {"sort": sort, "retired": retired})
    return kept


def _priority(value: int) -> int:
    if value not in Priority.values:
        raise Invalid(_("Choose a priority."), {"priority": _("Choose a priority.")})
    return value


def _one(model: Any, key: Any) -> Any:
    found = model.objects.select_for_update().filter(pk=key).first()
    if found is None:
        raise NotFound(_("There is nothing here."))
    return found


def _record(what: str, key: object, actor: Actor, at: datetime, facts: Mapping[str, Any]) -> None:
    record(
        "dispatch_setting",
        str(key),
        f"dispatch.set_{what}",
        actor=actor.user_id,
        at=at,
        facts=facts,
    )
