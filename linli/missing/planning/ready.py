"""Compile the walk before anybody waits for it."""

from linli.missing.planning.people import Report
from linli.missing.planning.search import plan
from linli.missing.planning.streets import Streets
from linli.missing.planning.views import Camera, look


def ready() -> None:
    """Let a few walk down one street, so that what walks is compiled and kept on disk."""
    streets = Streets.of([0.0, 100.0, 200.0], [0.0, 0.0, 0.0], [(0, 1), (1, 2)])
    plan(streets, look(streets, [Camera(100.0, 0.0)]), Report(0.0, 0.0, 0.0), now=900.0, people=10)
