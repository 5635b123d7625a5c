"""The mediations a person's committees have in hand, the most urgent first."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, Value
from django.db.models.functions import Coalesce

from linli.accounts.actor import Actor
from linli.mediation import lifecycle
from linli.mediation.choices import State
from linli.mediation.models import Mediation
from linli.mediation.policy import visible_to

PAGE = 50
# Sorts behind every day: a mediation without a deadline yet.
_NEVER = date.max


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list."""

    id: UUID
    title: str
    number: str
    state: str
    committee: str
    due_on: date | None

    @property
    def state_label(self) -> str:
        """The state's word on the page."""
        return str(State(self.state).label)


def in_hand(actor: Actor, whose: Q, *, after: str = "", size: int = PAGE) -> tuple[list[Row], str]:
    """Return open mediations of ``whose`` by deadline, and the cursor of the page that follows.

    The cursor is empty where nothing follows.
    """
    open_ = Mediation.objects.filter(visible_to(actor), whose, state__in=sorted(lifecycle.OPEN))
    by_day = open_.annotate(day=Coalesce("due_on", Value(_NEVER)))
    if (place := _place(after)) is not None:
        day, key = place
        by_day = by_day.filter(Q(day__gt=day) | Q(day=day, id__gt=key))
    found = by_day.order_by("day", "id").values_list(
        "id", "case__title", "case__number", "state", "committee__name", "due_on"
    )
    rows = [Row(*values) for values in found[: size + 1]]
    if len(rows) <= size:
        return rows, ""
    last = rows[size - 1]
    return rows[:size], f"{(last.due_on or _NEVER).isoformat()}_{last.id}"


def _place(cursor: str) -> tuple[date, UUID] | None:
    day, _, key = cursor.partition("_")
    try:
        return date.fromisoformat(day), UUID(key)
    except ValueError:
        return None
