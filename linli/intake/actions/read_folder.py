"""Read a watched folder: each finished file is imported by the mapping of its shape, and put away."""

import hashlib
import logging
import time
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.accounts.scope import acting
from linli.intake import lifecycle
from linli.intake.actions.examine import examine_batch
from linli.intake.actions.run import run_import
from linli.intake.actions.start import drop_import, start_import
from linli.intake.actions.take_file import take_file
from linli.intake.channel_models import Outcome, Received, Source
from linli.intake.channels import directory
from linli.intake.models import Batch
from linli.intake.queries.channels import desk_of_area, said
from linli.intake.sheets.safety import MOST_BYTES
from linli.kernel.errors import Refused

log = logging.getLogger(__name__)


def read_folder(source: Source, *, at: datetime) -> int:
    """Import what lies there; returns how many files were read.

    A file leaves the folder only when it is decided. Killed in between, it is read again: rows that
    are in already add nothing.
    """
    name = source.options["directory"]
    count = 0
    try:
        directory.prepare(name)
        for path in directory.finished(name, time.time()):
            _import(source, path, at)
            count += 1
    except OSError as error:
        log.info("folder %s: %s", source.pk, error)
        source.failed_at = at
        source.failure = _("The folder can't be read or written.")
        source.save(update_fields=["failed_at", "failure"])
    else:
        source.succeeded_at, source.failure = at, ""
        source.save(update_fields=["succeeded_at", "failure"])
    return count


def _import(source: Source, path: Path, at: datetime) -> None:
    data = directory.content_of(path, MOST_BYTES)
    outcome: str
    key = hashlib.sha256(path.name.encode() + b"\0" + data).digest()
    try:
        batch = _run(source, path.name, data, at)
    except Refused as refusal:
        outcome, words = Outcome.REFUSED, str(refusal.reason)
    else:
        outcome, words = _outcome(batch)
    drawer = directory.REFUSED if outcome == Outcome.REFUSED else directory.DONE
    directory.put_away(path, drawer, f"{timezone.localtime(at):%Y%m%d-%H%M%S}", words)
    Received.objects.update_or_create(
        source=source, key=key, defaults={"outcome": outcome, "reason": words[:300], "at": at}
    )


def _run(source: Source, name: str, data: bytes, at: datetime) -> Batch:
    desk = desk_of_area(source.area)
    with acting(desk):
        batch = take_file(name, data, actor=desk, at=at, mapping=source.options["mapping"])
        batch = examine_batch(batch.pk, actor=desk, at=at)
        if batch.state == lifecycle.STOPPED:
            return batch
        if not batch.mapping:
            _drop(batch.pk, desk, at)
            raise Refused(said("unknown_shape"))
        batch.plan = _with_defaults(source, batch.plan)
        batch.save(update_fields=["plan"])
        start_import(batch.pk, actor=desk, at=at, queued=False)
    return run_import(batch.pk, actor=desk, at=at)


def _drop(batch_id: UUID, desk: Actor, at: datetime) -> None:
    drop_import(batch_id, actor=desk, at=at)


def _with_defaults(source: Source, plan: dict[str, object]) -> dict[str, object]:
    """Return a plan whose rows without place or kind get those of the source."""
    layout = dict(plan["layout"])  # type: ignore[call-overload]
    given = {"area": source.area, "kind": source.options["kind"]}
    layout["defaults"] = {**given, **layout["defaults"]}
    return {**plan, "layout": layout}


def _outcome(batch: Batch) -> tuple[str, str]:
    if batch.state != lifecycle.DONE:
        return Outcome.REFUSED, batch.failure
    numbers = {"added": batch.added, "known": batch.known, "refused": batch.refused}
    words = _("%(added)d added, %(known)d already there, %(refused)d refused") % numbers
    return Outcome.IMPORT, words
