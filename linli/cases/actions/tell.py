"""Tell: what happened to cases becomes notices to those it concerns.

Read from the audit log in batches, so that no verb pays for it. Clocks end for many cases at the same
moment: whoever would get more than a few notices of one kind at once gets one, with their number.
"""

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_noop

from linli.cases.choices import Kind
from linli.cases.queries.audience import (
    AUDIENCES,
    Audience,
    Matter,
    Staff,
    askers,
    matters,
    staff,
)
from linli.kernel.working_days import local_date
from linli.notices.actions.listen import listen
from linli.notices.actions.send import Telling, notify_all
from linli.notices.queries.heard import Heard
from linli.notices.words import KIND_WORDS

LISTENER = "cases"
# More than this of one kind for one person at once are told as one.
SINGLE = 4
_WORDS = dict(KIND_WORDS)

type Found = tuple[Heard, Matter, Audience]
# "user" or "unit", which, and the kind of notice.
type Place = tuple[str, UUID, str]


@transaction.atomic
def tell(*, at: datetime, single: int = SINGLE) -> bool:
    """Tell what was not told yet, a batch of it; return whether there may be more."""
    heard, more = listen(LISTENER, list(AUDIENCES), at=at)
    if heard:
        notify_all(list(_tellings(heard, at, single)))
    return more


def _tellings(heard: Sequence[Heard], at: datetime, single: int) -> Iterable[Telling]:
    known = matters({one.object_id for one in heard})
    people = staff(_units(heard, known), local_date(at))
    asked = askers(
        known[one.object_id].id
        for one in heard
        if one.event in {"case.grant", "case.deny"} and one.object_id in known
    )
    found: list[Found] = []
    for one in heard:
        matter = known.get(one.object_id)
        audience = matter and AUDIENCES[one.event](matter, one.facts, people, asked)
        if matter and audience:
            found.append((one, matter, audience))
    crowded = _crowded(found, single)
    for one, matter, audience in found:
        yield _single(one, matter, audience, crowded, people)
    yield from _folded(crowded)


def _units(heard: Iterable[Heard], known: Mapping[str, Matter]) -> set[UUID]:
    named = ("to_unit", "unit", "told", "helper")
    units = {UUID(one.facts[name]) for one in heard for name in named if one.facts.get(name)}
    return units | {matter.holder for matter in known.values()}


def _crowded(found: Iterable[Found], single: int) -> dict[Place, list[Found]]:
    """Return what is too much to be told one by one, by whom it is told and what."""
    all_of: defaultdict[Place, list[Found]] = defaultdict(list)
    for entry in found:
        one, _matter, audience = entry
        for user in audience.people - {one.actor}:
            all_of["user", user, audience.kind].append(entry)
        all_of["unit", audience.unit, audience.kind].append(entry)
    return {place: entries for place, entries in all_of.items() if len(entries) > single}


def _single(
    one: Heard, matter: Matter, audience: Audience, crowded: Container[Place], people: Staff
) -> Telling:
    users = [
        user
        for user in audience.people - {one.actor}
        if ("user", user, audience.kind) not in crowded
    ]
    alone = ("unit", audience.unit, audience.kind) not in crowded
    words: dict[str, Any] = {
        "number": matter.number,
        "title": matter.title,
        "kind": Kind(matter.kind).label,
        "unit": people.units[matter.holder][2],
        "due": matter.due_at,
        "days": one.facts.get("days"),
    }
    return Telling(
        audience.kind,
        ("case", matter.id),
        one.at,
        to_users=users,
        to_units=(audience.unit,) if alone else (),
        key=one.facts["event"],
        rule=audience.rule,
        urgent=matter.urgency == "danger",
        words=words,
    )


def _folded(crowded: Mapping[Place, Sequence[Found]]) -> Iterable[Telling]:
    for (sort, receiver, kind), entries in crowded.items():
        yield Telling(
            "folded",
            ("cases", kind),
            max(one.at for one, _matter, _audience in entries),
            to_users=(receiver,) if sort == "user" else (),
            to_units=(receiver,) if sort == "unit" else (),
            # The same events in another batch would have other neighbours; the first names it.
            key=f"{kind}:{entries[0][0].facts['event']}",
            rule=gettext_noop("many at once"),
            urgent=any(matter.urgency == "danger" for _one, matter, _audience in entries),
            words={"count": len(entries), "what": _WORDS[kind]},
            folds=kind,
        )
