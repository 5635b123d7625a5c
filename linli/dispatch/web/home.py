"""The dispatcher's list: open incidents with their clocks, units, and areas left bare."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from linli.accounts.actor import Actor, actor_of
from linli.dispatch.choices import Status
from linli.dispatch.policy import DISPATCHING, dispatches, may_set_kinds
from linli.dispatch.queries import listing
from linli.dispatch.queries.cover import bare_areas
from linli.kernel.errors import NotPermitted

AT_HOME = frozenset({Status.AVAILABLE, Status.OFF_DUTY})


def permit_desk(actor: Actor) -> None:
    """Raise :class:`NotPermitted` unless the actor dispatches anywhere."""
    if not dispatches(actor):
        raise NotPermitted(
            _("This page is for dispatchers and directors."),
            _("The people of a unit have a page of their own: “My unit”."),
        )


def topics_of(actor: Actor) -> str:
    """Return the topics a dispatcher's pages listen to."""
    codes = sorted({role.area for role in actor.roles if role.kind in DISPATCHING})
    top = [c for c in codes if not any(c != up and c.startswith(up) for up in codes)]
    return " ".join(f"dispatch:{code}" for code in top[:8])


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show open incidents, the units that are out, and bare areas."""
    actor, now = actor_of(request), timezone.now()
    permit_desk(actor)
    rows, count = listing.open_incidents(actor, now)
    units = listing.units_of_desk(actor)
    free = sum(1 for unit in units if unit.status == Status.AVAILABLE)
    context = {
        "rows": rows,
        "count": count,
        "more": count - len(rows),
        "units": [unit for unit in units if unit.status not in AT_HOME or unit.standby_id],
        "off_duty": sum(1 for unit in units if unit.status == Status.OFF_DUTY),
        "free": free,
        "bare": bare_areas(actor, now),
        "topics": topics_of(actor),
        "may_set": may_set_kinds(actor),
    }
    return render(request, "dispatch/home.html", context)


@require_GET
def past(request: HttpRequest) -> HttpResponse:
    """Show incidents that are over, the latest first."""
    actor = actor_of(request)
    permit_desk(actor)
    found = listing.past_incidents(actor, _cursor(request.GET.get("after", "")))
    rows, more = found[:50], len(found) > 50
    last = rows[-1] if rows else None
    after = f"{last.received_at.isoformat()}_{last.id}" if more and last else ""
    return render(request, "dispatch/past.html", {"rows": rows, "after": after})


def _cursor(text: str) -> tuple[datetime, UUID] | None:
    moment, _between, key = text.partition("_")
    try:
        at = datetime.fromisoformat(moment)
        return (at, UUID(key)) if at.tzinfo else None
    except ValueError:
        return None
