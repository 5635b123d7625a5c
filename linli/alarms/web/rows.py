"""An alarm as a row: its words, its stripe, and how long it has been waiting."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from linli.alarms import lifecycle
from linli.alarms.choices import LIGHTS, Severity
from linli.alarms.models import Alarm
from linli.alarms.queries.queue import seconds_since, with_paths


@dataclass(frozen=True, slots=True)
class Row:
    """What a list shows of an alarm. ``light`` is the stripe, ``word`` what it means."""

    alarm: Alarm
    area: str
    light: str
    word: str | Promise
    age: str
    is_waiting: bool


def rows_of(alarms: list[Alarm], now: datetime) -> list[Row]:
    """Return alarms as rows, in their order."""
    return [_row(alarm, area, now) for alarm, area in with_paths(alarms)]


def _row(alarm: Alarm, area: str, now: datetime) -> Row:
    waiting = alarm.state in lifecycle.WAITING
    light = "none" if alarm.is_test else LIGHTS[alarm.severity]
    word = Severity(alarm.severity).label
    return Row(alarm, area, light, word, age_words(seconds_since(alarm, now)), waiting)


def age_words(seconds: int) -> str:
    """Say how long ago something was."""
    if seconds < 60:
        return ngettext("%(n)d second", "%(n)d seconds", seconds) % {"n": seconds}
    minutes = seconds // 60
    if minutes < 60:
        return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
    hours = minutes // 60
    if hours < 48:
        return ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}
    return ngettext("%(n)d day", "%(n)d days", hours // 24) % {"n": hours // 24}


def words_of(rows: Iterable[Row]) -> str:
    """Say in one line how many wait, for those who only hear the page."""
    waiting = sum(row.is_waiting and not row.alarm.is_test for row in rows)
    if not waiting:
        return _("No alarm waits for an answer.")
    return ngettext(
        "%(n)d alarm waits for an answer.", "%(n)d alarms wait for an answer.", waiting
    ) % {"n": waiting}
