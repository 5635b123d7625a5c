"""The rows of a list as HTML. A hundred of them are written at once, each word looked up once."""

from collections.abc import Sequence
from datetime import datetime
from itertools import starmap

from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.cases.choices import Kind, State
from linli.cases.lifecycle import OPEN
from linli.cases.queries.categories import categories
from linli.cases.queries.listing import Row

LIGHT_WORDS = {
    "red": gettext_lazy("Overdue"),
    "yellow": gettext_lazy("Near deadline"),
    "blue": gettext_lazy("On time"),
    "green": gettext_lazy("Resolved"),
}
_TICK = '<td class="tick"><input type="checkbox" name="case" value="{}" aria-label="{}"></td>'
_CASE = (
    '<tr class="lit-{}">{}<th scope="row"><a class="row-link" href="/cases/{}/">{}</a>'
    '<div class="quiet small">{} · {}</div></th>'
)


def rows_html(rows: Sequence[Row], now: datetime, *, tick: bool) -> SafeString:
    """Return the table's rows; with ``tick``, each open case can be chosen."""
    states = {state.value: str(state.label) for state in State}
    kinds = {kind.value: str(kind.label) for kind in Kind}
    names = {one.code: one.label for one in categories()}
    lights = {colour: light_html(colour, str(word)) for colour, word in LIGHT_WORDS.items()}
    risk = light_html("red", _("High risk"))
    choose = _("Choose “%(title)s”")
    present, this_year = timezone.localtime(now).strftime("%Y-%m-%d %H:%M"), now.strftime("%Y-")
    cells = format_html_join  # the rest of the row: labels are the same in each
    pattern = _CASE + _cells()
    nothing = SafeString("")

    def columns(row: Row) -> tuple[object, ...]:
        light = lights.get(row.light, nothing)
        late = row.due is not None and row.due < present
        if row.light == "red" and row.high_risk and not late:
            light = risk
        ticked = nothing
        if tick:
            label = choose % {"title": row.title}
            can = row.state in OPEN
            ticked = format_html(_TICK, row.id, label) if can else SafeString("<td></td>")
        kind = kinds[row.kind]
        return (
            row.light, ticked, row.id, row.title, row.number,
            names.get(row.category, kind) if row.category else kind,
            row.place, states[row.state],
            f"{row.holder} · {row.handler}" if row.handler else row.holder,
            light, (row.due or "").removeprefix(this_year), row.opened,
        )  # fmt: skip

    return cells("", pattern, map(columns, rows))


def light_html(colour: str, word: str) -> SafeString:
    """Return a light as the tag of the same name draws it."""
    return format_html('<span class="light light-{}">{}</span>', colour, word)


def _cells() -> str:
    labels = (_("Where"), _("State"), _("With"), _("Due"), _("Registered"))
    kinds = ("", "", "", ' class="nowrap"', ' class="nowrap"')
    contents = ("{}", "{}", "{}", "{} {}", "{}")
    cell = '<td data-label="{}"{}>{}</td>'
    return "".join(starmap(cell.format, zip(labels, kinds, contents, strict=True))) + "</tr>"
