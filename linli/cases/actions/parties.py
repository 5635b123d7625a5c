"""Parties: sealing what is personal, revealing it with a reason, erasing it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.audit.record import record
from linli.cases.actions.reasons import write_reason
from linli.cases.actions.step import locked
from linli.cases.models import Case, Party
from linli.cases.policy import may_attach, may_erase, may_reveal
from linli.kernel.crypto import blind_index, seal, unseal
from linli.kernel.errors import Invalid, NotFound, NotPermitted
from linli.kernel.ids import new_id


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyData:
    """A party as typed; every field but ``role`` and ``is_organisation`` is personal."""

    role: str
    name: str
    is_organisation: bool = False
    sex: str = ""
    ethnicity: str = ""
    age: int | None = None
    occupation: str = ""
    phone: str = ""
    address: str = ""
    identity_number: str = ""


_PERSONAL = ("name", "sex", "ethnicity", "age", "occupation", "phone", "address", "identity_number")


def sealed_party(case: Case, data: PartyData, party_id: UUID | None = None) -> Party:
    """Return an unsaved party with its personal data sealed and indexed."""
    key = party_id or new_id()
    party = Party(id=key, case_id=case.id, role=data.role, is_organisation=data.is_organisation)
    personal = {name: value for name in _PERSONAL if (value := getattr(data, name))}
    party.personal = seal(personal, party.id.bytes)
    party.name_index = blind_index("name", data.name) if data.name else None
    party.phone_index = blind_index("phone", data.phone) if data.phone else None
    if data.identity_number:
        party.identity_index = blind_index("identity", data.identity_number)
    return party


def opened(party: Party) -> dict[str, Any]:
    """Return a party's personal data; empty once erased. For masking, and after a reveal."""
    if party.erased_at is not None:
        return {}
    personal: dict[str, Any] = unseal(bytes(party.personal), party.id.bytes)
    return personal


@transaction.atomic
def add_party(
    case_id: UUID, data: PartyData, *, actor: Actor, at: datetime, party_id: UUID | None = None
) -> Party:
    """Add a party to a case."""
    case = locked(case_id, actor)
    if not may_attach(actor, case):
        raise NotPermitted(_("Only the unit the case is with can do this."))
    if not data.name.strip():
        raise Invalid(_("The name is missing."), {"name": _("Please write the name.")})
    party = sealed_party(case, data, party_id)
    facts = {"party": str(party.id), "role": party.role}
    record("case", case.id, "case.add_party", actor=actor.user_id, at=at, facts=facts, rows=[party])
    return party


@transaction.atomic
def reveal_party(party_id: UUID, *, reason: str, actor: Actor, at: datetime) -> dict[str, Any]:
    """Return a party's personal data to somebody who says why; the opening is recorded."""
    party = _party(party_id)
    case = locked(party.case_id, actor)
    if not may_reveal(actor, case):
        raise NotPermitted(_("Only whoever works on the case can open personal data."))
    facts = {"party": str(party.id), **write_reason(case, reason)}
    record("case", case.id, "case.reveal", actor=actor.user_id, at=at, facts=facts)
    return opened(party)


@transaction.atomic
def erase_party(party_id: UUID, *, reason: str, actor: Actor, at: datetime) -> None:
    """Destroy a party's personal data for good; the case and its figures stay whole."""
    party = _party(party_id)
    case = locked(party.case_id, actor)
    if not may_erase(actor, case):
        raise NotPermitted(_("Only the director of a centre that covers it can erase data."))
    facts = {"party": str(party.id), **write_reason(case, reason)}
    party.personal, party.erased_at = b"", at
    party.name_index = party.phone_index = party.identity_index = None
    party.save()
    record("case", case.id, "case.erase", actor=actor.user_id, at=at, facts=facts)


def _party(party_id: UUID) -> Party:
    party = Party.objects.filter(pk=party_id).first()
    if party is None:
        raise NotFound(_("There is no such party here."))
    return party
