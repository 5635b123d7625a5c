"""The JSON API of figures: what ``linli figures`` prints and the pages show."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Router, Schema

from linli.accounts.figures import permit
from linli.accounts.gate import scoped
from linli.areas.queries import area as find_area
from linli.insight.report import report
from linli.kernel.errors import Invalid
from linli.kernel.periods import Period

router = Router(tags=["figures"])


class FiguresOut(Schema):
    """Counts of an area and everything below it; ``overdue``, areas and centres are of now."""

    area: str
    areas: dict[str, int]
    centres: dict[str, int]
    cases: dict[str, Any]
    disputes: dict[str, Any]
    overdue: int


@router.get("/figures/{area}", response=FiguresOut, summary="Figures of an area")
@scoped("figures:read")
def figures(
    request: HttpRequest, area: str, first: date | None = None, last: date | None = None
) -> Any:
    """Return the figures of the cases registered from ``first`` to ``last``."""
    if first and last and last < first:
        raise Invalid(_("The period ends before it begins."), {"last": _("Choose a later day.")})
    code = find_area(area).code
    permit(request.actor, code)  # type: ignore[attr-defined]
    return report(code, Period(first, last), timezone.now())
