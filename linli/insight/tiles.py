"""The figures at the head of a page, and how they changed. Reads nothing."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from linli.cases.choices import Kind
from linli.insight.links import CaseLinks
from linli.insight.panels import Tile, kept_low, number, percent
from linli.insight.queries import Figures, Now

_DISPUTE = Kind.DISPUTE.value


def area_tiles(found: Figures, links: CaseLinks) -> list[Tile]:
    """Return the tiles of an area's page: its record since it began."""
    disputes = found.total(_DISPUTE)
    resolved = _("%(resolved)s of %(cases)s disputes") % {
        "resolved": number(disputes.resolved),
        "cases": number(disputes.cases),
    }
    return [
        Tile(_("Success rate"), percent(disputes.rate), links(kind=_DISPUTE), change=resolved),
        Tile(_("Resolved in village"), percent(kept_low(found, _DISPUTE)),
             links(kind=_DISPUTE, state="done", level="village"),
             change=_("of the resolved disputes")),
        Tile(_("Resolved on time"), percent(found.total().on_time_rate), links(state="done"),
             change=_("of all resolved cases")),
    ]  # fmt: skip


def home_tiles(found: Figures, before: Figures | None, links: CaseLinks) -> list[Tile]:
    """Return the tiles of the page of figures; ``before`` are the figures to compare with."""
    cases, disputes = found.total(), found.total(_DISPUTE)
    old_cases = before.total() if before else None
    old_disputes = before.total(_DISPUTE) if before else None
    return [
        Tile(pgettext("how many", "Registered"), number(cases.cases), links(),
             change=_difference(cases.cases, old_cases.cases if old_cases else None)),
        Tile(_("Disputes"), number(disputes.cases), links(kind=_DISPUTE),
             change=_difference(disputes.cases, old_disputes.cases if old_disputes else None)),
        Tile(_("Disputes resolved"), number(disputes.resolved), links(kind=_DISPUTE, state="done"),
             change=_difference(disputes.resolved, old_disputes.resolved if old_disputes else None)),
        _share(_("Success rate"), disputes.rate, old_disputes.rate if old_disputes else None,
               links(kind=_DISPUTE)),
        _share(_("Resolved in village"), kept_low(found, _DISPUTE),
               kept_low(before, _DISPUTE) if before else None,
               links(kind=_DISPUTE, state="done", level="village")),
        _share(_("Resolved on time"), cases.on_time_rate, old_cases.on_time_rate if old_cases else None,
               links(state="done")),
    ]  # fmt: skip


def now_tiles(now: Now, links: CaseLinks) -> list[Tile]:
    """Return how the open cases stand, and their lights."""
    return [
        Tile(_("Open now"), number(now.open), links.open_now()),
        _alarm(_("Overdue now"), now.overdue, "red", links.open_now(overdue="1")),
        _alarm(_("Overdue or high risk"), now.red, "red", links.open_now(light="red")),
        _alarm(_("Near the deadline"), now.yellow, "yellow", links.open_now(light="yellow")),
        _alarm(pgettext("light", "On time"), now.blue, "blue", links.open_now(light="blue")),
    ]


def _alarm(name: str, count: int, light: str, url: str) -> Tile:
    """Return a tile that shows its light only where there is something to see."""
    return Tile(name, number(count), url, light if count else "")


def _difference(value: int, before: int | None) -> str:
    """Say by how much a count changed: in per cent, or plainly where there was nothing before."""
    if before is None or value == before:
        return "" if before is None else _("unchanged")
    if not before:
        return f"{value:+,}"
    return f"{value - before:+,} ({(value - before) / before:+.0%})"


def _share(name: str, value: float | None, before: float | None, url: str) -> Tile:
    """Return a share with its change in percentage points; more is better."""
    if value is None or before is None:
        return Tile(name, percent(value), url)
    points = round((value - before) * 100, 1)
    if not points:
        return Tile(name, percent(value), url, change=_("unchanged"))
    change = _("%(points)s points") % {"points": f"{points:+.1f}"}
    return Tile(name, percent(value), url, change=change, better=points > 0)
