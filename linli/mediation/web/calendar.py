"""The calendar: a week of sessions, one's own marked, and the rooms."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from linli.accounts.actor import actor_of
from linli.kernel.errors import NotPermitted
from linli.mediation.policy import MEDIATORS
from linli.mediation.queries.week import (
    Slot,
    booked,
    days_of,
    name_of,
    sessions_in,
    week_of,
)

_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the week with its sessions."""

    date: date
    slots: list[Slot]


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show the week of ``?week=2026-W11``, without it this one."""
    actor, today = actor_of(request), timezone.localdate()
    if not actor.holds(*MEDIATORS):
        raise NotPermitted(_("The calendar is read by mediators and by the directors over them."))
    monday = week_of(request.GET.get("week", ""), today)
    slots = sessions_in(actor, monday)
    days = [Day(day, [one for one in slots if one.day == day]) for day in days_of(monday)]
    context = {
        "days": days,
        "rooms": booked(actor, monday, slots),
        "today": today,
        "before": name_of(monday - _WEEK),
        "after": name_of(monday + _WEEK),
        "is_this_week": monday <= today < monday + _WEEK,
        "count": len(slots),
        "trail": [(reverse("mediation:list"), _("Mediation"))],
    }
    return render(request, "mediation/calendar.html", context)
