"""A dispatch room, on a Tuesday at ten in the morning."""

from pathlib import Path

import pytest

from linli.cases.tests.conftest import tuesday
from linli.dispatch.tests.room import Room, make_room
from linli.roads.tests.conftest import bring, maps

__all__ = ["bring", "maps", "room", "tuesday"]


@pytest.fixture
def room(db: None, tuesday: None, maps: Path) -> Room:
    """Return the room; everybody can sign in. There is no map."""
    return make_room()
