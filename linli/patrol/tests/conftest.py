"""A patrol area with people in it, on a Tuesday at ten in the morning; and maps."""

import pytest

from linli.cases.tests.conftest import tuesday
from linli.patrol.tests.round import Round, make_round
from linli.roads.tests.conftest import bring, maps
from tests.cast import make_cast

__all__ = ["bring", "maps", "round_", "tuesday"]


@pytest.fixture
def round_(db: None, tuesday: None) -> Round:
    """Return the patrol area."""
    return make_round(make_cast())
