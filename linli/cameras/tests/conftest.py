"""A street with cameras, on a Tuesday at ten in the morning."""

import pytest

from linli.cameras.tests.builders import Street, lay_street
from linli.cases.tests.conftest import tuesday
from tests.cast import make_cast

__all__ = ["street", "tuesday"]


@pytest.fixture
def street(db: None, tuesday: None) -> Street:
    """Return the street; everybody of the cast can sign in."""
    return lay_street(make_cast())
