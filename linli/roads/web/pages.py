"""The page of the map: which one is in use, and which roads are closed."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from linli.accounts.actor import actor_of
from linli.roads import queries, store
from linli.roads.models import MODE_WORDS
from linli.roads.policy import permit_administer


@require_GET
def state(request: HttpRequest) -> HttpResponse:
    """Show administrators the map in use, how to bring a newer one, and closed roads."""
    permit_administer(actor_of(request))
    version, words = store.current(), dict(MODE_WORDS)
    closed = [
        (closure, [words[mode] for mode in closure.modes])
        for closure in queries.coming_closures(timezone.now())
    ]
    context: dict[str, Any] = {"version": version, "closed": closed}
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


def _moment(text: str | None) -> datetime | None:
    """Return a moment as extracts write it; None where there is none that can be read."""
    try:
        return datetime.fromisoformat(text or "")
    except ValueError:
        return None
