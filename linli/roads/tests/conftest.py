"""A home for maps of one test, and an import in one word.

What the two programs and the readers make of an extract takes seconds and is always the same: within
a run it is made once and copied. All else of an import (its places, its record, the switch) is done
anew each time; ``fresh`` makes everything.
"""

import hashlib
import json
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from linli.accounts.actor import SYSTEM
from linli.roads.actions import import_map as module
from linli.roads.actions.import_map import import_map
from linli.roads.store import Version
from linli.roads.tests.extracts import write
from linli.site.tests.server import alone, shared
from tests.cast import TUESDAY

type Import = Callable[..., Version]


def built(source: Path, draft: Path, build: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Fill ``draft`` with what was made of the same extract before, or by ``build`` for the first time.

    Returns the manifest.
    """
    digest = hashlib.sha256(source.read_bytes()).hexdigest()
    kept = shared() / "maps" / digest
    with alone("maps"):
        if kept.exists():
            shutil.copytree(kept / "made", draft, dirs_exist_ok=True)
            manifest: dict[str, Any] = json.loads((kept / "manifest.json").read_text())
            return manifest | {"source": source.name}
        manifest = build()
        fresh = kept.with_name(f"{digest}.part")
        shutil.copytree(draft, fresh / "made")
        (fresh / "manifest.json").write_text(json.dumps(manifest))
        fresh.rename(kept)
        return manifest


@pytest.fixture
def maps(tmp_path: Path, settings: Any) -> Path:
    """The directory of maps, empty."""
    settings.LINLI_MAP = tmp_path / "map"
    return tmp_path / "map"


@pytest.fixture
def bring(maps: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Import:
    """Import a file, or the little network; each call is a minute later than the one before."""
    calls, build = 0, module._build

    def kept(source: Path, draft: Path, progress: Any) -> dict[str, Any]:
        return built(source, draft, lambda: build(source, draft, progress))

    def bring_in(source: Path | None = None, *, fresh: bool = False) -> Version:
        nonlocal calls
        calls += 1
        monkeypatch.setattr(module, "_build", build if fresh else kept)
        return import_map(
            source or write(tmp_path / "little.osm.pbf"), actor=SYSTEM,
            at=TUESDAY + timedelta(minutes=calls), tick=lambda step, done: None,
        )  # fmt: skip

    return bring_in
