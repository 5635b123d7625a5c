"""Inspect: the check list of the kind, line by line; what is not in order becomes a hazard."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.cases.files import Content
from linli.kernel.errors import IllegalMove, Invalid
from linli.kernel.ids import new_id
from linli.kernel.working_days import local_date
from linli.premises.actions.files import keep_photo
from linli.premises.actions.find_hazard import Found, find_hazard, locked_hazard
from linli.premises.actions.look_again import INSPECTION_OVERDUE, close_hazard
from linli.premises.actions.settle_case import lock_case
from linli.premises.actions.step import open_one, tell
from linli.premises.choices import Happened, InspectionKind
from linli.premises.lifecycle import PENDING
from linli.premises.models import Answer, CheckItem, Hazard, Inspection
from linli.premises.policy import permit_inspect


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """How one item of the list was found."""

    fine: bool
    note: str = ""
    photo: tuple[str, Content] | None = None


@transaction.atomic
def inspect_premises(
    premises_id: UUID,
    lines: Mapping[UUID, Line],
    *,
    actor: Actor,
    at: datetime,
    kind: str = InspectionKind.ROUTINE,
    note: str = "",
    inspection_id: UUID | None = None,
) -> Inspection:
    """Write an inspection down; ``lines`` answers every item of the kind's list.

    Each item that is not in order is a hazard with a case. An overdue inspection's own hazard is
    closed, and the next inspection is due after the kind's interval.
    """
    overdue = _overdue(premises_id)
    place = open_one(premises_id, actor)
    permit_inspect(actor, place)
    items = list(CheckItem.objects.filter(kind=place.kind_id, retired=False))
    _check(items, lines, kind)
    day = local_date(at)
    inspection = Inspection(
        id=inspection_id or new_id(), premises=place, kind=kind, at=at, by_id=actor.user_id,
        note=note.strip()[:500], faults=sum(not lines[item.id].fine for item in items),
    )  # fmt: skip
    inspection.save(force_insert=True)
    _answers(inspection, items, lines, actor)
    place.inspected_on = day
    turn = place.kind.inspection_days
    place.inspection_due = day + timedelta(days=turn) if turn else None
    place.save(update_fields=["inspected_on", "inspection_due"])
    facts = {"inspection": str(inspection.id), "faults": inspection.faults}
    tell(place, Happened.INSPECTED, actor=actor, at=at, facts=facts)
    for hazard_id in overdue:
        hazard = locked_hazard(hazard_id)
        if hazard is not None and hazard.state in PENDING:
            close_hazard(hazard, actor=actor, at=at)
    return inspection


def _overdue(premises_id: UUID) -> list[UUID]:
    """Lock the cases of the overdue inspection first, and return its hazards."""
    found = Hazard.objects.filter(
        premises=premises_id, rule=INSPECTION_OVERDUE, state__in=PENDING
    ).values_list("id", "case")
    for _hazard, case in found:
        lock_case(case)
    return [hazard for hazard, _case in found]


def _check(items: Sequence[CheckItem], lines: Mapping[UUID, Line], kind: str) -> None:
    if not items:
        raise IllegalMove(
            _("This kind of premises has no check list yet."), _("An administrator writes it.")
        )
    wrong: dict[str, str] = {}
    if kind not in InspectionKind.values:
        wrong["kind"] = _("Choose a kind.")
    for item in items:
        line = lines.get(item.id)
        if line is None:
            wrong[f"fine_{item.id}"] = _("Say whether it is in order.")
        elif not line.fine and not line.note.strip():
            wrong[f"note_{item.id}"] = _("Write what is wrong.")
    if wrong:
        raise Invalid(_("The check list is not complete."), wrong)


def _answers(
    inspection: Inspection,
    items: Sequence[CheckItem],
    lines: Mapping[UUID, Line],
    actor: Actor,
) -> None:
    place, at = inspection.premises, inspection.at
    answers = [
        Answer(
            premises=place, inspection=inspection, text=item.text, fine=lines[item.id].fine,
            note=lines[item.id].note.strip()[:500],
        )
        for item in items
    ]  # fmt: skip
    Answer.objects.bulk_create(answers)
    for item, answer in zip(items, answers, strict=True):
        photo = lines[item.id].photo
        if photo is not None:
            keep_photo(place, photo, answer.id, by=actor.user_id, at=at)
        if not answer.fine:
            found = Found(
                text=item.text, note=answer.note, category=item.category, photo=photo,
                due_on=local_date(at) + timedelta(days=item.mend_days), inspection=inspection,
            )  # fmt: skip
            find_hazard(place, found, actor=actor, at=at)
