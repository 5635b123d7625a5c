"""The figures of an area as one object, the same for the command line and the API."""

from datetime import datetime
from typing import Any

from linli.cases.choices import Kind, State
from linli.insight import queries
from linli.insight.models import Facet
from linli.kernel.periods import Period


def report(area: str, period: Period, at: datetime) -> dict[str, Any]:
    """Return what the pages show of an area, as plain data.

    ``cases`` and ``disputes`` are those registered in the period, in the state they are in ``at``;
    ``resolved`` are those of them that are resolved or closed, ``rate`` their share (0 to 1, four
    digits, null without disputes), ``by_level`` the levels that resolved them. ``areas``,
    ``centres`` and ``overdue`` (open cases past their deadline) are of the moment ``at``.
    """
    found = queries.figures(area, period, at, (Facet.STATE, Facet.LEVEL))
    disputes = found.total(Kind.DISPUTE)
    return {
        "area": area,
        "from": period.first.isoformat() if period.first else None,
        "to": period.last.isoformat() if period.last else None,
        "areas": queries.areas_by_level(area),
        "centres": queries.centres_by_level(area),
        "cases": {
            "total": found.total().cases,
            "by_kind": {kind: counts.cases for kind, counts in found.by_kind().items()},
            "by_state": _by_state(found),
            "by_kind_and_state": {kind: _by_state(found, kind) for kind in Kind.values},
        },
        "disputes": {
            "total": disputes.cases,
            "resolved": disputes.resolved,
            "rate": None if disputes.rate is None else round(disputes.rate, 4),
            "on_time": disputes.on_time,
            "by_level": found.by_level(Kind.DISPUTE),
        },
        "overdue": queries.sum_of(queries.now(area, at).values()).overdue,
    }


def _by_state(found: queries.Figures, kind: str | None = None) -> dict[str, int]:
    states = found.by(Facet.STATE, kind)
    return {state: states[state].cases if state in states else 0 for state in State.values}
