"""Creating cases and parties, each once for an idempotency key; opening personal data."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja.responses import Status

from linli.accounts.gate import claimed, scoped
from linli.cases.actions.parties import PartyData, add_party, reveal_party
from linli.cases.actions.register import Matter, register_case
from linli.cases.api.routes import router
from linli.cases.api.schemas import CaseIn, Created, PartyIn, PartyOut, PersonalOut, ReasonIn
from linli.cases.models import Case, Party
from linli.kernel.bodies import Key
from linli.kernel.crypto import mask
from linli.kernel.ids import new_id


@router.post("/cases", response={201: Created}, tags=["cases"], summary="Register a case")
@scoped("cases:write")
def register(request: HttpRequest, matter: CaseIn, key: Key = None) -> Any:
    """Take a matter in at the caller's desk. The same key again gives the same case."""
    case_id = new_id()
    if first := claimed(request, key, case_id):
        return Status(201, Case.objects.values("id", "number").get(pk=first))
    data = matter.dict(exclude={"parties"})
    parties = [PartyData(**party.dict()) for party in matter.parties]
    case = register_case(
        Matter(**data, parties=parties),
        actor=request.actor,  # type: ignore[attr-defined]
        at=timezone.now(),
        case_id=case_id,
    )
    return Status(201, {"id": case.id, "number": case.number})


@router.post(
    "/cases/{uuid:case_id}/parties", response={201: PartyOut}, tags=["cases"], summary="Add a party"
)
@scoped("cases:write")
def create_party(request: HttpRequest, case_id: UUID, party: PartyIn, key: Key = None) -> Any:
    """Add a person or organisation to a case; the answer is masked."""
    party_id = new_id()
    if first := claimed(request, key, party_id):
        made = Party.objects.get(pk=first)
    else:
        made = add_party(
            case_id,
            PartyData(**party.dict()),
            actor=request.actor,  # type: ignore[attr-defined]
            at=timezone.now(),
            party_id=party_id,
        )
    return Status(
        201,
        {
            "id": made.id,
            "role": made.role,
            "is_organisation": made.is_organisation,
            "name": mask(party.name),
        },
    )


@router.post(
    "/parties/{uuid:party_id}/reveal",
    response=PersonalOut,
    tags=["cases"],
    summary="Open personal data",
)
@scoped("cases:write")
def reveal(request: HttpRequest, party_id: UUID, why: ReasonIn) -> Any:
    """Give a party's personal data for a reason; the opening is recorded."""
    actor: Any = request.actor  # type: ignore[attr-defined]
    return {"personal": reveal_party(party_id, reason=why.reason, actor=actor, at=timezone.now())}
