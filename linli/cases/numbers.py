"""Case numbers for the audit log's readers, who see no cases: a number names a row, nothing more."""

from collections.abc import Iterable
from uuid import UUID

from linli.cases.models import Case
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
