"""The audit log: for auditors, within their areas."""

import csv
from collections.abc import Iterator
from datetime import datetime, time, timedelta

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from linli.accounts.actions.read_reason import read_reason
from linli.accounts.actor import Actor, actor_of
from linli.accounts.log import Search, entries, every_entry
from linli.accounts.policy import may_read_log
from linli.accounts.scope import acting
from linli.accounts.web.request import now
from linli.accounts.words import event_label, known_events
from linli.audit.models import Verification
from linli.audit.record import record
from linli.kernel.days import day_field
from linli.kernel.errors import NotPermitted


class LogForm(forms.Form):
    """What the log is searched for."""

    since = day_field(gettext_lazy("From"), required=False)
    until = day_field(gettext_lazy("Up to and with"), required=False)
    event = forms.ChoiceField(label=gettext_lazy("Event"), required=False)
    person = forms.CharField(label=gettext_lazy("Person"), required=False, max_length=60)
    number = forms.CharField(label=gettext_lazy("Case number or id"), required=False, max_length=60)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field: forms.ChoiceField = self.fields["event"]  # type: ignore[assignment]
        field.choices = [("", _("all")), *known_events()]

    def search(self) -> Search:
        """Return what was typed; days are the city's."""
        data = self.cleaned_data
        zone = timezone.get_default_timezone()
        since, until = data.get("since"), data.get("until")
        return Search(
            since=datetime.combine(since, time.min, zone) if since else None,
            until=datetime.combine(until + timedelta(days=1), time.min, zone) if until else None,
            event=data.get("event") or "",
            person=data.get("person") or "",
            number=data.get("number") or "",
        )


class _Echo:
    """A file whose ``write`` gives the line back, for csv."""

    def write(self, value: str) -> str:
        """Return the line."""
        return value


def home(request: HttpRequest) -> HttpResponse:
    """Show a page of the log and what the last verification found."""
    actor = _auditor(request)
    form = LogForm(request.GET)
    form.is_valid()
    page = entries(actor, form.search(), request.GET.get("after", ""))
    query = request.GET.copy()
    query.pop("after", None)
    chips = [
        (f"{form.fields[name].label}: {_shown(name, form.data[name])}", _without(query, name))
        for name in form.fields
        if form.data.get(name)
    ]
    context = {
        "form": form,
        "page": page,
        "chips": chips,
        "verified": Verification.objects.order_by("-pk").first(),
        "export_query": query.urlencode(),
    }
    return render(request, "accounts/log.html", context)


def export(request: HttpRequest) -> StreamingHttpResponse:
    """Send what the search finds as CSV, as it is read."""
    actor = _auditor(request)
    form = LogForm(request.GET)
    form.is_valid()
    at, day = now()
    asked = {name: str(value) for name, value in form.cleaned_data.items() if value}
    asked.pop("person", None)
    record("log", "export", "log.export", actor=actor.user_id, at=at, facts=asked)
    response = StreamingHttpResponse(
        _rows(actor, form.search()), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="linli-log-{day:%Y%m%d}.csv"'
    return response


@require_POST
def reason(request: HttpRequest, entry: int) -> HttpResponse:
    """Show why one thing was done."""
    at, _day = now()
    line, text = read_reason(entry, actor=actor_of(request), at=at)
    trail = [(reverse("accounts:log"), _("Audit log"))]
    return render(request, "accounts/reason.html", {"line": line, "text": text, "trail": trail})


def _rows(actor: Actor, search: Search) -> Iterator[str]:
    writer = csv.writer(_Echo())
    # A mark that tells spreadsheets it is UTF-8.
    yield "\ufeff"
    yield writer.writerow(
        ["chain", "sequence", "time", "person", "event", "object", "number", "facts"]
    )
    with acting(actor):
        for line in every_entry(actor, search):
            local = timezone.localtime(line.at).isoformat(timespec="milliseconds")
            yield writer.writerow(
                [
                    line.chain,
                    line.sequence,
                    local,
                    line.person,
                    line.event,
                    line.kind,
                    line.object,
                    line.facts,
                ]
            )


def _shown(name: str, value: str) -> str:
    return event_label(value) if name == "event" else value


def _without(query: QueryDict, name: str) -> str:
    rest = query.copy()
    rest.pop(name, None)
    return f"?{rest.urlencode()}"


def _auditor(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if not may_read_log(actor):
        raise NotPermitted(_("Only auditors read the log."))
    return actor
