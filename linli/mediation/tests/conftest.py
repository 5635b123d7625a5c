"""A table with people around it, on a Tuesday at ten in the morning."""

from collections.abc import Iterator

import pytest
import time_machine

from linli.mediation.tests.table import Table, lay_table
from tests.cast import TUESDAY, make_cast


@pytest.fixture
def tuesday() -> Iterator[None]:
    """Let the clock stand at ten o'clock of a working day and run on from there."""
    with time_machine.travel(TUESDAY):
        yield


@pytest.fixture
def table(db: None, tuesday: None) -> Table:
    """Return the table; everybody of the cast can sign in."""
    return lay_table(make_cast())
