"""Tests that share something costly run on one worker, and the longest groups begin first.

A pytest plugin. The marks of pytest-xdist's loadgroup have no effect under pytest 9: they are written
into a test's id, which can't be changed there any more. So the group is told from the path.
"""

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

# Where tests lie → what they share: one instance with a browser, one loaded demo, the machine's peace.
GROUPS = {
    "tests/journeys/": "journeys",
    "tests/faults/": "faults",
    "linli/insight/tests/test_demo.py": "demo",
}


class GroupScheduling(LoadScopeScheduling):
    """Sends each group to one worker as a whole, the largest first, and all other tests singly."""

    def _split_scope(self, nodeid: str) -> str:
        return next((name for start, name in GROUPS.items() if nodeid.startswith(start)), nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> GroupScheduling | None:
    """Schedule ``--dist loadgroup`` by :data:`GROUPS`."""
    return GroupScheduling(config, log) if config.getvalue("dist") == "loadgroup" else None
