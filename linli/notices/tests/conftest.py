"""A Tuesday at ten, the cast with addresses, and helpers to read what became of a message."""

from collections.abc import Iterator

import pytest
import time_machine

from tests.cast import TUESDAY, Cast, make_cast


@pytest.fixture
def tuesday() -> Iterator[None]:
    """Let the clock stand at ten o'clock of a working day and run on from there."""
    with time_machine.travel(TUESDAY):
        yield


@pytest.fixture
def cast(db: None, tuesday: None) -> Cast:
    """Return the cast; everybody has an e-mail address, the director a phone."""
    made = make_cast()
    for name, user in made.users.items():
        user.email = f"{name}@linli.example"
        user.phone = "13800000000" if name == "director" else ""
        user.save()
    return made
