"""The Excel export of a list. It never holds personal data of the parties."""

from collections.abc import Iterator
from datetime import datetime

from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from linli.accounts.actor import Actor, actor_of
from linli.accounts.scope import acting
from linli.areas.codes import Level
from linli.cases.actions.export_cases import export_cases
from linli.cases.choices import Channel, Difficulty, Kind, Light, Scale, State
from linli.cases.queries.categories import categories
from linli.cases.queries.export import Exported, exported
from linli.cases.queries.selection import Selection
from linli.cases.web.list_forms import FilterForm, bare_query
from linli.cases.web.sheet import Cell, Column, workbook
from linli.kernel.errors import Invalid

# Words and names that were typed into a filter can be anything, also personal.
TYPED = frozenset({"q", "handler", "unit"})
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
def export(request: HttpRequest) -> HttpResponseBase:
    """Send the cases of the list's filters as a workbook, from the first row on."""
    form = FilterForm(request.GET)
    if not form.is_valid():
        raise Invalid(_("These filters can't be read; go back to the list."))
    actor, now = actor_of(request), timezone.now()
    selection = form.selection(actor, now)
    given = {k: str(v) for k, v in bare_query(request.GET).items() if k not in TYPED}
    export_cases(given, actor=actor, at=now)
    body = stream(actor, selection, now, get_language() or "")
    response = StreamingHttpResponse(body, content_type=XLSX)
    day = timezone.localtime(now).strftime("%Y%m%d-%H%M")
    response["Content-Disposition"] = f'attachment; filename="linli-{day}.xlsx"'
    response["Cache-Control"] = "no-store"
    return response


def stream(actor: Actor, selection: Selection, now: datetime, language: str) -> Iterator[bytes]:
    """Give the workbook's bytes; the scope is opened here, the view's has ended by then."""
    with override(language), acting(actor):
        shown = labelled(exported(actor, selection, now))
        yield from workbook(_("Cases"), columns(), shown, timezone.localtime(now))


def columns() -> list[Column]:
    """Return the table's columns, in the order of :func:`labelled`."""
    return [
        Column(_("Number"), 24),
        Column(_("Kind")),
        Column(_("Category"), 18),
        Column(_("Title"), 44),
        Column(_("Township"), 18),
        Column(_("Village"), 18),
        Column(_("Area"), 18),
        Column(_("Area code"), 17),
        Column(_("Channel")),
        Column(_("State")),
        Column(_("Light"), 16),
        Column(_("Level that has it")),
        Column(_("With"), 26),
        Column(_("Handler")),
        Column(_("Scale")),
        Column(_("Difficulty")),
        Column(_("Registered"), 17, is_moment=True),
        Column(_("Due"), 17, is_moment=True),
        Column(_("Resolved"), 17, is_moment=True),
        Column(_("Closed"), 17, is_moment=True),
        Column(_("Resolved at level")),
        Column(_("Satisfaction (1 to 5)"), 10),
    ]


def labelled(rows: Iterator[Exported]) -> Iterator[tuple[Cell, ...]]:
    """Put words in the place of codes; each list of words is looked up once."""
    closed = {
        name: {value: str(label) for value, label in choices.choices}
        for name, choices in (
            ("kind", Kind),
            ("channel", Channel),
            ("state", State),
            ("light", Light),
            ("level", Level),
            ("resolved_level", Level),
            ("scale", Scale),
            ("difficulty", Difficulty),
        )
    }
    named = {one.code: one.label for one in categories()}
    for row in rows:
        words = {name: labels.get(getattr(row, name), "") for name, labels in closed.items()}
        category = named.get(row.category, "") if row.category else ""
        yield row._replace(category=category, **words)  # type: ignore[arg-type]
