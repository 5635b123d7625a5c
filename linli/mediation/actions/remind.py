"""Remind: a debtor is told of what is due, in person or by a short message (Act art. 31)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.cases.actions.parties import opened
from linli.kernel.errors import IllegalMove, Invalid, NotFound
from linli.kernel.working_days import local_date
from linli.mediation.actions.step import begin, finish
from linli.mediation.models import Mediation, Obligation
from linli.mediation.queries.performance import open_of
from linli.notices.actions.send import Contact, notify


@transaction.atomic
def remind_mediation(
    mediation_id: UUID,
    *,
    obligation: UUID,
    actor: Actor,
    at: datetime,
    by_message: bool = False,
    seen: int | None = None,
) -> Mediation:
    """Write a reminder down; ``by_message`` sends the debtor a text without amount and names.

    Nobody is reminded of the same thing twice on one day.
    """
    mediation = begin("remind", mediation_id, actor, seen=seen)
    owed = open_of(mediation).select_related("debtor__party").filter(pk=obligation).first()
    if owed is None:
        raise NotFound(_("There is no such obligation here."))
    today = local_date(at)
    if owed.reminded_on == today:
        raise IllegalMove(_("The debtor was reminded of this today."))
    owed.reminded_on = today
    owed.save(update_fields=["reminded_on"])
    event = finish(
        mediation, "remind", by=actor.user_id, at=at,
        facts={"obligation": str(owed.id), "by_message": by_message},
    )  # fmt: skip
    if by_message:
        _send(mediation, owed, at, str(event.id))
    return mediation


def _send(mediation: Mediation, owed: Obligation, at: datetime, key: str) -> None:
    phone = str(opened(owed.debtor.party).get("phone") or "")
    if not phone:
        raise Invalid(
            _("The debtor left no telephone."),
            {"by_message": _("Remind them in person, or write the telephone on the case first.")},
        )
    unit = mediation.committee.unit
    notify(
        "party_due", about=("mediation", mediation.id), at=at, key=key,
        to_contact=Contact(phone=phone), rule="mediation remind",
        due=owed.due_on.isoformat(), unit=mediation.committee.name, phone=unit.phone,
    )  # fmt: skip
