"""Bring the folder of statutes into the library: what is new, changed or gone."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.kernel.errors import Refused
from linli.legal.actions.add_statute import FaultyStatute, add_statute
from linli.legal.actions.remove_statute import remove_statute
from linli.legal.models import Statute
from linli.legal.policy import permit_edit


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading did: names of files; ``faults`` are ``(file, line, reason)``."""

    added: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    faults: list[tuple[str, int, str]] = field(default_factory=list)


def folder() -> Path:
    """Return where a city lays its Markdown statutes: ``statutes`` in LINLI_HOME."""
    return Path(settings.HOME) / "statutes"


def load_folder(*, actor: Actor, at: datetime, place: Path | None = None) -> Loaded:
    """Read every ``*.md`` of the folder; a file that cannot be read leaves its statute as it was."""
    permit_edit(actor)
    loaded = Loaded()
    place = place or folder()
    kept = {row.file: row for row in Statute.objects.exclude(file="")}
    paths = sorted(place.glob("*.md")) if place.is_dir() else []
    for path in paths:
        _load(path, kept.pop(path.name, None), loaded, actor, at)
    for name, row in kept.items():
        remove_statute(row.id, actor=actor, at=at)
        loaded.removed.append(name)
    return loaded


def _load(path: Path, kept: Statute | None, loaded: Loaded, actor: Actor, at: datetime) -> None:
    try:
        source = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        loaded.faults.append((path.name, 1, _("The file cannot be read as UTF-8.")))
        return
    if kept and kept.source == source:
        loaded.unchanged.append(path.name)
        return
    try:
        with transaction.atomic():
            statute = add_statute(source, actor=actor, at=at, file=path.name)
            # The file now writes another wording: the one it wrote before goes.
            if kept and kept.id != statute.id:
                remove_statute(kept.id, actor=actor, at=at)
    except FaultyStatute as wrong:
        loaded.faults.extend((path.name, f.line, str(f.reason)) for f in wrong.faults)
    except Refused as refusal:
        loaded.faults.append((path.name, 1, str(refusal.reason)))
    else:
        loaded.added.append(path.name)
