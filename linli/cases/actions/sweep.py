"""Sweep: files whose row was never written, or was removed, leave the disk."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import batched
from pathlib import Path

from django.apps import apps
from django.db.models import Model

from linli.cases.files import stored_before

# Far longer than any transaction that writes a file before its row.
YOUNG = timedelta(days=1)


def sweep_files(*, at: datetime) -> int:
    """Delete what no row refers to and nobody touched for a day; return how many."""
    limit = (at - YOUNG).timestamp()
    return sum(_sweep(list(paths), limit) for paths in batched(stored_before(limit), 500))


def _sweep(found: Sequence[Path], limit: float) -> int:
    names = [path.name for path in found]
    kept = {sha256 for model in _keepers() for sha256 in _of(model, names)}
    # Asked again after the rows: a file attached meanwhile was touched, and is young once more.
    gone = [path for path in found if path.name not in kept and path.stat().st_mtime < limit]
    for path in gone:
        path.unlink(missing_ok=True)
    return len(gone)


def _of(model: type[Model], names: Sequence[str]) -> Iterable[str]:
    """Return which of these files the rows of a model hold.

    ``keeps_files`` names the field of the hash, or is true: ``sha256``, until ``removed_at``.
    """
    held = model.keeps_files  # type: ignore[attr-defined]
    field, removed = ("sha256", {"removed_at": None}) if held is True else (held, {})
    rows = model._default_manager.filter(**{f"{field}__in": names}, **removed)
    return rows.order_by().values_list(field, flat=True)


def _keepers() -> list[type[Model]]:
    """Return the models whose rows hold files here: rooms above have their own."""
    return [model for model in apps.get_models() if getattr(model, "keeps_files", False)]
