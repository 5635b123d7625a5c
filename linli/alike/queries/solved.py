"""How was it solved before: lessons of the whole city, without anybody's name or place.

A lesson is found by its rarest pairs: the rarest of the asked ones are looked up until enough
lessons are at hand, and those are compared. Where even the rarest pair is common, two of them must
come together; so what is read stays small however many lessons there are.
"""

from dataclasses import dataclass
from itertools import combinations
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.alike.grams import Rarities, Short, as_keys, rarities, short, unpacked
from linli.alike.models import Solved
from linli.alike.policy import permit_compare
from linli.alike.queries.weighing import likeness
from linli.areas.codes import Level
from linli.cases.choices import Verb
from linli.cases.models import Case
from linli.cases.policy import visible_to

MOST = 3
# So many lessons are compared at most, found by so many of the text's rarest pairs.
_COMPARED, _PAIRS = 400, 12
_RARE = 4
_ENOUGH = 0.22
_CATEGORY, _PLEASED = 1.15, 1.05

_READ = "(SELECT case_id, category, satisfaction, grams FROM alike_solved WHERE keys {} LIMIT %s)"
_BY_ANY, _BY_BOTH = _READ.format("&& %s::int[]"), _READ.format("@> %s::int[]")
_HOW_MANY = "SELECT greatest(reltuples, 0)::int FROM pg_class WHERE oid = 'alike_solved'::regclass"


@dataclass(frozen=True, slots=True)
class Lesson:
    """A solved case without personal data. ``case`` only where the actor may see the case itself.

    ``when`` is a quarter such as “2026 Q1”; ``steps`` are (verb's word, days since registration).
    """

    title: str
    outcome: str
    category: str
    level: str
    days: int
    satisfaction: int | None
    when: str
    steps: list[tuple[str, int]]
    score: float
    case: Case | None

    @property
    def level_label(self) -> str:
        """The level's word on the page."""
        return str(Level(self.level).label) if self.level else ""


class _Row(NamedTuple):
    case: UUID
    category: str
    satisfaction: int | None
    grams: memoryview


def solved_before(case: Case, actor: Actor, *, most: int = MOST) -> list[Lesson]:
    """Return how the likest cases of the city were solved, the likest first, each way once.

    Raises :class:`NotPermitted` for who does not work on cases.
    """
    permit_compare(actor)
    known = rarities()
    asked = short(case.title, case.description)
    rows = [row for row in _candidates(asked, known) if row.case != case.id]
    alike = likeness(asked, [unpacked(row.grams) for row in rows], known)
    scored = []
    for words, row in zip(alike, rows, strict=True):
        score = float(words) * (_CATEGORY if row.category == (case.category_id or "") else 1)
        scored.append((score * (_PLEASED if row.satisfaction == 5 else 1), row.case))
    # Twice as many as are shown: the same answer is given once.
    best = [one for one in sorted(scored, reverse=True)[: most * 6] if one[0] >= _ENOUGH]
    return _told(best, actor, most)


def _candidates(asked: Short, known: Rarities) -> list[_Row]:
    pairs = known.rarest(asked, _PAIRS)
    if not len(pairs):
        return []
    arms: list[tuple[str, list[Any]]] = []
    with connection.cursor() as cursor:
        cursor.execute(_HOW_MANY)
        (lessons,) = cursor.fetchone()
        # What the sample did not have may still be there.
        expected = (known.counts(pairs) + 1) * (lessons / max(known.texts, 1))
        few = [
            pair for pair, sum_ in zip(pairs, expected.cumsum(), strict=True) if sum_ < _COMPARED
        ]
        if len(few) >= 2:
            keys = as_keys(pairs[: len(few)])
            arms = [(_BY_ANY, [keys, _COMPARED])]
        else:
            # The rarest are common: the likest have several of them.
            rare = as_keys(pairs[:_RARE])
            each = _COMPARED // _RARE
            arms = [(_BY_BOTH, [list(two), each]) for two in combinations(rare, 2)]
            if len(rare) == 1:
                arms = [(_BY_ANY, [rare, _COMPARED])]
        cursor.execute(
            " UNION ALL ".join(sql for sql, _values in arms),
            [value for _sql, values in arms for value in values],
        )
        return list({row[0]: _Row(*row) for row in cursor.fetchall()}.values())


def _told(best: list[tuple[float, UUID]], actor: Actor, most: int) -> list[Lesson]:
    ids = [case for _score, case in best]
    found = {one.case_id: one for one in Solved.objects.filter(pk__in=ids)}
    visible = {case.id: case for case in Case.objects.filter(visible_to(actor), pk__in=ids)}
    lessons: dict[tuple[str, str], Lesson] = {}
    for score, key in best:
        one = found.get(key)
        if one is None or (one.title, one.outcome) in lessons or len(lessons) == most:
            continue
        lessons[one.title, one.outcome] = Lesson(
            title=one.title,
            outcome=one.outcome,
            category=one.category,
            level=one.level,
            days=one.days,
            satisfaction=one.satisfaction,
            when=_quarter(one),
            steps=[(str(Verb(verb).label), days) for verb, days in one.steps],
            score=round(score, 3),
            case=visible.get(key),
        )
    return list(lessons.values())


def _quarter(one: Solved) -> str:
    # A day would say too much about a case one may not open.
    moment = one.solved_at
    return _("%(year)s, quarter %(quarter)s") % {
        "year": moment.year,
        "quarter": (moment.month + 2) // 3,
    }
