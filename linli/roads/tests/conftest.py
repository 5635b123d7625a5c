"""A home for maps of one test, and an import in one word."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from linli.accounts.actor import SYSTEM
from linli.roads.actions.import_map import import_map
from linli.roads.store import Version
from linli.roads.tests.extracts import write
from tests.cast import TUESDAY

type Import = Callable[..., Version]


@pytest.fixture
def maps(tmp_path: Path, settings: Any) -> Path:
    """The directory of maps, empty."""
    settings.LINLI_MAP = tmp_path / "map"
    return tmp_path / "map"


@pytest.fixture
def bring(maps: Path, tmp_path: Path) -> Import:
    """Import a file, or the little network; each call is a minute later than the one before."""
    calls = 0

    def bring_in(source: Path | None = None) -> Version:
        nonlocal calls
        calls += 1
        return import_map(
            source or write(tmp_path / "little.osm.pbf"), actor=SYSTEM,
            at=TUESDAY + timedelta(minutes=calls), tick=lambda step, done: None,
        )  # fmt: skip

    return bring_in
