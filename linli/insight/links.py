"""Addresses of the cases behind a figure, for those who may open them."""

from collections.abc import Callable
from datetime import date
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse

from linli.accounts.actor import Actor
from linli.kernel.periods import Period


class CaseLinks:
    """Makes addresses of the case list for one actor, area and period; "" where there is no way in.

    Who reaches no case of the area (an auditor, a department) reads the figure without a link.
    """

    def __init__(self, actor: Actor, area: str, period: Period | None = None) -> None:
        self.area = area
        self.base = _list_address() if actor.reaches(area) else ""
        self.period = _dates(period) if period else {}

    def __call__(self, **filters: str) -> str:
        """Return the list of the cases registered in the period that ``filters`` describe."""
        return self._address({**self.period, **filters})

    def open_now(self, **filters: str) -> str:
        """Return the list of the open cases that ``filters`` describe, whenever registered."""
        return self._address({"state": "open", **filters})

    def span(self, first: date, last: date) -> str:
        """Return the list of the cases registered from one day to another."""
        return self._address(_dates(Period(first, last)))

    def _address(self, filters: dict[str, str]) -> str:
        return f"{self.base}?{urlencode({'area': self.area, **filters})}" if self.base else ""


def behind(actor: Actor, period: Period | None = None) -> Callable[[str, str], str]:
    """Return what gives the address of an area's cases: ``(code, "cases" | "open" | "overdue")``."""

    def address(code: str, what: str) -> str:
        links = CaseLinks(actor, code, period)
        match what:
            case "open":
                return links.open_now()
            case "overdue":
                return links.open_now(overdue="1")
        return links()

    return address


def _list_address() -> str:
    try:
        return reverse("cases:list")
    except NoReverseMatch:
        return ""


def _dates(period: Period) -> dict[str, str]:
    days = {"since": period.first, "until": period.last}
    return {name: day.isoformat() for name, day in days.items() if day}
