"""Keep a question card of a kind of incident."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.dispatch.actions.setting import locked_setting, record_setting
from linli.dispatch.models import IncidentKind, QuestionCard
from linli.dispatch.policy import permit_set_kinds
from linli.kernel.errors import Invalid


@transaction.atomic
def keep_question(
    kind: str, *, text: str, text_en: str, answers: Sequence[Mapping[str, Any]], position: int,
    retired: bool, actor: Actor, at: datetime, card_id: UUID | None = None,
) -> QuestionCard:  # fmt: skip
    """Add a question to a kind, or change the question ``card_id``; answers keep their codes."""
    permit_set_kinds(actor)
    card = (
        locked_setting(QuestionCard, card_id)
        if card_id
        else QuestionCard(kind=locked_setting(IncidentKind, kind))
    )
    if not text.strip() or len(answers) < 2:
        sentence = _("A question has a text and at least two answers.")
        raise Invalid(sentence, {"answers": sentence})
    card.text, card.text_en, card.answers = text.strip(), text_en.strip(), list(answers)
    card.position, card.retired = position, retired
    card.save()
    record_setting("question", card.id, actor, at, {"kind": card.kind_id, "retired": retired})
    return card
