"""Set-up of sources: the list, one with its log, the forms, and the fields of a webhook."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from procrastinate.contrib.django import app as queue
from procrastinate.exceptions import AlreadyEnqueued

from linli.accounts.actor import Actor, actor_of
from linli.accounts.models import RoleKind
from linli.areas.places import area_names
from linli.intake.actions import set_channel
from linli.intake.channel_models import ChannelKind, Outcome, Source
from linli.intake.channels import directory
from linli.intake.channels.body import Unusable, flat
from linli.intake.gazetteer import Gazetteer
from linli.intake.headings import Column
from linli.intake.layout import Layout
from linli.intake.matching import propose
from linli.intake.queries.channels import log_of, said, source_for, sources
from linli.intake.web.channel_forms import FORMS, SampleForm, field_choices, given
from linli.kernel.caching import private
from linli.kernel.errors import NotPermitted, Refused
from linli.kernel.form_errors import show_refusal

_LIGHTS = {Outcome.REFUSED: "red", Outcome.IGNORED: "", Outcome.KNOWN: ""}


def _keeper(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if not actor.holds(RoleKind.ADMINISTRATOR):
        raise NotPermitted(_("Only administrators connect other systems."))
    return actor


def state_of(source: Source) -> tuple[str, str]:
    """Return light and word of a source."""
    if not source.is_on:
        return "", _("switched off")
    if source.failure:
        return "red", _("does not work")
    if source.channel == ChannelKind.HOOK and not source.options.get("layout"):
        return "yellow", _("its fields are not set yet")
    return ("green", _("works")) if source.succeeded_at else ("yellow", _("not used yet"))


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show the sources of the actor's areas."""
    rows = list(sources(_keeper(request)))
    places = area_names(row.area for row in rows)
    context = {
        "rows": [(row, places.get(row.area, row.area), state_of(row)) for row in rows],
        "kinds": ChannelKind.choices,
    }
    return render(request, "intake/channels.html", context)


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, channel: str) -> HttpResponse:
    """Set a source up; a webhook's token is shown once."""
    actor = _keeper(request)
    if channel not in FORMS:
        raise Http404
    form = FORMS[channel](request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            source, token = set_channel.add_source(
                channel, form.cleaned_data, actor=actor, at=timezone.now()
            )
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            if token:
                return _token(request, source, token)
            messages.success(request, _("It is set up, and looked into every minute."))
            return redirect("intake:channel", source.pk)
    title = str(ChannelKind(channel).label).capitalize()
    return _form(request, form, title, reverse("intake:channels"))


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, key: UUID) -> HttpResponse:
    """Change a source."""
    actor = _keeper(request)
    source = source_for(actor, key)
    form = FORMS[source.channel](request.POST or None, initial=given(source))
    if form.is_bound and form.is_valid():
        try:
            set_channel.change_source(key, form.cleaned_data, actor=actor, at=timezone.now())
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("It is written down."))
            return redirect("intake:channel", key)
    return _form(request, form, source.name, reverse("intake:channel", args=[key]))


def _form(request: HttpRequest, form: Any, title: str, back: str) -> HttpResponse:
    others = [field for field in form if field.name != "area"]
    context = {"form": form, "others": others, "title": title, "back": back}
    status = 422 if form.is_bound else 200
    return render(request, "intake/channel_form.html", context, status=status)


def _token(request: HttpRequest, source: Source, token: str) -> HttpResponse:
    address = request.build_absolute_uri(reverse("intake:hook", args=[source.pk]))
    context = {"source": source, "token": token, "address": address}
    return private(render(request, "intake/channel_token.html", context))


