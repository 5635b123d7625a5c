"""Confirm: both parties ask the court to confirm their agreement, and what the court makes of it.

People's Mediation Act art. 33; Civil Procedure Law arts. 205–206. Every step of the court is an event
of the confirmation and of the mediation's timeline.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.kernel.errors import IllegalMove, Invalid
from linli.kernel.working_days import add_calendar_days
from linli.mediation import lifecycle
from linli.mediation.actions.days import check_day, moment_of
from linli.mediation.actions.step import article_hint, begin, finish
from linli.mediation.choices import AgreementState, CourtReason
from linli.mediation.models import Agreement, Confirmation, ConfirmationEvent, Mediation
from linli.mediation.queries.confirmation import OPEN, last_day, newest

# Days within which the court decides once it has accepted the application.
DECIDES_WITHIN = 30
MOVES = lifecycle.CONFIRMATION_MOVES


@dataclass(frozen=True, slots=True, kw_only=True)
class Court:
    """One step: on which day, and what the court said. ``together``: both parties have asked."""

    step: str
    on: date
    together: bool = False
    court: str = ""
    number: str = ""
    reason: str = ""
    reason_text: str = ""
    decide_by: date | None = None


@transaction.atomic
def confirm_mediation(
    mediation_id: UUID, told: Court, *, actor: Actor, at: datetime, seen: int | None = None
) -> Confirmation:
    """Ask for judicial confirmation, or write down a step of the court."""
    mediation = begin("confirm", mediation_id, actor, seen=seen)
    check_day("on", told.on, at)
    row = _ask(mediation, told) if told.step == "ask" else _go_on(mediation, told)
    row.state = MOVES.after(told.step, row.state)
    row.version += 1
    row.save()
    ConfirmationEvent.objects.create(
        mediation=mediation, confirmation=row, verb=told.step, at=at, actor_id=actor.user_id,
        to_state=row.state,
    )  # fmt: skip
    facts = {"confirmation": str(row.id), "step": told.step, "on": told.on.isoformat()}
    if told.reason:
        facts["reason"] = told.reason
    finish(
        mediation, "confirm", by=actor.user_id, at=at, note=told.reason_text.strip(), facts=facts
    )
    return row


def _ask(mediation: Mediation, told: Court) -> Confirmation:
    agreement = Agreement.objects.get(mediation=mediation, state=AgreementState.EFFECTIVE)
    found = newest(mediation)
    if found is not None and found.state in {*OPEN, lifecycle.CONFIRMED}:
        raise IllegalMove(_("The court has this agreement already."), article_hint("33"))
    if agreement.effective_on is None:
        raise ValueError("an agreement in effect has its day")
    if not told.together:
        said = _("Both parties have to ask together.")
        raise Invalid(said, {"together": f"{said} {article_hint('33')}"})
    if not told.court.strip():
        raise Invalid(_("The court is missing."), {"court": _("Write the name of the court.")})
    check_day("on", told.on, moment_of(told.on), since=agreement.effective_on)
    latest = last_day(agreement.effective_on)
    if told.on > latest:
        raise IllegalMove(
            _("Judicial confirmation had to be asked for by %(day)s.")
            % {"day": latest.isoformat()},
            article_hint("33"),
        )
    return Confirmation(
        mediation=mediation, agreement=agreement, court=told.court.strip(), asked_on=told.on
    )


def _go_on(mediation: Mediation, told: Court) -> Confirmation:
    row = newest(mediation)
    if row is None or told.step not in MOVES or not MOVES.legal(told.step, row.state):
        raise IllegalMove(_("The court is not that far."), article_hint("33"))
    check_day("on", told.on, moment_of(told.on), since=row.taken_on or row.asked_on)
    if MOVES[told.step].needs_note and told.reason not in CourtReason.values:
        raise Invalid(_("The reason is missing."), {"reason": _("Choose the court's reason.")})
    _STEPS[told.step](row, told)
    row.court_number = told.number.strip() or row.court_number
    return row


def _take(row: Confirmation, told: Court) -> None:
    row.taken_on = told.on
    row.decide_by = add_calendar_days(told.on, DECIDES_WITHIN)


def _prolong(row: Confirmation, told: Court) -> None:
    if told.decide_by is None or (row.decide_by and told.decide_by <= row.decide_by):
        said = _("Choose a day after the one before.")
        raise Invalid(said, {"decide_by": said})
    row.decide_by = told.decide_by


def _decide(row: Confirmation, told: Court) -> None:
    row.decided_on, row.reason = told.on, told.reason
    row.reason_text = told.reason_text.strip()


_STEPS: dict[str, Callable[[Confirmation, Court], None]] = {
    "take": _take,
    "prolong": _prolong,
    "not_take": _decide,
    "confirm": _decide,
    "dismiss": _decide,
    "withdraw": _decide,
}
