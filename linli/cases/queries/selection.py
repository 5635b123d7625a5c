"""Which cases are asked for: the filters of lists, map, export and search, and their conditions.

A condition is ``(column, operator, value)`` over ``cases_case``. The same conditions go into the
statements built here (:mod:`.picking`) and, as JSON, into the database's function for words, which
knows the same columns and operators.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone

from linli.accounts.actor import Actor
from linli.cases import lifecycle

type Condition = tuple[str, str, Any]

OPEN = tuple(sorted(lifecycle.OPEN))
DONE = (lifecycle.CLOSED, lifecycle.RESOLVED)
ENDED = tuple(sorted(lifecycle.ENDED_OTHERWISE))
# A filter can name one state or a group of them.
GROUPS = {"open": OPEN, "done": DONE, "ended": ENDED}
# Which states can show a light at all, so that an index narrows before the light is computed.
STATES_OF_LIGHT = {
    "red": (*OPEN, lifecycle.RESOLVED),
    "yellow": (*OPEN, lifecycle.RESOLVED),
    "blue": (*OPEN, lifecycle.RESOLVED),
    "green": DONE,
    "none": ENDED,
}
NEWEST, BY_DEADLINE = "newest", "due"
_LIGHT = "cases_light(c.state, c.high_risk, c.followed_up_at, c.warn_at, c.due_at, %s)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """The filters a person set; what is empty does not filter.

    ``state`` is a state or a key of :data:`GROUPS`; ``handlers`` and ``units`` are ids (an empty
    tuple: nobody of that name, so nothing is found); ``since`` and ``until`` are days of
    registration, both included; ``located`` leaves out what has no point.
    """

    area: str = ""
    kind: str = ""
    category: str = ""
    state: str = ""
    level: str = ""
    light: str = ""
    overdue: bool = False
    channel: str = ""
    handlers: tuple[UUID, ...] | None = None
    units: tuple[UUID, ...] | None = None
    since: date | None = None
    until: date | None = None
    number: str = ""
    words: str = ""
    order: str = NEWEST
    located: bool = False

    @property
    def is_impossible(self) -> bool:
        """Say whether a name was asked for that nobody has."""
        return self.handlers == () or self.units == ()


def conditions(selection: Selection, now: datetime) -> list[Condition]:
    """Return what a case must fulfil, without its area."""
    found: list[Condition] = [
        (column, "=", value)
        for column, value in (
            ("kind", selection.kind),
            ("category_id", selection.category),
            ("level", selection.level),
            ("channel", selection.channel),
        )
        if value
    ]
    found += _by_state(selection, now)
    if selection.overdue:
        found.append(("due_at", "<", now))
    if selection.handlers is not None:
        found.append(("handler_id", "in", selection.handlers))
    if selection.units is not None:
        found.append(("holder_id", "in", selection.units))
    if selection.since:
        found.append(("opened_at", ">=", _midnight(selection.since)))
    if selection.until:
        found.append(("opened_at", "<", _midnight(selection.until + timedelta(days=1))))
    if selection.number:
        found += [("number", ">=", selection.number), ("number", "<", selection.number + "~")]
    if selection.located:
        found.append(("longitude", "known", None))
    return found


def _by_state(selection: Selection, now: datetime) -> list[Condition]:
    found: list[Condition] = []
    states = GROUPS.get(selection.state, (selection.state,) if selection.state else ())
    if selection.order == BY_DEADLINE:
        # Only what runs has a deadline. Said this way the planner sees that most of it is open.
        found.append(("due_at", "known", None))
        if states == OPEN:
            found.append(("state", "<>", lifecycle.RESOLVED))
            states = ()
    if len(states) == 1:
        found.append(("state", "=", states[0]))
    elif states:
        found.append(("state", "in", states))
    if selection.light:
        if not states and selection.order != BY_DEADLINE:
            found.append(("state", "in", STATES_OF_LIGHT[selection.light]))
        found.append(("light", "=", (selection.light, now)))
    return found


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=timezone.get_default_timezone())


def sql_of(condition: Condition) -> tuple[str, list[Any]]:
    """Return a condition on the row ``c`` with its parameters."""
    column, operator, value = condition
    if column == "light":
        colour, now = value
        return f"{_LIGHT} = %s", [now, colour]
    name = connection.ops.quote_name(column)
    if operator == "known":
        return f"c.{name} IS NOT NULL", []
    if operator == "in":
        return f"c.{name} = ANY (%s)", [list(value)]
    return f"c.{name} {operator} %s", [value]


def joined(found: Sequence[Condition]) -> tuple[str, list[Any]]:
    """Return conditions joined by AND, each led by one, with their parameters."""
    parts = [sql_of(condition) for condition in found]
    text = "".join(f" AND {sql}" for sql, _values in parts)
    return text, [value for _sql, values in parts for value in values]


_WHOLE = re.compile(r"[0-9]{4,15}-[0-9]{0,4}(-[0-9]{0,6})?")
_LAST_PART = re.compile(r"[0-9]{6}")


def number_or_words(text: str, actor: Actor, today: date) -> dict[str, str]:
    """Tell a case number from words: the whole, its beginning, or the last six digits of one.

    Six digits alone mean this year's case of the actor's own centre.
    """
    text = " ".join(text.split())
    if _WHOLE.fullmatch(text):
        return {"number": text}
    if _LAST_PART.fullmatch(text) and actor.roles:
        return {"number": f"{actor.roles[0].area}-{today.year}-{text}"}
    return {"words": text} if text else {}
