"""Amend: another text is to replace the agreement in effect; the one before it is kept."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from linli.accounts.actor import Actor
from linli.mediation.actions.days import check_day
from linli.mediation.actions.drafting import Draft, check_unsigned, draft_rows, facts_of
from linli.mediation.actions.drop import drop_draft
from linli.mediation.actions.effect import bring_into_effect
from linli.mediation.actions.step import begin, finish
from linli.mediation.choices import Form
from linli.mediation.models import Mediation


@transaction.atomic
def amend_mediation(
    mediation_id: UUID, draft: Draft, *, actor: Actor, at: datetime, seen: int | None = None
) -> Mediation:
    """Write the amended text down; until it takes effect the one before it holds."""
    mediation = begin("amend", mediation_id, actor, seen=seen)
    check_unsigned(mediation)
    check_day("reached_on", draft.reached_on, at, since=mediation.effective_on)
    rows = draft_rows(mediation, draft)
    drop_draft(mediation)
    finish(mediation, "amend", by=actor.user_id, at=at, facts=facts_of(draft), rows=rows)
    if draft.form == Form.ORAL:
        bring_into_effect(mediation, draft.reached_on, outcome="", actor=actor, at=at)
    return mediation
