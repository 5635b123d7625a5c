"""Answer cards: what the caller said to the questions; the answers set the priority."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.dispatch.actions.step import begin, finish
from linli.dispatch.models import CardAnswer, Incident
from linli.dispatch.queries.settings import priority_by, questions_of
from linli.kernel.errors import Invalid


@transaction.atomic
def answer_cards(
    incident_id: UUID, *, answers: Mapping[str, str], actor: Actor, at: datetime,
    seen: int | None = None,
) -> Incident:  # fmt: skip
    """Keep ``answers`` (card → answer, ids as text) beside those given before; set the priority."""
    incident = begin("answer_cards", incident_id, actor, seen=seen)
    cards = questions_of(incident.kind_id)
    known = {str(card.id): {one["code"] for one in card.answers} for card in cards}
    given = {card: answer for card, answer in answers.items() if answer}
    if not given or any(answer not in known.get(card, set()) for card, answer in given.items()):
        raise Invalid(_("This answer is not on the card."), {"answers": _("Choose an answer.")})
    for card, answer in given.items():
        CardAnswer.objects.update_or_create(
            incident=incident, card_id=UUID(card), defaults={"answer": answer, "at": at}
        )
    stand = {str(one.card_id): one.answer for one in CardAnswer.objects.filter(incident=incident)}
    before = incident.priority
    incident.priority = priority_by(incident.kind.priority, cards, stand)
    facts = {"answers": given, "before": before, "priority": incident.priority}
    finish(incident, "answer_cards", actor=actor, at=at, changed=["priority"], facts=facts)
    return incident
