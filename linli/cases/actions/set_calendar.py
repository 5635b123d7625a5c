"""The working-day calendar: the holidays and make-up workdays of a year, as they are published."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.audit.record import record
from linli.cases.actions.set_deadline_rule import permit_policies
from linli.kernel.errors import Invalid, NotFound
from linli.kernel.models import CalendarDay
from linli.kernel.working_days import forget_table, local_date

RESTS, WORKS = ("休", "holiday", "rest", "0"), ("班", "workday", "work", "1")
YEARS_AHEAD = 5


@dataclass(frozen=True, slots=True)
class Day:
    """One dated exception to the week."""

    date: date
    works: bool
    name: str


def read_days(text: str) -> list[Day]:
    """Read lines of ``2027-01-01, 休, 元旦`` (休 or 班; commas, blanks or tabs between).

    Raises :class:`Invalid` that names the first line it can't read.
    """
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        parts = line.replace(",", " ").replace(",", " ").split()
        if not parts:
            continue
        try:
            day, word, *name = date.fromisoformat(parts[0]), *parts[1:]
        except (ValueError, IndexError):
            day, word, name = None, "", []
        if day is None or word.lower() not in RESTS + WORKS:
            message = _("Line %(number)s can't be read: a date, 休 or 班, and a name.")
            raise Invalid(message % {"number": number}, {"text": message % {"number": number}})
        found.append(Day(day, word.lower() in WORKS, " ".join(name)[:40]))
    if not found:
        raise Invalid(_("There is no day in it."), {"text": _("Write one day a line.")})
    return found


@transaction.atomic
def set_calendar(days: Iterable[Day], *, actor: Actor, at: datetime) -> int:
    """Enter days, from today on; a day that is there already is replaced. Returns how many.

    Deadlines that were computed before keep their moment.
    """
    permit_policies(actor)
    days = list({day.date: day for day in days}.values())
    today = local_date(at)
    for day in days:
        if day.date < today or day.date.year > today.year + YEARS_AHEAD:
            message = _("%(day)s is past, or too far away.") % {"day": day.date.isoformat()}
            raise Invalid(message, {"date": message, "text": message})
    CalendarDay.objects.bulk_create(
        [CalendarDay(date=day.date, works=day.works, name=day.name) for day in days],
        update_conflicts=True,
        unique_fields=["date"],
        update_fields=["works", "name"],
    )
    facts = {"days": {day.date.isoformat(): day.works for day in days}}
    record(
        "calendar", str(today.year), "case.set_calendar", actor=actor.user_id, at=at, facts=facts
    )
    transaction.on_commit(forget_table)
    return len(days)


@transaction.atomic
def clear_calendar_day(day: date, *, actor: Actor, at: datetime) -> None:
    """Take back a day to come: the published calendar, or the week, decides again."""
    permit_policies(actor)
    if day < local_date(at):
        raise Invalid(_("A past day stays as it was."))
    removed, _kinds = CalendarDay.objects.filter(date=day).delete()
    if not removed:
        raise NotFound(_("This day is not in the calendar."))
    facts = {"day": day.isoformat()}
    record(
        "calendar",
        str(day.year),
        "case.clear_calendar_day",
        actor=actor.user_id,
        at=at,
        facts=facts,
    )
    transaction.on_commit(forget_table)
