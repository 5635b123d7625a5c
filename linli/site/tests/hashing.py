"""Passwords that cost little: a tenth of a second for each sign-in is for guessers, and not for tests.

The same algorithm with the least work; what it costs outside of tests is Django's own choice.
"""

from collections.abc import Iterator

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher


@pytest.fixture(autouse=True, scope="session")
def _hash_quickly() -> Iterator[None]:
    patch = pytest.MonkeyPatch()
    for name, least in (("time_cost", 1), ("memory_cost", 8), ("parallelism", 1)):
        patch.setattr(Argon2PasswordHasher, name, least)
    yield
    patch.undo()
