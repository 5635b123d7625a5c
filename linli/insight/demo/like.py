"""The demo's texts of the newest cases and its patterns; the worker keeps the older ones by and by."""

from datetime import datetime

from linli.alike.actions.find_patterns import find_patterns
from linli.alike.actions.follow import catch_up, follow
from linli.alike.actions.keep_all import AT_ONCE, keep_all
from linli.alike.actions.weigh import weigh
from linli.insight.demo.progress import Say

_NEWEST = 1500


def find_the_like(now: datetime) -> None:
    """Weigh the words, keep what is asked first, and find what keeps coming back."""
    weigh()
    follow()
    catch_up(_NEWEST)
    find_patterns(now)


def read_all(say: Say) -> None:
    """Keep the texts of all cases of a large city, which the worker would be minutes about."""
    keep_all(AT_ONCE, lambda done: say("texts", done))
