"""Speak: the staff ask, answer, and tell the resident in plain words what became of it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.audit.record import record
from linli.cases.actions.reopen import reopen_case
from linli.cases.actions.step import locked
from linli.cases.models import Case
from linli.kernel.errors import IllegalMove, Invalid, NotFound, NotPermitted
from linli.portal.actions.held import renewed
from linli.portal.actions.tell import QUESTION as ASKED
from linli.portal.actions.tell import tell
from linli.portal.actions.writing import write
from linli.portal.lifecycle import DECISION, MESSAGE, OUTCOME, QUESTION
from linli.portal.models import Message, Reopening, Report, Side
from linli.portal.policy import may_decide, may_reissue, may_speak
from linli.portal.texts import cleaned

WORDS = (QUESTION, MESSAGE, OUTCOME)


@transaction.atomic
def speak(case_id: UUID, *, word: str, text: str, actor: Actor, at: datetime) -> Message:
    """Write to the resident: a question, a message, or the outcome."""
    case = locked(case_id, actor)
    if not may_speak(actor, case):
        raise NotPermitted(_("Only the unit the case is with writes to the resident."))
    if word not in WORDS:
        raise Invalid(_("Choose what it is."), {"word": _("Choose what it is.")})
    report = _report(case)
    message = write(report, word, cleaned(text, shortest=1), actor=actor, at=at, side=Side.CENTRE)
    _mark(case, at)
    tell(report, ASKED, at=at, key=message.id)
    return message


@transaction.atomic
def mark_seen(case_id: UUID, *, actor: Actor, at: datetime) -> None:
    """Say that what the resident wrote has been read."""
    case = locked(case_id, actor)
    if not may_speak(actor, case):
        raise NotPermitted(_("Only the unit the case is with can do this."))
    _mark(case, at)
    record("case", case.id, "portal.read", actor=actor.user_id, at=at)


@transaction.atomic
def decide_reopening(
    wish_id: UUID, *, granted: bool, answer: str, actor: Actor, at: datetime
) -> Case:
    """Reopen the case as the resident asks, or say why not."""
    wish = Reopening.objects.filter(pk=wish_id).first()
    if wish is None:
        raise NotFound(_("There is no such request here."))
    case = locked(wish.case_id, actor)
    wish = Reopening.objects.select_for_update().get(pk=wish_id)
    if wish.decided_at is not None:
        raise IllegalMove(_("A colleague decided on this meanwhile."))
    if not may_decide(actor, case):
        raise NotPermitted(_("Only the desk of the unit that had it, or a centre above, decides."))
    answer = cleaned(answer, "answer", shortest=2)
    if granted:
        case = reopen_case(case.id, note=answer, actor=actor, at=at)
    wish.decided_at, wish.decided_by_id = at, actor.user_id
    wish.granted, wish.answer = granted, answer
    wish.save(update_fields=["decided_at", "decided_by", "granted", "answer"])
    message = write(wish.report, DECISION, answer, actor=actor, at=at, side=Side.CENTRE)
    _mark(case, at)
    tell(wish.report, ASKED, at=at, key=message.id)
    return case


@transaction.atomic
def reissue(case_id: UUID, *, actor: Actor, at: datetime) -> str:
    """Give a resident at the window, whose code is lost, a new one; return it once."""
    case = locked(case_id, actor)
    if not may_reissue(actor, case):
        raise NotPermitted(_("Only the desk of a centre that covers it can do this."))
    return renewed(_report(case), actor, at)


def _report(case: Case) -> Report:
    report = Report.objects.select_for_update().filter(case=case).first()
    if report is None:
        raise NotFound(_("No resident can be reached here about this case."))
    return report


def _mark(case: Case, at: datetime) -> None:
    unseen = Message.objects.filter(case=case, side=Side.RESIDENT, seen_at=None)
    unseen.update(seen_at=at)
