"""Keep what is compared of cases: their words, and what was done where they were solved."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction

from linli.accounts.models import User
from linli.alike.grams import Rarities, Short, as_keys, packed, rarities, short
from linli.alike.masking import masked
from linli.alike.models import Solved, Text
from linli.alike.places import cell_of
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
_FIELDS = ("title", "outcome")


@transaction.atomic
def keep_texts(cases: Sequence[UUID]) -> int:
    """Bring the texts and lessons of ``cases`` to the cases as they are; return how many."""
    rows = list(Case.objects.filter(pk__in=cases).order_by("pk"))
    if not rows:
        return 0
    known = rarities()
    words = {case.id: short(case.title, case.place, case.description) for case in rows}
    Text.objects.bulk_create(
        [
            Text(
                case_id=case.id, version=case.version, area=case.area_id,
                cell=cell_of(case.latitude, case.longitude), opened_at=case.opened_at,
                grams=packed(words[case.id]),
            )
            for case in rows
        ],
        update_conflicts=True, unique_fields=["case"],
        update_fields=["version", "area", "cell", "opened_at", "grams"],
    )  # fmt: skip
    _keep_lessons([case for case in rows if _is_lesson(case)], words, known)
    Solved.objects.filter(pk__in=[case.id for case in rows if not _is_lesson(case)]).delete()
    return len(rows)


def _is_lesson(case: Case) -> bool:
    return (
        case.state in (RESOLVED, CLOSED)
        and bool(case.outcome.strip())
        and case.kind in _LESSONS
        and not case.high_risk
        and (case.satisfaction is None or case.satisfaction >= _CONTENT)
    )


def _keep_lessons(cases: Sequence[Case], words: Mapping[UUID, Short], known: Rarities) -> None:
    """Write the lessons; who was erased can't be taken out any more, so such a case is left out."""
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
        told = {
            name: masked(getattr(case, name), people[case.id], around)[: _LONGEST[name]]
            for name in _FIELDS
        }
        lessons.append(
            Solved(
                case_id=case.id, version=case.version, kind=case.kind,
                category=case.category_id or "", steps=steps[case.id],
                level=case.resolved_level, days=max(0, (case.resolved_at - case.opened_at).days),
                satisfaction=case.satisfaction, solved_at=case.resolved_at,
                grams=packed(words[case.id]), keys=as_keys(known.rarest(words[case.id], KEYS)),
                **told,
            )
        )  # fmt: skip
    Solved.objects.filter(pk__in=erased).delete()
    Solved.objects.bulk_create(
        lessons, update_conflicts=True, unique_fields=["case"],
        update_fields=[
            "version", "kind", "category", "title", "outcome", "steps", "level", "days",
            "satisfaction", "solved_at", "grams", "keys",
        ],
    )  # fmt: skip


_LONGEST = {"title": 120, "outcome": 1000}


def _people_of(cases: Sequence[Case]) -> tuple[dict[UUID, set[str]], set[UUID]]:
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


def _steps_of(cases: Sequence[Case], people: dict[UUID, set[str]]) -> dict[UUID, list[list[Any]]]:
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
