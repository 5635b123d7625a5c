"""Run an import: a thousand rows a transaction, each time with where it has got to.

Whatever kills it, wherever, it goes on behind the last row that is decided; and no row can become
two cases, because its key is written with its case.
"""

import logging
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from itertools import batched
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.areas.models import Unit
from linli.audit.record import record
from linli.cases.actions.register import Matter
from linli.cases.actions.register_many import Course, register_many
from linli.cases.models import Case
from linli.intake import lifecycle, vault
from linli.intake.gazetteer import Gazetteer
from linli.intake.headings import Heads
from linli.intake.judging import Judge
from linli.intake.keys import keys_of
from linli.intake.layout import Layout
from linli.intake.look import opened
from linli.intake.models import Batch, Finding, Origin
from linli.intake.policy import at_desk, city_of, may_import
from linli.intake.reasons import Reason
from linli.intake.rows import Draft, RowReader, Unreadable, is_filler
from linli.intake.sheets.faults import Fault
from linli.intake.sheets.reading import Numbered, Reader
from linli.intake.sheets.words import refusal_of
from linli.kernel.copying import copy_in
from linli.kernel.crypto import seal
from linli.kernel.errors import Refused

CHUNK = 1000
_TRIES = 3
_LINLI = "Linli"

log = logging.getLogger(__name__)


class _Elsewhere(Exception):
    """Somebody stopped the import, or another worker goes on with it."""


def run_import(
    batch_id: UUID,
    *,
    actor: Actor,
    at: datetime,
    say: Callable[[int, int], None] = lambda done, total: None,
    enough: Callable[[], bool] = lambda: False,
) -> Batch:
    """Bring in what is not in yet, as owner; returns the import as it stands then.

    ``say`` is told rows decided and rows in all; ``enough`` is asked between chunks whether to
    leave the rest for later.
    """
    if not _begin(batch_id, at):
        return Batch.objects.get(pk=batch_id)
    try:
        if not may_import(actor):
            raise Refused(_("Only desks of a centre import cases."))
        if _Run(batch_id, actor).run(say, enough):
            _end(batch_id, lifecycle.DONE, "", actor)
    except _Elsewhere:
        pass
    except Fault as fault:
        _end(batch_id, lifecycle.STOPPED, str(refusal_of(fault).reason), actor)
    except Refused as refusal:
        _end(batch_id, lifecycle.STOPPED, str(refusal.reason), actor)
    except Exception as error:
        log.error("import %s stopped: %s", batch_id, type(error).__name__)
        failure = _("An error stopped it between two rows. What is in stays; let it go on.")
        _end(batch_id, lifecycle.STOPPED, failure, actor)
    return Batch.objects.get(pk=batch_id)


@transaction.atomic
def _begin(batch_id: UUID, at: datetime) -> bool:
    batch = Batch.objects.select_for_update().get(pk=batch_id)
    if batch.state not in (lifecycle.WAITING, lifecycle.RUNNING):
        return False
    batch.state, batch.touched_at = lifecycle.RUNNING, at
    batch.save(update_fields=["state", "touched_at"])
    return True


@transaction.atomic
def _end(batch_id: UUID, state: str, failure: str, actor: Actor) -> None:
    batch = Batch.objects.select_for_update().get(pk=batch_id)
    if batch.state != lifecycle.RUNNING:
        return
    now = timezone.now()
    batch.state, batch.failure, batch.ended_at, batch.touched_at = state, failure[:300], now, now
    if state == lifecycle.DONE:
        # Samples are personal data as the file is: both go with the end of the import.
        batch.look = b""
        transaction.on_commit(lambda: vault.remove(batch_id))
    batch.save()
    facts = {"added": batch.added, "known": batch.known, "refused": batch.refused}
    record("import", batch_id, f"import.{state}", actor=actor.user_id, at=now, facts=facts)


class _Run:
    """One worker's pass over one file."""

    def __init__(self, batch_id: UUID, actor: Actor) -> None:
        batch = Batch.objects.get(pk=batch_id)
        self.batch_id, self.actor = batch_id, at_desk(actor)
        self.position, self.total = batch.position, batch.total
        self.sheet = str(batch.plan.get("sheet", ""))
        self.layout = Layout.of(batch.plan["layout"])
        self.gazetteer = Gazetteer(city_of(self.actor))
        options = {"send": True, "read": True, **batch.plan.get("options", {})}
        self.judge = Judge(self.actor, self.gazetteer.names, **options)

    def run(self, say: Callable[[int, int], None], enough: Callable[[], bool]) -> bool:
        """Decide all rows behind the position; returns whether the file's end was reached."""
        done = 0
        self.judge.facts = {"import": str(self.batch_id)}
        with Reader(vault.get(self.batch_id), self.sheet) as table:
            heads, rows = opened(table)
            there = {column.heading for column in heads.columns}
            if any(name and head not in there for head, name in self.layout.columns.items()):
                raise Fault("changed")
            for chunk in batched(self._matters(heads, rows), CHUNK):
                if enough():
                    return False
                done = self._decide(chunk, heads)
                say(done, self.total)
        return True

    def _matters(self, heads: Heads, rows: Iterable[Numbered]) -> Iterable[Numbered]:
        width = len(heads.columns)
        return (row for row in rows if row.number > self.position and not is_filler(row, width))

    def _decide(self, chunk: Sequence[Numbered], heads: Heads) -> int:
        for attempt in range(_TRIES):
            try:
                with transaction.atomic():
                    done = _Chunk(self, chunk, heads).decide()
            except IntegrityError:
                # Another import put one of these rows in at this moment: now it is known.
                if attempt == _TRIES - 1:
                    raise
            else:
                self.position = chunk[-1].number
                return done
        return 0


