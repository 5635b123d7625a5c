"""Reading mediations: of a case, one, its timeline."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor, actor_of
from linli.accounts.gate import scoped
from linli.kernel.errors import NotFound
from linli.mediation.api.routes import router
from linli.mediation.api.schemas import EventOut, MediationOut, Moved
from linli.mediation.models import Mediation
from linli.mediation.policy import may_print, visible_to
from linli.mediation.queries.file import missing
from linli.mediation.queries.offers import next_step, pointless
from linli.mediation.queries.path import masked_name, offered, parties, timeline
from linli.mediation.queries.performance import Line, ledger


def moved(mediation: Mediation) -> dict[str, Any]:
    """Return where a mediation is."""
    return {
        "id": mediation.id,
        "case": mediation.case_id,
        "state": mediation.state,
        "version": mediation.version,
        "number": mediation.number,
    }


@router.get(
    "/cases/{uuid:case_id}/mediations",
    response=list[Moved],
    summary="The mediations of a case, the newest first",
)
@scoped("cases:read")
def of_case(request: HttpRequest, case_id: UUID) -> Any:
    """Return what the caller may see; an unknown case has none."""
    found = Mediation.objects.filter(visible_to(actor_of(request)), case=case_id).order_by("-id")
    return [moved(one) for one in found]


@router.get(
    "/mediations/{uuid:mediation_id}",
    response=MediationOut,
    summary="A mediation as its page shows it",
)
@scoped("cases:read")
def one(request: HttpRequest, mediation_id: UUID) -> Any:
    """Return a mediation with its parties (masked), what is owed, and the steps the caller may take."""
    actor = actor_of(request)
    mediation = _visible(actor, mediation_id)
    useless = pointless(mediation)
    lines, _payments = ledger(mediation)
    return {
        **moved(mediation),
        "committee": mediation.committee_id,
        "source": mediation.source,
        "opened_at": mediation.opened_at,
        "accepted_on": mediation.accepted_on,
        "due_on": mediation.due_on,
        "effective_on": mediation.effective_on,
        "form": mediation.form,
        "amount": _money(mediation.amount),
        "claimed": _money(mediation.claimed),
        "parties": [
            {
                "id": part.id, "part": part.part, "side": part.side,
                "name": masked_name(part.party), "consented_on": part.consented_on,
                "notified_on": part.notified_on,
            }
            for part in parties(mediation)
        ],
        "owed": [_owed(line) for line in lines if line.owed.ended_on is None],
        "verbs": [verb for verb in offered(actor, mediation) if verb not in useless],
        "next": next_step(mediation),
        "missing": missing(mediation) if may_print(actor, mediation) else [],
    }  # fmt: skip


@router.get(
    "/mediations/{uuid:mediation_id}/timeline",
    response=list[EventOut],
    summary="What happened in a mediation, the latest first",
)
@scoped("cases:read")
def told(request: HttpRequest, mediation_id: UUID) -> Any:
    """Return every step with its note."""
    mediation = _visible(actor_of(request), mediation_id)
    return [
        {
            "verb": event.verb,
            "at": event.at,
            "by": event.actor.name if event.actor else "Linli",
            "to_state": event.to_state,
            "note": note.text if (note := getattr(event, "note", None)) else "",
        }
        for event in timeline(mediation)
    ]


def _visible(actor: Actor, mediation_id: UUID) -> Mediation:
    found = (
        Mediation.objects.filter(visible_to(actor), pk=mediation_id)
        .select_related("case", "committee__unit")
        .prefetch_related("seats__user", "participants__party")
        .first()
    )
    if found is None:
        raise NotFound(_("There is no such mediation here."))
    return found


def _owed(line: Line) -> dict[str, Any]:
    owed = line.owed
    return {
        "id": owed.id, "kind": owed.kind, "due_on": owed.due_on, "amount": _money(owed.amount),
        "open": _money(line.open), "settled_on": owed.settled_on,
    }  # fmt: skip


def _money(amount: Decimal | None) -> str | None:
    return f"{amount:.2f}" if amount is not None else None
