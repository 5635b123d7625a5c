"""One migrated installation, copied for every test that kills or replaces one."""

import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from linli.site.postgres import BINARIES, attached
from linli.site.tests.server import address_of, template
from tests.instance import Instance, instance


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the LINLI_HOME of a stopped installation without any content.

    Its database is a copy of the suite's template: all migrations have run.
    """
    home = tmp_path_factory.mktemp("migrated").resolve() / "home"
    dump = home.with_name("template.dump")
    programs = {name: str(BINARIES / name) for name in ("pg_dump", "pg_restore")}
    words = ["--format=custom", "--compress=0", f"--file={dump}", address_of(template())]
    subprocess.run([programs["pg_dump"], *words], check=True)
    with instance(home) as made:
        with attached(home) as url:
            words = ["--exit-on-error", "--no-owner", "--no-comments", f"--dbname={url}", str(dump)]
            subprocess.run([programs["pg_restore"], *words], check=True)
        made.wait_for(lambda: not made.processes(), "the database to stop")
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
