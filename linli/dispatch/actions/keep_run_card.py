"""Keep a line of a run card: so many units of a kind, with these skills and this equipment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.dispatch.actions.setting import known_priority, locked_setting, record_setting
from linli.dispatch.choices import UnitKind
from linli.dispatch.models import IncidentKind, RunCard
from linli.dispatch.policy import permit_set_kinds
from linli.kernel.errors import Invalid


@dataclass(frozen=True, slots=True, kw_only=True)
class CardData:
    """A line of a run card."""

    priority: int
    unit_kind: str
    count: int
    skills: Sequence[str] = ()
    equipment: Sequence[str] = ()
    position: int = 0


@transaction.atomic
def keep_run_card(
    kind: str, data: CardData, *, actor: Actor, at: datetime, card_id: UUID | None = None
) -> RunCard:
    """Add a line to a kind's run card, or change the line ``card_id``."""
    permit_set_kinds(actor)
    card = (
        locked_setting(RunCard, card_id)
        if card_id
        else RunCard(kind=locked_setting(IncidentKind, kind))
    )
    if data.unit_kind not in UnitKind.values or not 1 <= data.count <= 20:
        raise Invalid(_("Choose a kind of unit and how many."), {"count": _("From 1 to 20.")})
    card.priority, card.unit_kind = known_priority(data.priority), data.unit_kind
    card.count, card.position = data.count, data.position
    card.skills, card.equipment = sorted(data.skills), sorted(data.equipment)
    card.save()
    facts = {
        "kind": card.kind_id, "priority": card.priority, "unit_kind": card.unit_kind,
        "count": card.count, "skills": card.skills, "equipment": card.equipment,
    }  # fmt: skip
    record_setting("run_card", card.id, actor, at, facts)
    return card
