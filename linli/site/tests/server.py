"""The whole suite runs on a real PostgreSQL of its own, started once and shared by all workers.

The migrations run once, into a template: each worker's database and the ones that journeys and faults
need are copies of it.

A pytest plugin and no conftest.py, because pytest-django reads the settings before it looks at any
conftest, and the settings read LINLI_HOME and DATABASE_URL: both are set while this is imported.
``TEST_DATABASE_URL`` points the suite at another server.
"""

import fcntl
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest

TEMPLATE = "linli_template"
_SHARED = "LINLI_TESTS_SHARED"
_MIGRATE = [sys.executable, "-c", "from linli.site.cli import main; main()", "migrate"]
_stack = ExitStack()


def _provide_database() -> None:
    """Start the server, once: the workers of pytest-xdist inherit the controller's address."""
    if worker := os.environ.get("PYTEST_XDIST_WORKER"):
        # A home of its own: one worker's sweep of left files is not to take another's away.
        own = os.path.join(os.environ["LINLI_HOME"], worker)
        os.makedirs(own, exist_ok=True)
        os.environ["LINLI_HOME"] = own
        return
    home = _stack.enter_context(tempfile.TemporaryDirectory(prefix="linli-tests-"))
    os.environ["LINLI_HOME"] = os.environ[_SHARED] = home
    os.environ.pop("LINLI_DB_ROLE", None)
    if url := os.environ.get("TEST_DATABASE_URL"):
        os.environ["DATABASE_URL"] = url
        return
    from linli.site.postgres import Layout, attached, wait_until_stopped

    # The data of a test run need not survive a power cut.
    lax = {"fsync": "off", "full_page_writes": "off", "shared_buffers": "256MB"}
    _stack.callback(wait_until_stopped, Layout(Path(home).resolve()))
    os.environ["DATABASE_URL"] = _stack.enter_context(attached(Path(home), lax))


_provide_database()


def shared() -> Path:
    """Return a directory that all workers of a run share; it goes with the run."""
    return Path(os.environ[_SHARED])


@contextmanager
def alone(what: str) -> Iterator[None]:
    """Let one worker at a time make something that all of them use."""
    with (shared() / f"{what}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def address_of(database: str) -> str:
    """Return the address of another database on the suite's server."""
    server, mark, options = os.environ["DATABASE_URL"].partition("?")
    return f"{server.rpartition('/')[0]}/{database}{mark}{options}"


def template() -> str:
    """Return the name of a database in which all migrations have run, made by whoever asks first."""
    import psycopg

    done = shared() / "template.done"
    with alone("template"):
        if not done.exists():
            with psycopg.connect(address_of("postgres"), autocommit=True) as server:
                server.execute(f"DROP DATABASE IF EXISTS {TEMPLATE}")
                server.execute(f"CREATE DATABASE {TEMPLATE}")
            given = os.environ | {"DATABASE_URL": address_of(TEMPLATE), "LINLI_HOME": str(shared())}
            subprocess.run(_MIGRATE, env=given, check=True)
            done.touch()
    return TEMPLATE


def pytest_sessionstart(session: pytest.Session) -> None:
    """Have the migrations run while the workers of pytest-xdist still look for their tests."""
    if session.config.getoption("numprocesses", None) and "PYTEST_XDIST_WORKER" not in os.environ:
        running = threading.Thread(target=template, name="template")
        running.start()
        _stack.callback(running.join)


@pytest.hookimpl(tryfirst=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef[Any]) -> None:
    """Have pytest-django copy the template where it would run all migrations."""
    if fixturedef.argname == "django_db_setup":
        from django.db import connection

        connection.settings_dict["TEST"]["TEMPLATE"] = template()


def pytest_unconfigure() -> None:
    """Stop the server and remove its directory (does nothing in a worker)."""
    _stack.close()
