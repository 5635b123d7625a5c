"""A table with people around it, on a Tuesday at ten in the morning."""

import pytest

from linli.cases.tests.conftest import tuesday
from linli.mediation.tests.table import Table, lay_table
from tests.cast import make_cast

__all__ = ["table", "tuesday"]


@pytest.fixture
def table(db: None, tuesday: None) -> Table:
    """Return the table; everybody of the cast can sign in."""
    return lay_table(make_cast())
