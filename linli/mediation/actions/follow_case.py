"""What a move of the case does to its mediation: inline, so that the two can never disagree.

Where the case ends or is settled without the agreement, a mediation under way ends with it; what
would leave a mediation hanging is refused with the step to take first.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from linli.cases.models import Event as CaseEvent
from linli.kernel.errors import IllegalMove
from linli.kernel.working_days import local_date
from linli.mediation import lifecycle
from linli.mediation.actions.drop import drop_draft
from linli.mediation.actions.step import case_of, finish
from linli.mediation.actions.timing import time_mediation
from linli.mediation.choices import EndReason
from linli.mediation.models import Mediation, Paper

type Follow = Callable[[Mediation, CaseEvent], None]


def on_withdraw(*, object_id: str, facts: Mapping[str, Any]) -> None:
    """The resident took the matter back."""
    _follow(object_id, facts, _end_for(EndReason.WITHDRAWN))


def on_refer(*, object_id: str, facts: Mapping[str, Any]) -> None:
    """Another body takes the matter over."""
    _follow(object_id, facts, _end_for(EndReason.ELSEWHERE))


def on_merge(*, object_id: str, facts: Mapping[str, Any]) -> None:
    """The matter goes on in another case."""
    _follow(object_id, facts, _end_for(EndReason.MERGED))


def on_decline(*, object_id: str, facts: Mapping[str, Any]) -> None:
    """The matter was not taken."""
    _follow(object_id, facts, _end_for(EndReason.OTHER))


def on_resolve(*, object_id: str, facts: Mapping[str, Any]) -> None:
    """Settled without a mediation that has not been accepted; else the agreement comes first."""
    _follow(object_id, facts, _settled)


def on_assign(*, object_id: str, facts: Mapping[str, Any]) -> None:
    """A case on its first ways has nothing to disagree with; one in hand may be under mediation."""
    if facts.get("taken_from_hand"):
        _follow(object_id, facts, _refuse)


def on_other(*, object_id: str, facts: Mapping[str, Any]) -> None:
    """Any other move: it must not leave the two in states that exclude each other."""
    _follow(object_id, facts, _refuse)


def on_follow_up(*, object_id: str, facts: Mapping[str, Any]) -> None:
    """An agreement is followed up where its deadlines are, not on the case alone."""
    mediation = _newest(object_id)
    if mediation is not None and mediation.state in lifecycle.IN_EFFECT:
        raise IllegalMove(
            _("This case was resolved by a mediation agreement."),
            _("Follow it up on the page of the mediation."),
        )


def on_detach(*, object_id: str, facts: Mapping[str, Any]) -> None:
    """A scan that is taken out of the case leaves the mediation's file, unless that is sealed."""
    papers = Paper.objects.filter(attachment=facts["attachment"], removed_at=None)
    if papers.filter(mediation__state=lifecycle.ARCHIVED).exists():
        raise IllegalMove(_("It is a paper of a file that is sealed in the archive."))
    papers.update(removed_at=timezone.now())


def on_reopen(*, object_id: str, facts: Mapping[str, Any]) -> None:
    """A settled case is taken up again: its mediation, unless archived, goes back to the table."""
    _follow(object_id, facts, _again)


def _follow(object_id: str, facts: Mapping[str, Any], how: Follow) -> None:
    mediation = _newest(object_id)
    if mediation is None:
        return
    state = str(facts.get("state", ""))
    if lifecycle.agrees(mediation.state, state):
        return
    how(mediation, CaseEvent.objects.get(pk=facts["event"]))


def _newest(object_id: str) -> Mediation | None:
    return (
        Mediation.objects.select_for_update(of=("self",))
        .filter(case_id=object_id)
        .order_by("-id")
        .first()
    )


def _end_for(reason: str) -> Follow:
    def end(mediation: Mediation, event: CaseEvent) -> None:
        if not lifecycle.legal("end", mediation.state):
            _refuse(mediation, event)
        mediation.end_reason, mediation.ended_at = reason, event.at
        drop_draft(mediation)
        _move(mediation, "end", event, ["end_reason", "ended_at"], {"reason": reason})

    return end


def _settled(mediation: Mediation, event: CaseEvent) -> None:
    if mediation.state not in lifecycle.WAITING:
        raise IllegalMove(
            _("This case is being mediated."),
            _("Write the agreement on the mediation's page, or end the mediation first."),
        )
    _end_for(EndReason.SETTLED)(mediation, event)


def _again(mediation: Mediation, event: CaseEvent) -> None:
    mediation.ended_at = None
    mediation.due_on = time_mediation(case_of(mediation), event.at, local_date(event.at))
    _move(mediation, "remediate", event, ["ended_at", "due_on"], {})


def _refuse(mediation: Mediation, event: CaseEvent) -> None:
    raise IllegalMove(
        _("A mediation stands in the way of this step."),
        _("Look at the mediation of this case: end it or finish it first."),
    )


def _move(
    mediation: Mediation, verb: str, event: CaseEvent, changed: list[str], facts: dict[str, Any]
) -> None:
    told = {**facts, "case_event": str(event.id)}
    finish(mediation, verb, by=event.actor_id, at=event.at, changed=changed, facts=told)
