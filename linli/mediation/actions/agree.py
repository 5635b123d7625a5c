"""Agree: what the parties have agreed on is written down (Act arts. 28–30)."""

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
def agree_mediation(
    mediation_id: UUID,
    draft: Draft,
    *,
    actor: Actor,
    at: datetime,
    seen: int | None = None,
    outcome: str = "",
) -> Mediation:
    """Write the agreement down. An oral one takes effect with it; a written one waits for names.

    ``outcome`` is what the case is resolved with when an oral one takes effect.
    """
    mediation = begin("agree", mediation_id, actor, seen=seen)
    check_unsigned(mediation)
    check_day("reached_on", draft.reached_on, at, since=mediation.accepted_on)
    rows = draft_rows(mediation, draft)
    drop_draft(mediation)
    mediation.agreed_on = draft.reached_on
    finish(
        mediation, "agree", by=actor.user_id, at=at, changed=["agreed_on"],
        facts=facts_of(draft), rows=rows,
    )  # fmt: skip
    if draft.form == Form.ORAL:
        bring_into_effect(mediation, draft.reached_on, outcome=outcome, actor=actor, at=at)
    return mediation
