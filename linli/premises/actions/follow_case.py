"""What a move of the case does to its hazards: inline, so that the two can never disagree.

Whoever moves the case may not see the place: what is done to the hazard is done as the owner.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.cases.models import Case
from linli.cases.models import Event as CaseEvent
from linli.kernel.errors import IllegalMove
from linli.kernel.row_security import unscoped
from linli.premises import lifecycle
from linli.premises.actions.step import tell
from linli.premises.choices import Happened
from linli.premises.models import Hazard

# The move of the case → the move of the hazard, and its line in the history.
_WORDS = {
    "report": Happened.HAZARD_MENDED,
    "renew": Happened.HAZARD_AGAIN,
    "drop": Happened.HAZARD_DROPPED,
}


def on_resolve(*, object_id: str, facts: Mapping[str, Any]) -> None:
    """Somebody says it is mended: it waits for somebody to look again."""
    _follow(object_id, facts, "report")


def on_reopen(*, object_id: str, facts: Mapping[str, Any]) -> None:
    """It was not mended after all."""
    _follow(object_id, facts, "renew")


def on_end(*, object_id: str, facts: Mapping[str, Any]) -> None:
    """Withdrawn, declined, or referred to another body."""
    _follow(object_id, facts, "drop")


def on_close(*, object_id: str, facts: Mapping[str, Any]) -> None:
    """A case closes only over a hazard that somebody has looked at again."""
    if _of(object_id).filter(state__in=lifecycle.PENDING).exists():
        raise IllegalMove(
            _("The hazard of this case has not been looked at again."),
            _("Look at the place again first: that closes the hazard."),
        )


def on_merge(*, object_id: str, facts: Mapping[str, Any]) -> None:
    """The matter goes on in another case, and so do its hazards."""
    if not _of(object_id).exists():
        return
    with unscoped():
        into = Case.objects.values_list("merged_into", flat=True).get(pk=object_id)
        _of(object_id).filter(state__in=lifecycle.PENDING).update(case=into, state=lifecycle.OPEN)


def _of(object_id: str) -> QuerySet[Hazard]:
    """Return the hazards of a case: whoever sees the case sees them."""
    return Hazard.objects.filter(case=UUID(object_id))


def _follow(object_id: str, facts: Mapping[str, Any], verb: str) -> None:
    if not _of(object_id).exists():
        return
    state = str(facts.get("state", ""))
    with unscoped():
        rows = Hazard.objects.select_for_update(of=("self",)).select_related("premises")
        for hazard in rows.filter(case=UUID(object_id)).order_by("id"):
            if lifecycle.agrees(hazard.state, state) or not lifecycle.legal(verb, hazard.state):
                continue
            event = CaseEvent.objects.get(pk=facts["event"])
            hazard.state, hazard.closed_at = lifecycle.after(verb, hazard.state), None
            _refuse_twice(hazard)
            hazard.save(update_fields=["state", "closed_at"])
            tell(
                hazard.premises, _WORDS[verb], actor=Actor(event.actor_id, ""), at=event.at,
                text=hazard.text, facts={"hazard": str(hazard.id), "case": object_id},
            )  # fmt: skip


def _refuse_twice(hazard: Hazard) -> None:
    if hazard.rule and hazard.state in lifecycle.PENDING:
        same = Hazard.objects.filter(
            premises=hazard.premises_id, rule=hazard.rule, state__in=lifecycle.PENDING
        )
        if same.exclude(pk=hazard.pk).exists():
            raise IllegalMove(_("The same hazard of this place has a newer case."))
