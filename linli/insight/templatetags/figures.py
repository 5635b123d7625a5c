"""The repeated parts of a page of figures, written at once: each word looked up once a page."""

from collections.abc import Callable, Sequence
from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from linli.insight.panels import Bar, Column, Row, Tile, Trend

register = template.Library()

_BARS = (
    "<li><span>{}</span>"
    '<span class="number"><strong>{}</strong>{}</span>'
    '<progress value="{:.1f}" max="100" aria-hidden="true"></progress></li>'
)
_NUMBER = '<text x="{}" y="{}" text-anchor="middle" font-size="14" fill="var(--quiet)">{}</text>'
_COLUMN = (
    '<rect x="{x}" y="{top:.1f}" width="{width}" height="{height:.1f}"'
    ' fill="var(--blue-surface)" stroke="var(--blue)"/>'
    '<rect x="{x}" y="{resolved_top:.1f}" width="{width}" height="{resolved:.1f}"'
    ' fill="var(--blue)"/>'
)
_MONTH = (
    '<tr><th scope="row">{}</th><td class="number">{}</td><td class="number">{}</td>'
    '<td class="number">{}</td></tr>'
)


def _safe(parts: list[str]) -> SafeString:
    return mark_safe("".join(parts))  # noqa: S308 - every text in it went through escape


def _linked(text: str, url: str) -> str:
    """Return an escaped text, as a link where there is somewhere to go."""
    return f'<a href="{escape(url)}">{text}</a>' if url else text


@register.simple_tag
def tiles(rows: Sequence[Tile]) -> SafeString:
    """Draw figures as ``components/tile.html`` does."""
    return _safe([_tile(tile) for tile in rows])


def _tile(tile: Tile) -> str:
    name = f'<span class="tile-name">{escape(str(tile.name))}</span>'
    value = f'<span class="tile-value">{escape(tile.value)}</span>'
    change = ""
    if tile.change:
        tone = {True: "change-better", False: "change-worse"}.get(tile.better, "")  # type: ignore[arg-type]
        change = (
            f'<span class="tile-change"><span class="{tone}">{escape(tile.change)}</span></span>'
        )
    light = f" tile-{tile.light}" if tile.light else ""
    start = f'a href="{escape(tile.url)}"' if tile.url else "div"
    end = "a" if tile.url else "div"
    return f'<{start} class="tile{light}">{name}{value}{change}</{end}>'


@register.simple_tag
def bars(rows: Sequence[Bar]) -> SafeString:
    """Draw the lines of a bar list."""
    return _safe([
        _BARS.format(
            _linked(escape(str(bar.name)), bar.url),
            escape(bar.value),
            f' <span class="quiet small">{escape(bar.note)}</span>' if bar.note else "",
            bar.share,
        )
        for bar in rows
    ])  # fmt: skip


@register.simple_tag
def trend_columns(trend: Trend) -> SafeString:
    """Draw the columns of a bar chart with their numbers and months."""
    return _safe([_column(column, trend) for column in trend.columns])


def _column(column: Column, trend: Trend) -> str:
    drawn = _COLUMN.format(
        x=column.left,
        width=trend.bar,
        top=column.top,
        height=column.height,
        resolved_top=column.resolved_top,
        resolved=column.resolved_height,
    )
    if column.above:
        above = escape(column.above)
        drawn += _NUMBER.format(column.middle, f"{column.label_top:.1f}", above)
    if column.label:
        drawn += _NUMBER.format(column.middle, trend.label_y, escape(column.label))
    return drawn


@register.simple_tag
def trend_rows(trend: Trend) -> SafeString:
    """Write the same as rows of a table."""
    return _safe([
        _MONTH.format(
            _linked(escape(column.name), column.url),
            column.counts.cases,
            column.counts.resolved,
            column.rate,
        )
        for column in trend.columns
    ])  # fmt: skip


@register.simple_tag
def area_rows(rows: Sequence[Row], figures_url: str, chosen: str = "") -> SafeString:
    """Write the rows of the areas below; ``chosen`` goes on every address."""
    cells = [(_cell(label), key, link) for label, key, link in _columns()]
    written = []
    for row in rows:
        light = f' class="lit-{row.light}"' if row.light else ""
        address = escape(f"{figures_url}?area={row.code}{chosen}")
        head = f'<tr{light}><th scope="row"><a href="{address}">{escape(row.name)}</a></th>'
        body = [cell % _linked(escape(row.counts[key]), link(row)) for cell, key, link in cells]
        written += [head, *body, "</tr>"]
    return _safe(written)


def _cell(label: str) -> str:
    text = escape(label).replace("%", "%%")
    return f'<td class="number" data-label="{text}">%s</td>'


def _columns() -> list[tuple[str, str, Callable[[Row], str]]]:
    """Return name, figure and link of every column, in the order of the table's head."""
    return [
        (_("Overdue"), "overdue", lambda row: row.overdue_url),
        (_("Open"), "open", lambda row: row.open_url),
        (pgettext("how many", "Registered"), "cases", lambda row: row.cases_url),
        (_("Disputes"), "disputes", lambda _row: ""),
        (_("Success rate"), "rate", lambda _row: ""),
        (_("In village"), "kept_low", lambda _row: ""),
        (_("Resolved on time"), "on_time", lambda _row: ""),
    ]
