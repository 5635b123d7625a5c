"""Refer: another body takes the matter over; it ends here and keeps its trail."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.cases.actions.step import begin, finish, required
from linli.cases.choices import Destination
from linli.cases.models import Case
from linli.kernel.errors import Invalid


@transaction.atomic
def refer_case(
    case_id: UUID,
    *,
    destination: str,
    note: str,
    actor: Actor,
    at: datetime,
    seen: int | None = None,
) -> Case:
    """End the case as referred to ``destination`` (court, arbitration, petitions, police, …)."""
    case = begin("refer", case_id, actor, seen=seen)
    note = required("refer", note)
    if destination not in Destination.values:
        raise Invalid(
            _("Where to is missing."), {"destination": _("Choose where it is referred to.")}
        )
    case.referred_to = destination
    facts = {"destination": destination}
    finish(case, "refer", actor=actor, at=at, changed=["referred_to"], note=note, facts=facts)
    return case
