"""What the audit log's readers get from the cases they do not see: numbers, and one reason at a time.

A number names a row, nothing more. A reason is read by the log's own rule, which the caller has
asked, and each reading is itself an entry.
"""

from collections.abc import Iterable
from uuid import UUID

from linli.cases.models import Case, PersonSearch, Reason
from linli.kernel.crypto import text_hash
from linli.kernel.row_security import unscoped


def numbers_of(ids: Iterable[str]) -> dict[str, str]:
    """Return id → number for those of ``ids`` that are cases."""
    with unscoped():
        found = Case.objects.filter(pk__in=set(ids)).values_list("id", "number")
        return {str(case): number for case, number in found}


def id_of(number: str) -> UUID | None:
    """Return the case with this number."""
    with unscoped():
        return Case.objects.filter(number=number.strip()).values_list("id", flat=True).first()


def reason_of(key: str, kept: str) -> str | None:
    """Return the words behind a reason's hash ``kept``; None where they were erased or altered."""
    with unscoped():
        found = (
            Reason.objects.filter(pk=key).values_list("text", flat=True).first()
            or PersonSearch.objects.filter(pk=key).values_list("reason", flat=True).first()
        )
    return found if found and text_hash(found, UUID(key).bytes) == kept else None
