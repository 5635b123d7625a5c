"""Read a case that came in: a proposal where its category is open, a lesson where somebody chose."""

from collections.abc import Sequence
from datetime import datetime
from itertools import batched
from uuid import UUID

from django.db import transaction

from linli.cases.lifecycle import OPEN
from linli.cases.models import Case
from linli.reading.models import Lesson, Proposed
from linli.reading.proposal import Part, Proposal
from linli.reading.queries.case_proposal import present_value, read_case

# So few that nobody decides meanwhile about what is proposed.
_TOGETHER = 50


@transaction.atomic
def read(case_id: UUID, *, at: datetime, proposal: Proposal | None = None) -> None:
    """Keep a proposal for a case without a category, else what was proposed and what was chosen.

    ``proposal`` is what a service said meanwhile, asked outside of any transaction.
    """
    case = Case.objects.filter(pk=case_id).first()
    if case is None:
        return
    found = proposal or read_case(case)
    if case.category_id is None:
        if case.state in OPEN and found.parts():
            _propose(case, found, at)
        return
    _keep(case, found.parts(), found.version, at)


def read_all(case_ids: Sequence[UUID], *, at: datetime) -> None:
    """Do for cases that were registered what :func:`read` does for each, some in a transaction."""
    for some in batched(case_ids, _TOGETHER):
        with transaction.atomic():
            lessons: list[Lesson] = []
            for case in Case.objects.filter(pk__in=some).order_by("pk"):
                found = read_case(case)
                if case.category_id is not None:
                    lessons += _lessons(case, found.parts(), found.version, at)
                elif case.state in OPEN and found.parts():
                    _propose(case, found, at)
            Lesson.objects.bulk_create(lessons, ignore_conflicts=True)


@transaction.atomic
def read_many(case_ids: Sequence[UUID], *, at: datetime) -> None:
    """Do so for the cases of an import that have no category; nobody chose the others by hand."""
    for case in Case.objects.filter(pk__in=case_ids, category=None):
        found = read_case(case)
        if found.parts():
            _propose(case, found, at)


@transaction.atomic
def settle(case_id: UUID, *, at: datetime) -> None:
    """After a case was classified: what had been proposed becomes a lesson, known lessons follow."""
    case = Case.objects.filter(pk=case_id).first()
    if case is None or case.category_id is None:
        return
    kept = Proposed.objects.select_for_update().filter(case=case).first()
    if kept is not None:
        parts = {name: Part.restored(stored) for name, stored in kept.parts.items()}
        _keep(case, parts, kept.version, at)
        kept.delete()
        return
    for lesson in Lesson.objects.select_for_update().filter(case=case):
        chosen = present_value(case, lesson.field)
        if lesson.chosen != chosen:
            lesson.chosen = chosen
            lesson.save(update_fields=["chosen"])


def _propose(case: Case, found: Proposal, at: datetime) -> None:
    parts = {name: part.stored() for name, part in found.parts().items()}
    given = {"made_at": at, "parts": parts, "version": found.version}
    Proposed.objects.update_or_create(case=case, defaults=given)


def _keep(case: Case, parts: dict[str, Part], version: int | None, at: datetime) -> None:
    Lesson.objects.bulk_create(_lessons(case, parts, version, at), ignore_conflicts=True)


def _lessons(case: Case, parts: dict[str, Part], version: int | None, at: datetime) -> list[Lesson]:
    return [
        Lesson(
            case=case, field=name, proposed=part.value, chosen=present_value(case, name),
            confidence=part.confidence, version=version, at=at,
        )
        for name, part in parts.items()
    ]  # fmt: skip
