"""The desk of the cases' tests, and texts that are kept."""

from collections.abc import Iterator

import pytest

from linli.alike.grams import forget_rarities
from linli.cases.tests.conftest import desk, tuesday

__all__ = ["desk", "tuesday"]


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    """Let no test see what another one's city taught this process."""
    forget_rarities()
    yield
    forget_rarities()