class _Chunk:
    """Rows that are decided in one transaction."""

    def __init__(self, run: _Run, rows: Sequence[Numbered], heads: Heads) -> None:
        self.run, self.rows, self.heads, self.at = run, rows, heads, timezone.now()
        self.findings: list[Finding] = []

    def decide(self) -> int:
        """Decide every row; returns how many of the file are decided now."""
        batch = Batch.objects.select_for_update().get(pk=self.run.batch_id)
        if batch.state != lifecycle.RUNNING or batch.position != self.run.position:
            raise _Elsewhere
        units = (
            dict(Unit.objects.filter(closed_on=None).values_list("name", "id"))
            if "unit" in self.run.layout.columns.values()
            else {}
        )
        reader = RowReader(
            self.heads.columns, self.run.layout, self.run.gazetteer, at=self.at, units=units
        )
        drafts, keys = [], []
        for row, key in self._unknown(reader):
            try:
                drafts.append(reader.read(row))
                keys.append(key)
            except Unreadable as refusal:
                self._refuse(row, refusal.reasons)
        added = self._bring_in(drafts, keys)
        copy_in(self.findings)
        batch.position, batch.touched_at = self.rows[-1].number, timezone.now()
        batch.added += added
        batch.refused += len(self.findings)
        batch.known += len(self.rows) - added - len(self.findings)
        batch.save(update_fields=["position", "touched_at", "added", "refused", "known"])
        return batch.added + batch.refused + batch.known

    def _unknown(self, reader: RowReader) -> list[tuple[Numbered, bytes]]:
        """Return the rows that are not in yet, each once, with the key it will be known by."""
        source = self.run.layout.source
        numbers = ["\n".join(reader.cells(row, "source_number")) for row in self.rows]
        keys = [
            keys_of(row, self.heads.columns, source=source, number=number)
            for row, number in zip(self.rows, numbers, strict=True)
        ]
        every = [key for some in keys for key in some]
        known = set(_known(every))
        here = _own_numbers(numbers) if source == _LINLI else set()
        found = []
        for row, some, number in zip(self.rows, keys, numbers, strict=True):
            if known.isdisjoint(some) and number not in here:
                known.add(some[0])
                found.append((row, some[0]))
        return found

    def _bring_in(self, drafts: Sequence[Draft], keys: Sequence[bytes]) -> int:
        rows = {row.number: row for row in self.rows}
        matters: list[Matter] = []
        courses: list[Course] = []
        kept: list[bytes] = []
        judged = self.run.judge.judge(drafts, self.at)
        for draft, key, answer in zip(drafts, keys, judged, strict=True):
            if isinstance(answer, tuple):
                matters.append(answer[0])
                courses.append(answer[1])
                kept.append(key)
            else:
                self._refuse(rows[draft.number], answer)
        cases = register_many(matters, actor=self.run.actor, at=self.at, courses=courses)
        copy_in(
            [
                Origin(key=key, case_id=case.id, batch_id=self.run.batch_id)
                for key, case in zip(kept, cases, strict=True)
            ]
        )
        return len(cases)

    def _refuse(self, row: Numbered, reasons: Sequence[Reason]) -> None:
        cells = {
            column.heading: row.cells[column.place]
            for column in self.heads.columns
            if column.place < len(row.cells) and row.cells[column.place]
        }
        kept = {"reasons": list(reasons), "cells": cells}
        self.findings.append(
            Finding(
                batch_id=self.run.batch_id,
                row=row.number,
                sealed=seal(kept, self.run.batch_id.bytes),
            )
        )


def _known(keys: Sequence[bytes]) -> list[bytes]:
    found = Origin.objects.filter(key__in=keys).values_list("key", flat=True)
    return [bytes(key) for key in found]


def _own_numbers(numbers: Sequence[str]) -> set[str]:
    """Return which of our own numbers there are: a table Linli itself wrote adds nothing here."""
    return set(Case.objects.filter(number__in=numbers).values_list("number", flat=True))
