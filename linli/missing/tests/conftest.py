"""A search party on a Tuesday at ten in the morning."""

from pathlib import Path
from typing import Any

import pytest

from linli.cases.tests.conftest import desk, tuesday
from linli.cases.tests.desk import Desk
from linli.missing.queries import ground
from linli.missing.tests.party import Party, gather, lay_streets

__all__ = ["desk", "tuesday"]


@pytest.fixture(scope="session")
def streets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a directory of maps with one in it."""
    place = tmp_path_factory.mktemp("search")
    lay_streets(place / "map", place / "streets.osm.pbf")
    return place / "map"


@pytest.fixture
def party(desk: Desk, streets: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Party:
    """Return the party; few walks are drawn."""
    settings.LINLI_MAP = streets
    monkeypatch.setattr(ground, "PEOPLE", 300)
    return gather(desk)
