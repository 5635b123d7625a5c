"""Drills: planned, held with what was learned, or called off."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.kernel.errors import IllegalMove, Invalid, NotFound
from linli.kernel.ids import new_id
from linli.kernel.working_days import local_date
from linli.premises.actions.step import open_one, tell
from linli.premises.choices import DrillSubject, Happened
from linli.premises.models import Drill, Premises
from linli.premises.policy import permit_inspect


@transaction.atomic
def plan_drill(
    premises_id: UUID,
    *,
    subject: str,
    planned_on: date,
    actor: Actor,
    at: datetime,
    drill_id: UUID | None = None,
) -> Drill:
    """Plan a drill. A day that has passed is for writing down one that was held."""
    place = open_one(premises_id, actor)
    permit_inspect(actor, place)
    if subject not in DrillSubject.values:
        raise Invalid(_("Choose what is rehearsed."), {"subject": _("Choose from the list.")})
    drill = Drill(
        id=drill_id or new_id(), premises=place, subject=subject, planned_on=planned_on,
        by_id=actor.user_id,
    )  # fmt: skip
    drill.save(force_insert=True)
    facts = {"drill": str(drill.id), "planned_on": planned_on}
    tell(place, Happened.DRILL_PLANNED, actor=actor, at=at, facts=facts)
    return drill


@transaction.atomic
def hold_drill(
    drill_id: UUID, *, held_on: date, participants: int, findings: str, actor: Actor, at: datetime
) -> Drill:
    """Write down that a drill was held: with how many people, and what was learned."""
    drill, place = _open(drill_id, actor)
    wrong: dict[str, str] = {}
    if held_on > local_date(at):
        wrong["held_on"] = _("Choose a day up to today.")
    if participants < 1:
        wrong["participants"] = _("At least one person took part.")
    if not findings.strip():
        wrong["findings"] = _("Write what was learned, also if all went well.")
    if wrong:
        raise Invalid(_("This can't be written down like that."), wrong)
    drill.held_on, drill.participants, drill.findings = (
        held_on,
        participants,
        findings.strip()[:1000],
    )
    drill.save(update_fields=["held_on", "participants", "findings"])
    if place.drilled_on is None or held_on > place.drilled_on:
        place.drilled_on = held_on
        place.save(update_fields=["drilled_on"])
    facts = {"drill": str(drill.id), "participants": participants}
    tell(place, Happened.DRILL_HELD, actor=actor, at=at, facts=facts)
    return drill


@transaction.atomic
def cancel_drill(drill_id: UUID, *, actor: Actor, at: datetime) -> Drill:
    """Call a planned drill off."""
    drill, place = _open(drill_id, actor)
    drill.cancelled_at = at
    drill.save(update_fields=["cancelled_at"])
    tell(place, Happened.DRILL_CANCELLED, actor=actor, at=at, facts={"drill": str(drill.id)})
    return drill


def _open(drill_id: UUID, actor: Actor) -> tuple[Drill, Premises]:
    drill = Drill.objects.filter(pk=drill_id).first()
    if drill is None:
        raise NotFound(_("There is no such drill here."))
    place = open_one(drill.premises_id, actor)
    permit_inspect(actor, place)
    drill.refresh_from_db()
    if drill.held_on is not None or drill.cancelled_at is not None:
        raise IllegalMove(_("This drill was held or called off already."))
    return drill, place
