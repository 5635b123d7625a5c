"""Remind of what is due: every morning mediators hear what they have to see to."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.accounts.queries import roles_on
from linli.kernel.working_days import local_date
from linli.mediation.models import Mediation, Seat
from linli.mediation.policy import MEDIATORS
from linli.mediation.queries.day import Item, answers, payments, windows
from linli.notices.actions.send import Telling, notify_all

TASKS = {
    "payment": _("a payment under the agreement"),
    "act": _("an act under the agreement"),
    "window": _("the last day to ask for judicial confirmation"),
    "answer": _("the answer to the referring body"),
}
# What is late is told once, and not for years: after so many days the page alone shows it.
_OLD = timedelta(days=14)
# The time for judicial confirmation is told a week before, and again on its last two days.
_LAST_CALL = timedelta(days=1)


@transaction.atomic
def remind_of_due(*, at: datetime) -> int:
    """Tell mediators of payments, confirmation windows and answers; return how many occasions.

    The case's own clocks tell of terms and follow-ups. Each occasion is told to a person once,
    however often this runs.
    """
    today = local_date(at)
    everything = Q()
    found = [
        *payments(everything, today, most=None), *windows(everything, today, most=None),
        *answers(everything, today, most=None),
    ]  # fmt: skip
    items = [one for one in found if one.day >= today - _OLD]
    committees = _committees(one.mediation for one in items)
    people = _people(committees, today)
    notify_all([_telling(one, people[one.mediation], committees, today, at) for one in items])
    return len(items)


def _telling(
    item: Item, people: set[UUID], committees: dict[UUID, Mediation], today: date, at: datetime
) -> Telling:
    if item.kind == "window":
        stage = "last" if item.day - today <= _LAST_CALL else "near"
    else:
        stage = "late" if item.day < today else "near"
    words = {
        "number": item.number, "title": item.title, "task": TASKS[item.kind],
        "due": item.day.isoformat(), "unit": committees[item.mediation].committee.name,
    }  # fmt: skip
    return Telling(
        "mediation_due", ("mediation", item.mediation), at, to_users=people,
        key=f"{item.kind}:{item.key}:{item.day}:{stage}", rule="mediation due", words=words,
    )  # fmt: skip


def _committees(keys: Iterable[UUID]) -> dict[UUID, Mediation]:
    return Mediation.objects.select_related("committee").in_bulk(list(set(keys)))


def _people(mediations: dict[UUID, Mediation], today: date) -> dict[UUID, set[UUID]]:
    """Return mediation → its mediators; where nobody is named, the committee's people."""
    seats = Seat.objects.filter(mediation__in=mediations, until=None)
    people: defaultdict[UUID, set[UUID]] = defaultdict(set)
    for mediation, user in seats.values_list("mediation", "user"):
        people[mediation].add(user)
    empty = {pk: row.committee.unit_id for pk, row in mediations.items() if pk not in people}
    roles = roles_on(today).filter(unit__in=set(empty.values()), kind__in=MEDIATORS)
    pairs = list(roles.values_list("unit", "user"))
    for pk, unit in empty.items():
        people[pk] = {user for where, user in pairs if where == unit}
    return people
