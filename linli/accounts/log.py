"""Reading the audit log, within the areas an auditor's roles cover.

An entry belongs to whoever did it: an auditor reads what the people of the area did. What the system
did by itself belongs to the whole city. Entries name rows by id; numbers of cases and names of
colleagues are put beside them, personal data and texts are not in the log at all.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from typing import Any, Protocol, cast
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet

from linli.accounts.actor import Actor
from linli.accounts.history import names_of
from linli.accounts.models import Role, User
from linli.accounts.policy import CITY_LENGTH, audited, covers
from linli.accounts.words import event_label, object_label
from linli.audit.models import Entry
from linli.kernel.paging import page_of

PAGE = 100


class Numbers(Protocol):
    """Case numbers: see :mod:`linli.cases.numbers`."""

    def numbers_of(self, ids: Sequence[str]) -> dict[str, str]:
        """Return id → number."""

    def id_of(self, number: str) -> UUID | None:
        """Return the case with this number."""

    def reason_of(self, key: str, kept: str) -> str | None:
        """Return the words of a reason the log holds the hash of."""


def _numbers() -> Numbers:
    return cast("Numbers", import_module(settings.LINLI_NUMBERS))


@dataclass(frozen=True, slots=True)
class Search:
    """What the log is searched for; all optional. ``since`` and ``until`` are moments."""

    since: datetime | None = None
    until: datetime | None = None
    event: str = ""
    person: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One entry in words."""

    id: int
    at: datetime
    person: str
    event: str
    label: str
    kind: str
    object: str
    chain: int
    sequence: int
    facts: str

    @property
    def has_reason(self) -> bool:
        """Say whether somebody wrote why; the words are not in the log."""
        return "reason" in json.loads(self.facts)


@dataclass(frozen=True, slots=True)
class Page:
    """A page of entries, the latest first, and the cursor of the one that follows."""

    lines: list[Line]
    after: str


def entries(actor: Actor, search: Search, after: str = "", size: int = PAGE) -> Page:
    """Return entries older than the cursor ``after`` (``microseconds_id``)."""
    found = _found(actor, search)
    rows, following = page_of(found, after, size)
    return Page(_lines(rows), following)


def every_entry(actor: Actor, search: Search, size: int = 1000) -> Iterator[Line]:
    """Return all entries found, page by page, so that memory stays small."""
    after = ""
    while True:
        page = entries(actor, search, after, size)
        yield from page.lines
        if not page.after:
            return
        after = page.after


def _found(actor: Actor, search: Search) -> QuerySet[Entry]:
    found = Entry.objects.filter(_scope(actor))
    if search.since:
        found = found.filter(at__gte=search.since)
    if search.until:
        found = found.filter(at__lt=search.until)
    if search.event:
        found = found.filter(event=search.event)
    if words := search.person.strip():
        people = User.objects.filter(Q(username__iexact=words) | Q(name=words))
        found = found.filter(actor__in=list(people.values_list("pk", flat=True)))
    if number := search.number.strip():
        found = found.filter(object_id=str(_numbers().id_of(number) or number))
    return found


def _scope(actor: Actor) -> Q:
    codes = audited(actor)
    if any(len(code) <= CITY_LENGTH for code in codes):
        return Q()
    return Q(actor__in=Role.objects.filter(covers(codes)).values("user"))


def _lines(rows: Sequence[Entry]) -> list[Line]:
    names = names_of(row.actor for row in rows)
    cases = [row.object_id for row in rows if row.object_type == "case"]
    called: dict[str, str] = _numbers().numbers_of(cases) if cases else {}
    people = {row.pk: person for row in rows if (person := _person_in(row))}
    theirs = names_of(people.values())
    called |= {row.object_id: theirs.get(people[row.pk], "") for row in rows if row.pk in people}
    return [
        Line(
            id=row.pk,
            at=row.at,
            person=names.get(row.actor, "") if row.actor else "Linli",
            event=row.event,
            label=event_label(row.event),
            kind=object_label(row.object_type),
            object=called.get(row.object_id) or row.object_id,
            chain=row.chain,
            sequence=row.sequence,
            facts=_json(row.facts),
        )
        for row in rows
    ]


def entry_with_reason(actor: Actor, key: int) -> Entry | None:
    """Return an entry an auditor may read, if somebody wrote why."""
    row = Entry.objects.filter(_scope(actor), pk=key).first()
    return row if row is not None and "reason" in _facts(row) else None


def line_of(row: Entry) -> Line:
    """Return one entry in words."""
    return _lines([row])[0]


def reason_text(row: Entry) -> str | None:
    """Return why it was done; None where the words were erased or do not match the log."""
    facts = _facts(row)
    return _numbers().reason_of(facts.get("reason_id") or row.object_id, facts["reason"])


def _person_in(row: Entry) -> UUID | None:
    """Return the colleague an entry is about: the person, or whose role or leave it is."""
    text = row.object_id if row.object_type == "user" else _facts(row).get("user")
    return UUID(text) if text else None


def _facts(row: Entry) -> dict[str, Any]:
    facts: dict[str, Any] = json.loads(_json(row.facts))
    return facts


def _json(facts: Any) -> str:
    # The driver has read the column's text already.
    return facts if isinstance(facts, str) else json.dumps(facts, ensure_ascii=False)
