"""The rows of a list as HTML. A hundred of them are written at once, each word looked up once."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice, starmap

from django.utils import timezone
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from linli.cases.choices import Kind, State
from linli.cases.lifecycle import OPEN
from linli.cases.queries.categories import categories
from linli.cases.queries.listing import Row

LIGHT_WORDS = {
    "red": gettext_lazy("Overdue"),
    "yellow": gettext_lazy("Near deadline"),
    "blue": gettext_lazy("On time"),
    "green": pgettext_lazy("light", "Resolved"),
}
_TICK = '<td class="tick"><input type="checkbox" name="case" value="{}" aria-label="{}"></td>'
_CASE = (
    '<tr class="lit-{}">{}<th scope="row"><a class="row-link" href="/cases/{}/">{}</a>'
    '<div class="quiet small">{} · {}</div></th>'
)
# No text of the database can hold it.
_BETWEEN = "\0"


def rows_html(rows: Sequence[Row], now: datetime, *, tick: bool) -> SafeString:
    """Return the table's rows; with ``tick``, each open case can be chosen."""
    lights = {colour: light_html(colour, str(word)) for colour, word in LIGHT_WORDS.items()}
    risk = light_html("red", _("High risk"))
    present, this_year = timezone.localtime(now).strftime("%Y-%m-%d %H:%M"), now.strftime("%Y-")
    pattern = _CASE + _cells()
    choose = escape(_("Choose “%(title)s”"))
    written = []
    for row, texts in zip(rows, _escaped(rows), strict=True):
        title, number, category, place, state, holder = texts
        light = lights.get(row.light, "")
        if row.light == "red" and row.high_risk and not (row.due and row.due < present):
            light = risk
        box = ""
        if tick:
            can = row.state in OPEN
            box = _TICK.format(row.id, choose % {"title": title}) if can else "<td></td>"
        due = (row.due or "").removeprefix(this_year)
        written.append(
            pattern.format(
                row.light, box, row.id, title, number, category,
                place, state, holder, light, due, row.opened,
            )
        )  # fmt: skip
    return mark_safe("".join(written))  # noqa: S308 - every text in it went through _escaped


def _escaped(rows: Sequence[Row]) -> Iterator[list[str]]:
    """Give each row's texts, escaped: all at once, which takes a tenth of the time of one by one."""
    states = {state.value: str(state.label) for state in State}
    kinds = {kind.value: str(kind.label) for kind in Kind}
    names = {one.code: one.label for one in categories()}
    texts = [
        text
        for row in rows
        for text in (
            row.title,
            row.number,
            names.get(row.category or "", kinds[row.kind]),
            row.place,
            states[row.state],
            f"{row.holder} · {row.handler}" if row.handler else row.holder,
        )
    ]
    parts = iter(str(escape(_BETWEEN.join(texts))).split(_BETWEEN))
    return (list(islice(parts, 6)) for _row in rows)


def light_html(colour: str, word: str) -> SafeString:
    """Return a light as the tag of the same name draws it."""
    return format_html('<span class="light light-{}">{}</span>', colour, word)


def _cells() -> str:
    labels = map(escape, (_("Where"), _("State"), _("With"), _("Due"), _("Registered")))
    kinds = ("", "", "", ' class="nowrap"', ' class="nowrap"')
    contents = ("{}", "{}", "{}", "{} {}", "{}")
    cell = '<td data-label="{}"{}>{}</td>'
    return "".join(starmap(cell.format, zip(labels, kinds, contents, strict=True))) + "</tr>"
