"""One migrated installation, copied for every test that kills or replaces one."""

import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.instance import Instance, instance


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the LINLI_HOME of a stopped installation without any content."""
    home = tmp_path_factory.mktemp("migrated").resolve() / "home"
    with instance(home) as made:
        made.linli("migrate")
        made.wait_for(lambda: not made.processes(), "the database to stop after the command")
    return home


@pytest.fixture
def installation(tmp_path: Path, migrated: Path) -> Iterator[Callable[[str], Instance]]:
    """Make installations by name, each in a directory of its own, all ended after the test."""
    with ExitStack() as stack:

        def make(name: str) -> Instance:
            home = tmp_path.resolve() / name
            # cp keeps the owner of the data directory, which is another user when we are root.
            subprocess.run(["cp", "-a", "--reflink=auto", migrated, home], check=True)
            return stack.enter_context(instance(home))

        yield make


@pytest.fixture
def linli(installation: Callable[[str], Instance]) -> Instance:
    """Make the one installation that most tests need."""
    return installation("home")
