"""Import: a map from an OpenStreetMap extract, complete or not at all."""

import csv
import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import batched
from pathlib import Path
from typing import Any

import osmium
from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.audit.record import record
from linli.kernel.copying import copy_in
from linli.kernel.errors import Invalid
from linli.roads import store
from linli.roads.build.graph import build_graph, extent
from linli.roads.build.naming import folded, pairs
from linli.roads.build.programs import build_base_map, build_routing
from linli.roads.build.reading import DamagedError, read
from linli.roads.models import Place
from linli.roads.policy import permit_import

# How the network drawer of the demo city signs what it makes.
MADE_UP = "Linli, made up"
AT_ONCE = 5_000
# The parts of the work, and how much of the time each usually takes.
STEPS = {"read": 0.35, "network": 0.05, "base map": 0.4, "routes": 0.15, "places": 0.05}

# Hears the step and how much of the whole is done, 0 to 1.
type Tick = Callable[[str, float], None]


class Unreadable(Invalid):
    """The file is no extract a map can be made of. The map in use stays."""


@dataclass(slots=True)
class _Progress:
    tick: Tick

    def of(self, step: str) -> Callable[[float], None]:
        names = list(STEPS)
        before = sum(STEPS[name] for name in names[: names.index(step)])
        self.tick(step, before)
        return lambda share: self.tick(step, before + STEPS[step] * share)


def import_map(source: Path, *, actor: Actor, at: datetime, tick: Tick) -> store.Version:
    """Make a map of the extract ``source`` (.osm.pbf) and put it in the place of the one there is.

    Raises :class:`Unreadable` for a damaged or empty extract and ``Refused`` while another import
    runs; then, and when it is interrupted, all stays as it was.
    """
    permit_import(actor)
    progress = _Progress(tick)
    with store.importing() as path:
        before = store.current()
        _sweep(before)
        digest = _digest(source)
        name = f"{at.astimezone(UTC):%Y%m%dT%H%M%S}-{digest[:8]}"
        with store.draft(path, name) as draft:
            try:
                manifest = _build(source, draft, progress) | {"sha256": digest}
            except DamagedError as error:
                reason = _("No map can be made of “%(file)s”: %(why)s") % {
                    "file": source.name, "why": error,
                }  # fmt: skip
                raise Unreadable(reason) from error
            manifest |= {"version": name, "imported_at": at.isoformat()}
            text = json.dumps(manifest, ensure_ascii=False, indent=1)
            (draft / "manifest.json").write_text(text, encoding="utf-8")
            with transaction.atomic():
                _save_places(draft / "places.csv", name, progress)
                facts = {"sha256": digest, "bytes": manifest["bytes"], **manifest["counts"]}
                record("map", name, "map.import", actor=actor.user_id, at=at, facts=facts)
                version = store.keep(draft, name)
        store.switch(version)
        # Whoever has just begun to read the one before may finish.
        _forget({name} | ({before.name} if before else set()))
    tick("done", 1.0)
    return version


def _build(source: Path, draft: Path, progress: _Progress) -> dict[str, Any]:
    """Make everything but the rows; return what the manifest says about it."""
    header = _header(source)
    features = draft / "features.ndjson"
    roads, counts = read(source, features, draft / "places.csv", progress.of("read"))
    progress.of("network")
    counts |= build_graph(roads, draft / "graph")
    box = extent(roads)
    del roads
    build_base_map(features, draft / "base.mbtiles", draft, progress.of("base map"))
    features.unlink()
    progress.of("routes")
    build_routing(source, draft / "routing")
    made_up = header.get("generator") == MADE_UP
    return {
        "source": source.name,
        "bytes": source.stat().st_size,
        "data_at": header.get("osmosis_replication_timestamp"),
        "made_up": made_up,
        "box": box,
        "counts": counts,
    }


def _header(source: Path) -> Any:
    try:
        with osmium.io.Reader(osmium.io.File(str(source), "pbf")) as reader:
            return reader.header()
    except RuntimeError as error:
        raise DamagedError(str(error)) from error


def _digest(source: Path) -> str:
    with source.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _save_places(file: Path, version: str, progress: _Progress) -> None:
    progress.of("places")
    for rows in batched(_places(file, version), AT_ONCE, strict=False):
        copy_in(rows)


def _places(file: Path, version: str) -> Iterator[Place]:
    with file.open(newline="", encoding="utf-8") as lines:
        for kind, name, address, longitude, latitude in csv.reader(lines):
            words = f"{name} {address}" if address not in name else name
            yield Place(
                version=version, kind=kind, name=name, address=address,
                longitude=float(longitude), latitude=float(latitude),
                folded=folded(words)[:500], pairs=pairs(words),
            )  # fmt: skip


def _sweep(before: store.Version | None) -> None:
    """Remove what an import left that was killed before its map was in use."""
    if before is None:
        _forget(set())
        return
    known = {d.name for d in store.root().iterdir() if d.is_dir() and d.name <= before.name}
    _forget(known | {before.name})


def _forget(names: set[str]) -> None:
    Place.objects.exclude(version__in=names).delete()
    store.forget_all_but(names)
