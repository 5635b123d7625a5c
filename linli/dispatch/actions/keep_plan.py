"""Keep a plan: who does what in the first minutes of a kind of incident, in an area."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.areas.queries import area as find_area
from linli.dispatch.actions.setting import known_priority, locked_setting, record_setting
from linli.dispatch.models import IncidentKind, Plan, PlanStep
from linli.dispatch.policy import permit_set_for
from linli.kernel.errors import Invalid


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
    plan = (
        locked_setting(Plan, plan_id) if plan_id else Plan(kind=locked_setting(IncidentKind, kind))
    )
    for area in {plan.area, data.area} if plan_id else {data.area}:
        permit_set_for(actor, area)
    if not data.title.strip() or not data.steps:
        raise Invalid(_("A plan has a title and steps."), {"steps": _("Write at least one step.")})
    if data.area:
        find_area(data.area)
    plan.title, plan.area = data.title.strip(), data.area
    plan.priority, plan.retired = known_priority(data.priority), data.retired
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
    record_setting("plan", plan.id, actor, at, facts)
    return plan
