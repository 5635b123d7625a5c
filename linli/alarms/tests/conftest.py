"""A school with alarms, on a Tuesday at ten in the morning."""

import pytest

from linli.alarms.tests.house import House, make_house
from linli.cases.tests.conftest import tuesday
from tests.cast import make_cast

__all__ = ["house", "tuesday"]


@pytest.fixture
def house(db: None, tuesday: None) -> House:
    """Return the school and everybody around it."""
    return make_house(make_cast())
