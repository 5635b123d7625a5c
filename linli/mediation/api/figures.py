"""The JSON API of mediation: its committees, and the form that ``linli statistics mediation`` prints."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Schema
from pydantic import Field

from linli.accounts.figures import permit
from linli.accounts.gate import scoped
from linli.areas.queries import area as find_area
from linli.kernel.errors import Invalid
from linli.kernel.periods import Period
from linli.kernel.working_days import local_date
from linli.mediation.api.routes import router
from linli.mediation.queries.committees import known_to
from linli.mediation.report import outstanding_report, report


class RowOut(Schema):
    """One row of the form; the maps hold every value of the form, also those without any."""

    first: date | None = Field(alias="from")
    last: date | None = Field(alias="to")
    total: int
    resolved: int
    rate: float | None
    parties: int
    hard: int
    amount: str
    by_type: dict[str, int]
    by_source: dict[str, int]
    by_committee: dict[str, int]
    by_form: dict[str, int]
    resolved_by: dict[str, dict[str, int]]
    averted: dict[str, int]
    averted_persons: dict[str, int]
    prevention: dict[str, int]


class StatisticsOut(RowOut):
    """The official form of an area and everything below it, with the period right before."""

    area: str
    mediators: dict[str, int]
    before: RowOut | None


class OutstandingOut(Schema):
    """What is owed under the agreements of an area on a day, in yuan; agreed less paid is open."""

    area: str
    day: date = Field(alias="on")
    agreed: str
    paid: str
    open: str
    overdue: str


class CommitteeOut(Schema):
    """A mediation committee; ``unit`` is what it works as, ``specialities`` are codes of categories."""

    id: UUID
    unit: UUID
    kind: str
    name: str
    word: str
    specialities: list[str]
    remit: str
    founded_on: date | None


@router.get(
    "/statistics/mediation/{area}",
    response=StatisticsOut,
    by_alias=True,
    summary="Official statistics form of mediation",
)
@scoped("figures:read")
def statistics(
    request: HttpRequest, area: str, first: date | None = None, last: date | None = None
) -> Any:
    """Return the form for the mediations opened from ``first`` to ``last``."""
    if first and last and last < first:
        raise Invalid(_("The period ends before it begins."), {"last": _("Choose a later day.")})
    code = find_area(area).code
    permit(request.actor, code)  # type: ignore[attr-defined]
    return report(code, Period(first, last), timezone.now())


@router.get(
    "/statistics/outstanding/{area}",
    response=OutstandingOut,
    by_alias=True,
    summary="Money outstanding under mediation agreements",
)
@scoped("figures:read")
def outstanding(request: HttpRequest, area: str, on: date | None = None) -> Any:
    """Return what was owed over all agreements of an area and below on a day, or today."""
    code = find_area(area).code
    permit(request.actor, code)  # type: ignore[attr-defined]
    return outstanding_report(code, on or local_date(timezone.now()))


@router.get(
    "/areas/{code}/committees",
    response=list[CommitteeOut],
    summary="The mediation committees of an area",
)
@scoped("areas:read")
def committees(request: HttpRequest, code: str) -> Any:
    """Return the open committees of exactly this area, by name."""
    actor = request.actor  # type: ignore[attr-defined]
    there = known_to(actor).filter(unit__area=find_area(code)).order_by("name")
    return [
        {
            "id": one.id,
            "unit": one.unit_id,
            "kind": one.kind,
            "name": one.name,
            "word": one.word,
            "specialities": one.specialities,
            "remit": one.remit,
            "founded_on": one.founded_on,
        }
        for one in there
    ]
