"""Places with people around them, on a Tuesday at ten in the morning."""

import pytest

from linli.cases.tests.conftest import tuesday
from linli.premises.tests.town import Town
from tests.cast import make_cast

__all__ = ["town", "tuesday"]


@pytest.fixture
def town(db: None, tuesday: None) -> Town:
    """Return the cast with helpers to set places and devices up."""
    return Town(make_cast())
