"""A Tuesday at ten in the morning, and a desk with people at it."""

from collections.abc import Iterator

import pytest
import time_machine

from linli.cases.tests.desk import Desk
from tests.cast import TUESDAY, make_cast


@pytest.fixture
def tuesday() -> Iterator[None]:
    """Let the clock stand at ten o'clock of a working day and run on from there."""
    with time_machine.travel(TUESDAY):
        yield


@pytest.fixture
def desk(db: None, tuesday: None) -> Desk:
    """Return the cast, each of whom can sign in."""
    return Desk(make_cast())
