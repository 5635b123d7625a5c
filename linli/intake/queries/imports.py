"""Reads of imports: those of one's desk, what was refused, and a trial of a layout on the first rows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.areas.models import Unit
from linli.intake.gazetteer import Gazetteer
from linli.intake.judging import Judge
from linli.intake.layout import Layout
from linli.intake.look import Look
from linli.intake.models import Batch, Finding
from linli.intake.policy import at_desk, city_of, may_import
from linli.intake.reasons import Reason, said
from linli.intake.rows import Draft, RowReader, Unreadable
from linli.kernel.crypto import unseal
from linli.kernel.errors import NotFound, NotPermitted


@dataclass(frozen=True, slots=True)
class Refusal:
    """A refused row: its number in the file, why, and its cells by heading."""

    number: int
    reasons: list[str]
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Tried:
    """A row of the file's beginning as it would come in; ``note`` says what was read from its text."""

    number: int
    title: str
    kind: str
    category: str | None
    area: str
    state: str
    note: str


@dataclass(frozen=True, slots=True)
class Trial:
    """What a layout makes of a file's first rows."""

    rows: int
    good: list[Tried]
    refused: list[Refusal]


def batches(actor: Actor, most: int = 50) -> QuerySet[Batch]:
    """Return the latest imports of the actor's desk."""
    mine = Batch.objects.filter(unit__in=at_desk(actor).units).select_related("unit", "by")
    return mine.order_by("-created_at")[:most]


def batch_for(actor: Actor, batch_id: UUID) -> Batch:
    """Return an import of the actor's desk; raises :class:`NotFound` for any other."""
    if not may_import(actor):
        raise NotPermitted(_("Only desks of a centre import cases."))
    found = Batch.objects.select_related("unit", "by").filter(pk=batch_id).first()
    if found is None or found.unit_id not in at_desk(actor).units:
        raise NotFound(_("There is no such import here."))
    return found


def refusals_of(batch: Batch, most: int | None = None) -> Iterator[Refusal]:
    """Yield the refused rows of an import, in the order of the file."""
    rows = Finding.objects.filter(batch=batch).order_by("row")
    for finding in rows[:most] if most else rows.iterator(chunk_size=500):
        kept: dict[str, Any] = unseal(bytes(finding.sealed), batch.id.bytes)
        yield Refusal(finding.row, [said((c, f)) for c, f in kept["reasons"]], kept["cells"])


def try_out(look: Look, layout: Layout, *, actor: Actor, at: datetime, read: bool) -> Trial:
    """Say what would become of the first rows of a file. Reads only."""
    desk = at_desk(actor)
    gazetteer = Gazetteer(city_of(desk))
    units = dict(Unit.objects.filter(closed_on=None).values_list("name", "id"))
    reader = RowReader(look.heads(), layout, gazetteer, at=at, units=units)
    drafts: list[Draft] = []
    refused: list[Refusal] = []
    for row in look.rows():
        try:
            drafts.append(reader.read(row))
        except Unreadable as refusal:
            refused.append(_refusal(row.number, refusal.reasons))
    judged = Judge(desk, gazetteer.names, send=True, read=read).judge(drafts, at)
    good = []
    for draft, answer in zip(drafts, judged, strict=True):
        if isinstance(answer, list):
            refused.append(_refusal(draft.number, answer))
            continue
        matter, course = answer
        state = course.past.state if course.past else "open"
        good.append(
            Tried(
                draft.number,
                matter.title,
                matter.kind,
                matter.category,
                gazetteer.names.get(matter.area, matter.area),
                state,
                course.note,
            )
        )
    refused.sort(key=lambda one: one.number)
    return Trial(len(look.first_rows), good, refused)


def _refusal(number: int, reasons: Sequence[Reason]) -> Refusal:
    return Refusal(number, [said(reason) for reason in reasons], {})
