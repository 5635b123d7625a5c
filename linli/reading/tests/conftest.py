"""A desk on a Tuesday, and lists read afresh for each test."""

from collections.abc import Iterator

import pytest

from linli.cases.tests.conftest import desk, tuesday
from linli.reading.queries import tables

__all__ = ["desk", "tuesday"]


@pytest.fixture(autouse=True)
def fresh_lists() -> Iterator[None]:
    """Keep nothing from one test's database to the next."""
    tables.forget()
    tables._places.clear()
    tables._loaded.clear()
    yield
    tables.forget()
