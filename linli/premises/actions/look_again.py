"""Look again: somebody goes to see whether a hazard is mended. Only this closes it."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.cases.files import Content
from linli.cases.models import Case
from linli.kernel.errors import IllegalMove, Invalid, NotFound
from linli.kernel.working_days import local_date
from linli.premises import lifecycle
from linli.premises.actions.files import keep_photo
from linli.premises.actions.find_hazard import locked_hazard
from linli.premises.actions.settle_case import lock_case, reopen_hazard_case, resolve_hazard_case
from linli.premises.actions.step import tell
from linli.premises.choices import Happened
from linli.premises.models import Hazard, Look
from linli.premises.policy import permit_inspect, visible_to

INSPECTION_OVERDUE = "inspection_overdue"


@transaction.atomic
def look_again(
    hazard_id: UUID,
    *,
    mended: bool,
    actor: Actor,
    at: datetime,
    note: str = "",
    due_on: date | None = None,
    photo: tuple[str, Content] | None = None,
) -> Hazard:
    """Close a hazard that is mended, and resolve its case; or leave it open, its case with it.

    ``note`` is needed where it is not mended; ``due_on`` sets another day by which it must be.
    """
    case, hazard = _locked(hazard_id, actor)
    verb = "close" if mended else "leave"
    if not lifecycle.legal(verb, hazard.state):
        raise IllegalMove(_("This hazard is closed already."))
    _check(mended, note, due_on, at)
    look = Look(
        premises_id=hazard.premises_id, hazard=hazard, at=at, by_id=actor.user_id, mended=mended,
        note=note.strip()[:500],
    )  # fmt: skip
    look.save(force_insert=True)
    if photo is not None:
        keep_photo(hazard.premises, photo, look.id, by=actor.user_id, at=at)
    if mended:
        close_hazard(hazard, actor=actor, at=at, note=look.note)
        return hazard
    hazard.state, hazard.due_on = lifecycle.OPEN, due_on or hazard.due_on
    hazard.save(update_fields=["state", "due_on"])
    facts = {"hazard": str(hazard.id)}
    tell(hazard.premises, Happened.HAZARD_LEFT, actor=actor, at=at, text=hazard.text, facts=facts)
    said = _("Looked again: not mended. %(note)s") % {"note": look.note}
    reopen_hazard_case(case, note=said, actor=actor, at=at)
    return hazard


def _locked(hazard_id: UUID, actor: Actor) -> tuple[Case, Hazard]:
    """Lock the case and then the hazard; refuse where the actor may not inspect there."""
    known = Hazard.objects.filter(visible_to(actor, "premises__"), pk=hazard_id).first()
    if known is None:
        raise NotFound(_("There is no such hazard here."))
    case = lock_case(known.case_id)
    hazard = locked_hazard(hazard_id)
    if hazard is None or hazard.case_id != case.id:
        raise IllegalMove(_("Somebody changed this hazard meanwhile."), _("Please try again."))
    permit_inspect(actor, hazard.premises)
    if hazard.rule == INSPECTION_OVERDUE:
        raise IllegalMove(
            _("This hazard is an inspection that was not made."),
            _("Inspect the place: that closes it."),
        )
    return case, hazard


def close_hazard(hazard: Hazard, *, actor: Actor, at: datetime, note: str = "") -> None:
    """Close a locked hazard whose case is locked, and resolve the case once nothing else is open."""
    hazard.state, hazard.closed_at = lifecycle.CLOSED, at
    hazard.save(update_fields=["state", "closed_at"])
    facts = {"hazard": str(hazard.id)}
    tell(hazard.premises, Happened.HAZARD_CLOSED, actor=actor, at=at, text=hazard.text, facts=facts)
    others = Hazard.objects.filter(case=hazard.case_id, state__in=lifecycle.PENDING)
    if others.exists():
        # Merged into one case: the last of them resolves it.
        return
    said = _("Inspected again: in order. %(note)s") % {"note": note}
    resolve_hazard_case(lock_case(hazard.case_id), note=said.strip(), actor=actor, at=at)


def _check(mended: bool, note: str, due_on: date | None, at: datetime) -> None:
    if not mended and not note.strip():
        raise Invalid(_("A note is missing."), {"note": _("Write what is still to be done.")})
    if due_on is not None and due_on < local_date(at):
        raise Invalid(_("This day has passed."), {"due_on": _("Choose today or a later day.")})
