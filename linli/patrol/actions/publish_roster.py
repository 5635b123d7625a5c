"""Publish: a draft becomes what people go by. Drop: a draft is given up."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.audit.record import record
from linli.kernel.errors import IllegalMove
from linli.patrol.actions.check_roster import broken_rules
from linli.patrol.actions.own_shift import OPENS
from linli.patrol.actions.step import locked_plan
from linli.patrol.actions.tell_people import tell_published
from linli.patrol.choices import PlanState
from linli.patrol.lifecycle import PLAN_MOVES
from linli.patrol.models import Plan, Seat, Shift, Wish
from linli.patrol.policy import leads_area, permit


@transaction.atomic
def publish_roster(plan_id: UUID, *, actor: Actor, at: datetime, seen: int | None = None) -> Plan:
    """Let a draft stand. Shifts of an earlier roster on its days that have not begun give way.

    Everybody who goes out by it hears of it, and whoever no longer does.

    Raises :class:`IllegalMove` where a need is open, a rule would be broken by what changed since,
    or a shift of those days has begun, or begins so soon that somebody may have checked in to it.
    """
    plan = _begin("publish", plan_id, actor, seen)
    if plan.open_needs:
        raise IllegalMove(
            _("Needs are still open in this roster."),
            _("Lower what the shifts need, or find people for them, and plan again."),
        )
    if broken_rules(plan):
        raise IllegalMove(
            _("Something changed since this roster was made, and it breaks a rule now."),
            _("Plan again."),
        )
    before = Shift.objects.filter(
        patrol_area=plan.patrol_area_id, published=True, date__range=(plan.starts, plan.ends)
    )
    if before.filter(starts_at__lte=at + OPENS).exists():
        raise IllegalMove(
            _("A shift of these days has begun, or is about to."), _("Plan from a later day on.")
        )
    left = set(Seat.objects.filter(shift__in=before).values_list("user", flat=True))
    before.delete()
    plan.shifts.update(published=True)
    _settle_wishes(plan)
    plan.state, plan.published_at = PLAN_MOVES["publish"][1], at
    plan.version += 1
    plan.save(update_fields=["state", "published_at", "version"])
    facts = {"area": str(plan.patrol_area_id), "starts": plan.starts, "ends": plan.ends}
    record("patrol_plan", plan.id, "patrol.publish", actor=actor.user_id, at=at, facts=facts)
    tell_published(plan, left, at=at)
    return plan


@transaction.atomic
def drop_roster(plan_id: UUID, *, actor: Actor, at: datetime, seen: int | None = None) -> None:
    """Give a draft up; nothing of it stays."""
    plan = _begin("drop", plan_id, actor, seen)
    facts = {"area": str(plan.patrol_area_id), "starts": plan.starts, "ends": plan.ends}
    plan.delete()
    record("patrol_plan", plan_id, "patrol.drop", actor=actor.user_id, at=at, facts=facts)


def _begin(verb: str, plan_id: UUID, actor: Actor, seen: int | None) -> Plan:
    plan = locked_plan(plan_id, actor, seen=seen)
    permit(leads_area(actor, plan.patrol_area))
    if plan.state != PLAN_MOVES[verb][0]:
        raise IllegalMove(_("This roster is “%(state)s”.") % {"state": PlanState(plan.state).label})
    return plan


def _settle_wishes(plan: Plan) -> None:
    """Write down which wishes were met: whoever asked to be off and is on no shift of that day."""
    days = (plan.starts, plan.ends)
    asked = Wish.objects.filter(team__patrol_area=plan.patrol_area_id, date__range=days)
    on = set(Seat.objects.filter(shift__plan=plan).values_list("user", "shift__date"))
    denied = [wish.pk for wish in asked if (wish.user_id, wish.date) in on]
    asked.update(met=True)
    Wish.objects.filter(pk__in=denied).update(met=False)
