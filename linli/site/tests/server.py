"""The whole suite runs on a real PostgreSQL of its own, started once and shared by all workers.

A pytest plugin and no conftest.py, because pytest-django reads the settings before it looks at any
conftest, and the settings read LINLI_HOME and DATABASE_URL: both are set while this is imported.
``TEST_DATABASE_URL`` points the suite at another server.
"""

import os
import tempfile
from contextlib import ExitStack

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
    os.environ["LINLI_HOME"] = home
    os.environ.pop("LINLI_DB_ROLE", None)
    if url := os.environ.get("TEST_DATABASE_URL"):
        os.environ["DATABASE_URL"] = url
        return
    from pathlib import Path

    from linli.site.postgres import Layout, attached, wait_until_stopped

    # The data of a test run need not survive a power cut.
    lax = {"fsync": "off", "full_page_writes": "off", "shared_buffers": "256MB"}
    _stack.callback(wait_until_stopped, Layout(Path(home).resolve()))
    os.environ["DATABASE_URL"] = _stack.enter_context(attached(Path(home), lax))


_provide_database()


def pytest_unconfigure() -> None:
    """Stop the server and remove its directory (does nothing in a worker)."""
    _stack.close()
