"""Pages of the map: which one is in use, and which roads are closed."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.accounts.actor import actor_of
from linli.kernel.errors import Invalid, Refused
from linli.roads import queries, store
from linli.roads.actions.close_road import close_road
from linli.roads.actions.reopen_road import reopen_road
from linli.roads.models import MODE_WORDS, Closure
from linli.roads.policy import permit_administer, permit_close
from linli.roads.web.forms import ClosingForm


@require_GET
def state(request: HttpRequest) -> HttpResponse:
    """Show administrators the map in use, how to bring a newer one, and closed roads."""
    permit_administer(actor_of(request))
    version = store.current()
    context: dict[str, Any] = {"version": version, "closed": _closed()}
    if version:
        manifest = version.manifest
        context |= {
            "manifest": manifest,
            "counts": manifest["counts"],
            "imported_at": datetime.fromisoformat(manifest["imported_at"]),
            "data_at": _moment(manifest["data_at"]),
            "megabytes": manifest["bytes"] / 1e6,
        }
    return render(request, "roads/state.html", context)


def _closed() -> list[tuple[Closure, list[Any]]]:
    words = dict(MODE_WORDS)
    return [
        (closure, [words[mode] for mode in closure.modes])
        for closure in queries.coming_closures(timezone.now())
    ]


@require_http_methods(["GET", "POST"])
def closed(request: HttpRequest) -> HttpResponse:
    """Show closed roads with a form that closes one more, to those who may."""
    actor, now = actor_of(request), timezone.now()
    permit_close(actor)
    start = timezone.localtime(now).replace(second=0, microsecond=0)
    form = ClosingForm(request.POST or None, initial={"since": start})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                close_road(**form.asked(), actor=actor, at=now)
            except Invalid as refusal:
                for field, reason in refusal.fields.items():
                    form.add_error(field if field in form.fields else None, str(reason))
            except Refused as refusal:
                form.add_error(None, f"{refusal.reason} {refusal.hint}")
            else:
                messages.success(request, _("The road is closed; ways lead round it."))
                return redirect("roads:closed")
    context = {"form": form, "closed": _closed(), "has_map": store.current() is not None}
    return render(request, "roads/closed.html", context, status=status)


@require_POST
def reopen(request: HttpRequest, closure_id: UUID) -> HttpResponse:
    """Open a road again before its time."""
    try:
        reopen_road(closure_id, actor=actor_of(request), at=timezone.now())
    except Refused as refusal:
        if refusal.status == 403:
            raise
        messages.error(request, str(refusal.reason))
    else:
        messages.success(request, _("The road is open again."))
    return redirect("roads:closed")


def _moment(text: str | None) -> datetime | None:
    """Return a moment as extracts write it; None where there is none that can be read."""
    try:
        return datetime.fromisoformat(text or "")
    except ValueError:
        return None
