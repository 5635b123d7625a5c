"""Drop a line of a run card."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from linli.accounts.actor import Actor
from linli.dispatch.actions.setting import locked_setting, record_setting
from linli.dispatch.models import RunCard
from linli.dispatch.policy import permit_set_kinds


@transaction.atomic
def drop_run_card(card_id: UUID, *, actor: Actor, at: datetime) -> None:
    """Take a line off a run card; what was sent by it is kept with each assignment."""
    permit_set_kinds(actor)
    card = locked_setting(RunCard, card_id)
    kind, key = card.kind_id, card.id
    card.delete()
    record_setting("run_card_dropped", key, actor, at, {"kind": kind})
