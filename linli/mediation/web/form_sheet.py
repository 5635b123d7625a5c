"""The official form as a workbook: a line for the period and one for that before it."""

import io
from collections.abc import Iterator
from datetime import date
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from linli.kernel.periods import Period
from linli.mediation.form_words import headings, naming
from linli.mediation.models import Facet
from linli.mediation.queries.statistics import Figures, Statistics, Tally

# Over the table stand the title and a line of who, when and in what units.
_GROUPS, _HEADS, _FIRST = 2, 3, 4
type Column = tuple[str, Any, Any]


def sheet(area: str, period: Period, found: Statistics, today: date) -> bytes:
    """Return the workbook of an area's form."""
    content = io.BytesIO()
    groups = list(_groups(found))
    width = 1 + sum(len(columns) for _name, columns in groups)
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        page = book.add_worksheet(_("Mediation statistics"))
        style = _styles(book)
        page.merge_range(0, 0, 0, width - 1, _("Statistics of people's mediation"), style["title"])
        page.merge_range(1, 0, 1, width - 1, _line(area, period, today), style["line"])
        page.merge_range(_GROUPS, 0, _HEADS, 0, _("Period"), style["head"])
        column = 1
        for name, columns in groups:
            last = column + len(columns) - 1
            if len(columns) == 1:
                page.write(_GROUPS, column, name, style["head"])
            else:
                page.merge_range(_GROUPS, column, _GROUPS, last, name, style["head"])
            for at, (head, now, before) in enumerate(columns, column):
                page.write(_HEADS, at, head, style["head"])
                page.write(_FIRST, at, now, style[_kind(now)])
                if found.before:
                    page.write(_FIRST + 1, at, before, style[_kind(before)])
            column = last + 1
        _name_rows(page, style, period, found)
        page.set_row(_HEADS, 62)
        page.set_column(0, 0, 26)
        page.set_column(1, width - 1, 10)
        page.freeze_panes(_FIRST, 1)
        page.set_landscape()
        page.fit_to_pages(1, 0)
    return content.getvalue()


def _name_rows(page: Any, style: dict[str, Any], period: Period, found: Statistics) -> None:
    now, before = _("This period"), _("Period before")
    page.write(_FIRST, 0, f"{now} {_days(period)}".strip(), style["name"])
    if found.earlier:
        page.write(_FIRST + 1, 0, f"{before} {_days(found.earlier)}", style["name"])


def _groups(found: Statistics) -> Iterator[tuple[str, list[Column]]]:
    """Yield each group of columns: its name, and heading, figure and figure before of each."""
    now, old = found.now, found.before
    one, was = now.all, old.all if old else Tally()
    yield (
        _("Mediations"),
        [
            (_("Mediations"), one.mediations, was.mediations),
            (_("Parties"), one.parties, was.parties),
            (pgettext("mediations", "Resolved"), one.resolved, was.resolved),
            (_("Rate of success, %"), _rate(one), _rate(was)),
            (_("Hard and complicated"), one.hard, was.hard),
            (_("Amount in yuan"), float(one.amount), float(was.amount)),
        ],
    )
    for facet, heading in headings().items():
        yield heading, list(_columns(facet, now, old))
    work, before = now.prevention, old.prevention if old else None
    yield (
        _("Prevention"),
        [
            (_("Inspections made"), work.inspections, before and before.inspections),
            (_("Disputes found"), work.found, before and before.found),
            (_("Disputes prevented"), work.prevented, before and before.prevented),
        ],
    )
    yield _("Mediators"), [
        (_("Full-time"), found.full_time, ""), (_("Part-time"), found.part_time, ""),
    ]  # fmt: skip


def _columns(facet: str, now: Figures, old: Figures | None) -> Iterator[Column]:
    name = naming(facet)
    before = old.facets[facet] if old else {}
    for value in {**now.facets[facet], **before}:
        tally = now.facets[facet].get(value, Tally())
        was = before.get(value, Tally())
        yield name(value), tally.mediations, was.mediations
        if facet == Facet.AVERTED:
            head = _("%(what)s, persons") % {"what": name(value)}
            yield head, tally.averted_persons, was.averted_persons


def _rate(tally: Tally) -> float | str:
    return "—" if tally.rate is None else tally.rate


def _kind(value: Any) -> str:
    return "rate" if isinstance(value, float) else "count"


def _line(area: str, period: Period, today: date) -> str:
    return _("Area: %(area)s    Period: %(period)s    Made on: %(day)s") % {
        "area": area,
        "period": _days(period) or _("since records began"),
        "day": today.isoformat(),
    }


def _days(period: Period) -> str:
    if not period.first and not period.last:
        return ""
    return f"{period.first or '…'} – {period.last or '…'}"


def _styles(book: Any) -> dict[str, Any]:
    framed = {"border": 1, "valign": "vcenter"}
    return {
        "title": book.add_format({"bold": True, "font_size": 16, "align": "center"}),
        "line": book.add_format({"align": "left"}),
        "head": book.add_format(
            {**framed, "bold": True, "align": "center", "text_wrap": True, "bg_color": "#F2F2F2"}
        ),
        "name": book.add_format({**framed, "text_wrap": True}),
        "count": book.add_format({**framed, "num_format": "#,##0"}),
        "rate": book.add_format({**framed, "num_format": "#,##0.0#"}),
    }
