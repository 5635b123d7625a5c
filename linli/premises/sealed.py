"""What is sealed on a contact, opened: for masking, and after a reveal."""

from typing import Any

from linli.kernel.crypto import unseal
from linli.premises.models import Contact


def opened(contact: Contact) -> dict[str, Any]:
    """Return a contact's personal data: ``name`` and ``phone``; empty once erased."""
    if contact.erased_at is not None:
        return {}
    personal: dict[str, Any] = unseal(bytes(contact.personal), contact.id.bytes)
    return personal
