"""A person's calendar as an iCalendar file (RFC 5545): number, kind and room, nothing else.

Their deadlines come from here; other apps add entries by the table ``LINLI_CALENDARS``.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from linli.accounts.actor import Actor
from linli.cases.models import Case

REFRESH = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that takes a person's time, from ``begins`` to ``ends``; no names and no titles.

    ``key`` is unique among all entries and stays when it is moved.
    """

    key: str
    begins: datetime
    ends: datetime
    summary: str
    place: str = ""


type Source = Callable[[Actor, datetime], Iterable[Entry]]


def entries_of(actor: Actor, at: datetime) -> list[Entry]:
    """Return what other apps put into a person's calendar."""
    names: Sequence[str] = import_string(settings.LINLI_CALENDARS)
    sources: list[Source] = [import_string(name) for name in names]
    return [entry for source in sources for entry in source(actor, at)]


def calendar_of(cases: Iterable[Case], at: datetime, entries: Iterable[Entry] = ()) -> bytes:
    """Return a calendar with one entry a case, at the moment it is due, and ``entries``."""
    calendar = Calendar()
    calendar.add("prodid", "-//Linli//deadlines//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _("Linli: deadlines and sessions"))
    calendar.add("refresh-interval", REFRESH, parameters={"value": "DURATION"})
    for case in cases:
        entry = Event()
        entry.add("uid", f"{case.pk}@linli")
        entry.add("dtstamp", at)
        entry.add("dtstart", case.due_at)
        entry.add("summary", f"{case.number} {case.get_kind_display()}")
        entry.add("transp", "TRANSPARENT")
        calendar.add_component(entry)
    for one in entries:
        calendar.add_component(_event(one, at))
    text: bytes = calendar.to_ical()
    return text


def _event(one: Entry, at: datetime) -> Event:
    event = Event()
    event.add("uid", f"{one.key}@linli")
    event.add("dtstamp", at)
    event.add("dtstart", one.begins)
    event.add("dtend", one.ends)
    event.add("summary", one.summary)
    if one.place:
        event.add("location", one.place)
    return event
