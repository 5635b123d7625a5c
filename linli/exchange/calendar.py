"""A person's deadlines as an iCalendar file (RFC 5545): number and kind, nothing else."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from linli.cases.models import Case

REFRESH = timedelta(hours=1)


def calendar_of(cases: Iterable[Case], at: datetime) -> bytes:
    """Return a calendar with one entry a case, at the moment it is due."""
    calendar = Calendar()
    calendar.add("prodid", "-//Linli//deadlines//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _("Linli: deadlines"))
    calendar.add("refresh-interval", REFRESH, parameters={"value": "DURATION"})
    for case in cases:
        entry = Event()
        entry.add("uid", f"{case.pk}@linli")
        entry.add("dtstamp", at)
        entry.add("dtstart", case.due_at)
        entry.add("summary", f"{case.number} {case.get_kind_display()}")
        entry.add("transp", "TRANSPARENT")
        calendar.add_component(entry)
    text: bytes = calendar.to_ical()
    return text