@require_GET
def channel(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show one source: how it does, and what came through it."""
    source = source_for(_keeper(request), key)
    lines = [
        {
            "at": one.at,
            "title": one.get_outcome_display(),
            "text": said(one.reason),
            "light": _LIGHTS.get(Outcome(one.outcome), "green"),
        }
        for one in log_of(source)
    ]
    context = {
        "source": source,
        "state": state_of(source),
        "place": area_names([source.area]).get(source.area, source.area),
        "lines": lines,
        "columns": source.options.get("layout", {}).get("columns", {}),
        "labels": dict(field_choices()),
    }
    if source.channel == ChannelKind.FOLDER:
        path = directory.path_of(source.options["directory"])
        context["directory"] = path.relative_to(settings.LINLI_INBOX.parent)
    if source.channel == ChannelKind.HOOK:
        context["address"] = request.build_absolute_uri(reverse("intake:hook", args=[key]))
    return render(request, "intake/channel.html", context)


@require_POST
def look(request: HttpRequest, key: UUID) -> HttpResponse:
    """Look into a mailbox or a folder now."""
    source = source_for(_keeper(request), key)
    if source.channel != ChannelKind.HOOK and source.is_on:
        _defer(f"linli.intake.tasks.look_into_{source.channel}", key)
    messages.success(request, _("It is being looked into; reload this page in a moment."))
    return redirect("intake:channel", key)


def _defer(task: str, key: UUID) -> None:
    lock = f"source:{key}"
    try:
        # A job that waits already is enough; its refusal must not end the view's transaction.
        with transaction.atomic():
            queue.configure_task(task, lock=lock, queueing_lock=lock).defer(source=str(key))
    except AlreadyEnqueued:
        pass


@require_http_methods(["GET", "POST"])
def fields(request: HttpRequest, key: UUID) -> HttpResponse:
    """Say which member of a webhook's JSON is which field: from an example, then by hand."""
    actor = _keeper(request)
    source = source_for(actor, key)
    if source.channel != ChannelKind.HOOK:
        raise Http404
    layout = Layout.of(source.options.get("layout", {}))
    form = SampleForm(request.POST if "sample" in request.POST else None)
    rows = [(path, "", name) for path, name in layout.columns.items()]
    wrong = ""
    if "path" in request.POST:
        chosen = dict(
            zip(request.POST.getlist("path"), request.POST.getlist("field"), strict=False)
        )
        rows = [(path, "", name) for path, name in chosen.items()]
        try:
            set_channel.map_source(key, chosen, actor=actor, at=timezone.now())
        except Refused as refusal:
            wrong = f"{refusal.reason} {refusal.hint}".strip()
        else:
            messages.success(request, _("The fields are set."))
            return redirect("intake:channel", key)
    elif form.is_bound and form.is_valid():
        try:
            rows = _seen(source, form.cleaned_data["sample"], layout)
        except Unusable:
            form.add_error("sample", _("This is no JSON object."))
    context = {
        "source": source, "form": form, "rows": rows, "choices": field_choices(), "wrong": wrong,
    }  # fmt: skip
    status = 422 if wrong or form.errors else 200
    return private(render(request, "intake/channel_fields.html", context, status=status))


def _seen(source: Source, sample: str, layout: Layout) -> list[tuple[str, str, str]]:
    """Return path, value and field of each member of an example."""
    told = flat(sample.encode())
    columns = [Column(place, path) for place, path in enumerate(told)]
    samples = {path: [text] for path, text in told.items()}
    names = propose(columns, samples, Gazetteer(source.area[:4]), layout)
    return [(path, text[:60], names.get(path, "")) for path, text in told.items()]


@require_POST
def renew(request: HttpRequest, key: UUID) -> HttpResponse:
    """Make a webhook's token anew; it is shown once."""
    source, token = set_channel.renew_token(key, actor=_keeper(request), at=timezone.now())
    return _token(request, source, token)


@require_POST
def switch(request: HttpRequest, key: UUID) -> HttpResponse:
    """Switch a source on or off."""
    on = request.POST.get("on") == "1"
    set_channel.switch_source(key, on=on, actor=_keeper(request), at=timezone.now())
    return redirect("intake:channel", key)


@require_POST
def remove(request: HttpRequest, key: UUID) -> HttpResponse:
    """Remove a source."""
    set_channel.remove_source(key, actor=_keeper(request), at=timezone.now())
    messages.success(request, _("The source was removed; what it brought stays."))
    return redirect("intake:channels")
