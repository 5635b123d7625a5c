"""Today's open matters, made by the real actions."""

from collections.abc import Callable
from datetime import datetime

from linli.insight.demo.history import Historian
from linli.insight.demo.staff import City


def live_today(
    city: City, historian: Historian, now: datetime, say: Callable[[float], None], share: float
) -> None:
    """Make them."""
