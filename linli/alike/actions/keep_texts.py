"""Keep what is compared of cases: their words, and what was done where they were solved."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection, transaction

from linli.accounts.models import User
from linli.alike.grams import Rarities, Short, as_keys, packed, rarities, short
from linli.alike.masking import mask_of
from linli.alike.models import Solved, Text
from linli.alike.places import cell_of
from linli.alike.rows import put
from linli.areas.codes import above
from linli.areas.models import Area
from linli.cases.actions.parties import opened
from linli.cases.lifecycle import CLOSED, RESOLVED
from linli.cases.models import Case, Event, Party

# By so many of its rarest pairs a solved case is found.
KEYS = 24
# A lesson is what worked: not what left people unsatisfied, nor what may hurt somebody when told.
_LESSONS = frozenset({"dispute", "request", "hazard"})
_CONTENT = 3
_TITLE, _OUTCOME = 120, 1000

# Held until the lesson is written: whoever erases a party meanwhile waits, and then deletes it.
_HOLD = "SELECT id, version FROM cases_case WHERE id = ANY(%s) ORDER BY id FOR KEY SHARE"


class _Case(NamedTuple):
    """What is read of a case."""

    id: UUID
    version: int
    kind: str
    category_id: str | None
    title: str
    place: str
    description: str
    area_id: str
    latitude: float | None
    longitude: float | None
    opened_at: datetime
    state: str
    outcome: str
    high_risk: bool
    satisfaction: int | None
    resolved_at: datetime | None
    resolved_level: str


@transaction.atomic
def keep_texts(cases: Sequence[UUID]) -> int:
    """Bring the texts and lessons of ``cases`` to the cases as they are; return how many."""
    found = Case.objects.filter(pk__in=cases).order_by("pk").values_list(*_Case._fields)
    rows = [_Case(*row) for row in found]
    if not rows:
        return 0
    words = {case.id: short(case.title, case.place, case.description) for case in rows}
    texts = [
        (
            case.id, case.version, case.area_id, cell_of(case.latitude, case.longitude),
            case.opened_at, packed(words[case.id]),
        )
        for case in rows
    ]  # fmt: skip
    put(Text, texts)
    _keep_lessons([case for case in rows if _is_lesson(case)], words, rarities())
    Solved.objects.filter(pk__in=[case.id for case in rows if not _is_lesson(case)]).delete()
    return len(rows)


def _is_lesson(case: _Case) -> bool:
    return (
        case.state in (RESOLVED, CLOSED)
        and bool(case.outcome.strip())
        and case.kind in _LESSONS
        and not case.high_risk
        and (case.satisfaction is None or case.satisfaction >= _CONTENT)
    )


def _keep_lessons(cases: Sequence[_Case], words: Mapping[UUID, Short], known: Rarities) -> None:
    """Write the lessons; who was erased can't be taken out any more, so such a case is left out."""
    cases = _held(cases)
    if not cases:
        return
    people, erased = _people_of(cases)
    steps = _steps_of(cases, people)
    places = _names_of(case.area_id for case in cases)
    lessons = []
    for case in cases:
        if case.id in erased or case.resolved_at is None:
            continue
        around = [case.place, *(n for code in above(case.area_id) for n in places.get(code, ()))]
        mask = mask_of(people[case.id], around)
        lessons.append(
            (
                case.id, case.version, case.kind, case.category_id or "",
                mask(case.title)[:_TITLE], mask(case.outcome)[:_OUTCOME],
                json.dumps(steps[case.id]), case.resolved_level,
                max(0, (case.resolved_at - case.opened_at).days), case.satisfaction,
                case.resolved_at, packed(words[case.id]),
                as_keys(known.rarest(words[case.id], KEYS)),
            )
        )  # fmt: skip
    Solved.objects.filter(pk__in=erased).delete()
    put(Solved, lessons)


def _held(cases: Sequence[_Case]) -> list[_Case]:
    """Return those of ``cases`` that did not change since they were read, and hold them."""
    with connection.cursor() as cursor:
        cursor.execute(_HOLD, [[case.id for case in cases]])
        held = dict(cursor.fetchall())
    return [case for case in cases if held.get(case.id) == case.version]


def _people_of(cases: Sequence[_Case]) -> tuple[dict[UUID, set[str]], set[UUID]]:
    """Return case → what its parties are known by, and the cases with an erased party."""
    people: dict[UUID, set[str]] = defaultdict(set)
    erased = set()
    for party in Party.objects.filter(case__in=[case.id for case in cases]):
        if party.erased_at is not None:
            erased.add(party.case_id)
            continue
        personal: dict[str, Any] = opened(party)
        for name in ("name", "phone", "address", "identity_number"):
            if value := str(personal.get(name) or ""):
                people[party.case_id].add(value)
    return people, erased


def _steps_of(cases: Sequence[_Case], people: dict[UUID, set[str]]) -> dict[UUID, list[list[Any]]]:
    """Return case → its moves as (verb, days since registration); adds who moved it to ``people``."""
    opened_at = {case.id: case.opened_at for case in cases}
    steps: dict[UUID, list[list[Any]]] = defaultdict(list)
    actors: dict[UUID, set[UUID]] = defaultdict(set)
    events = Event.objects.filter(case__in=list(opened_at)).order_by("id")
    for case, verb, at, actor in events.values_list("case_id", "verb", "at", "actor_id"):
        if verb not in _UNTOLD:
            steps[case].append([verb, max(0, (at - opened_at[case]).days)])
        if actor:
            actors[case].add(actor)
    everybody = {one for found in actors.values() for one in found}
    names = dict(User.objects.filter(pk__in=everybody).values_list("pk", "name"))
    for case, found in actors.items():
        people[case] |= {names[one] for one in found if one in names}
    return steps


_UNTOLD = frozenset({"alert", "remind", "supervise", "hand_over", "classify"})


def _names_of(codes: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return code → the names of an area, with and without its kind, for it and all above."""
    wanted = {part for code in codes for part in above(code)}
    found = Area.objects.filter(code__in=wanted).values_list("code", "name", "level")
    return {
        code: (name, *_without_kind(name))
        for code, name, level in found
        # “第一网格” is a word like any other.
        if level != "grid"
    }


def _without_kind(name: str) -> list[str]:
    for kind in (
        "社区",
        "街道",
        "村民委员会",
        "居民委员会",
        "村委会",
        "村",
        "镇",
        "乡",
        "区",
        "县",
        "市",
    ):
        short_name = name.removesuffix(kind)
        if short_name != name and len(short_name) > 1:
            return [short_name]
    return []
