"""The official form of an area, and its money outstanding: the same for command line and API."""

from datetime import date, datetime
from typing import Any

from linli.kernel.periods import Period
from linli.mediation.models import Facet
from linli.mediation.queries.outstanding import outstanding
from linli.mediation.queries.statistics import Figures, statistics


def report(area: str, period: Period, at: datetime) -> dict[str, Any]:
    """Return the form as plain data: counts of the mediations opened in the period.

    ``resolved`` are those whose agreement took effect, ``rate`` their share in percent with one
    decimal (null where none was opened), ``amount`` what the agreements are worth in yuan, as text.
    ``by_type``, ``by_source`` and ``by_committee`` each add up to ``total``, their namesakes under
    ``resolved_by`` and ``by_form`` to ``resolved``. ``averted`` counts mediations and
    ``averted_persons`` persons. ``before`` is the period right before, null where the period has no
    beginning or no end; ``mediators`` are those of the last day.
    """
    found = statistics(area, period, at)
    return {
        "area": area,
        **_dates(period),
        **_row(found.now),
        "mediators": {"full_time": found.full_time, "part_time": found.part_time},
        "before": {**_dates(found.earlier), **_row(found.before)}
        if found.earlier and found.before
        else None,
    }


def outstanding_report(area: str, day: date) -> dict[str, str]:
    """Return what was owed in an area on a day, in yuan as text.

    At any day ``agreed`` less ``paid`` is ``open``; ``overdue`` is the part of it that was due
    before the day.
    """
    found = outstanding(area, day)
    return {
        "area": area,
        "on": day.isoformat(),
        "agreed": str(found.agreed),
        "paid": str(found.paid),
        "open": str(found.open),
        "overdue": str(found.overdue),
    }


def _dates(period: Period) -> dict[str, str | None]:
    return {
        "from": period.first.isoformat() if period.first else None,
        "to": period.last.isoformat() if period.last else None,
    }


def _row(figures: Figures) -> dict[str, Any]:
    every = figures.all
    adding_up = (Facet.TYPE, Facet.SOURCE, Facet.COMMITTEE)
    averted = figures.facets[Facet.AVERTED]
    return {
        "total": every.mediations,
        "resolved": every.resolved,
        "rate": every.rate,
        "parties": every.parties,
        "hard": every.hard,
        "amount": str(every.amount),
        **{f"by_{facet}": figures.counts(facet) for facet in adding_up},
        "by_form": figures.counts(Facet.FORM),
        "resolved_by": {
            str(facet): {value: tally.resolved for value, tally in figures.facets[facet].items()}
            for facet in adding_up
        },
        "averted": figures.counts(Facet.AVERTED),
        "averted_persons": {value: tally.averted_persons for value, tally in averted.items()},
        "prevention": {
            "inspections": figures.prevention.inspections,
            "found": figures.prevention.found,
            "prevented": figures.prevention.prevented,
        },
    }
