"""The queue of alarms, and those of before."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from linli.accounts.actor import actor_of
from linli.alarms.policy import answering_areas, keeping_areas, permit_open, warning_areas
from linli.alarms.queries import queue as reads
from linli.alarms.web.rows import rows_of, words_of
from linli.kernel.ids import read_id


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show the open alarms; ``?part=rows`` answers only the list, for a page that is open."""
    actor, now = actor_of(request), timezone.now()
    permit_open(actor)
    found = reads.queue(actor)
    rows = rows_of(found.alarms, now)
    context: dict[str, Any] = {
        "rows": rows,
        "said": words_of(rows),
        "more": found.total - len(rows),
        "topics": " ".join(f"alarms:{code}" for code in answering_areas(actor)[:8]),
        "may_warn": bool(warning_areas(actor)),
        "may_keep": bool(keeping_areas(actor)),
    }
    name = "alarms/_queue.html" if request.GET.get("part") == "rows" else "alarms/queue.html"
    return render(request, name, context)


@require_GET
def past(request: HttpRequest) -> HttpResponse:
    """Show alarms that were reset, the latest first."""
    actor = actor_of(request)
    permit_open(actor)
    alarms, after = reads.past(actor, after=read_id(request.GET.get("after", "")))
    context = {"rows": rows_of(alarms, timezone.now()), "after": after or ""}
    return render(request, "alarms/past.html", context)
