"""A school with alarms, on a Tuesday at ten in the morning."""

from pathlib import Path
from typing import Any

import pytest

from linli.alarms.cap import keys
from linli.alarms.tests.house import House, make_house
from linli.cases.tests.conftest import tuesday
from tests.cast import TUESDAY, make_cast

__all__ = ["house", "tuesday"]


@pytest.fixture
def house(db: None, tuesday: None) -> House:
    """Return the school and everybody around it."""
    return make_house(make_cast())


@pytest.fixture(scope="session")
def signing_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home with a key for warnings: making one takes a second."""
    home = tmp_path_factory.mktemp("signing")
    patch = pytest.MonkeyPatch()
    patch.setattr(keys, "directory", lambda: home / "cap")
    keys.rotate("金昌", TUESDAY)
    patch.undo()
    return home


@pytest.fixture
def signing(signing_home: Path, settings: Any) -> None:
    """Sign with that key."""
    settings.HOME = signing_home
