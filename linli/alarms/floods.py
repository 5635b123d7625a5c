"""Counting in this process what would cost the database too much to count there."""

from collections import OrderedDict
from collections.abc import Hashable

# So many keys are remembered; the oldest are forgotten first.
MOST_KEYS = 20_000


class Windows[K: Hashable]:
    """How often each key was seen within its current window of ``seconds``."""

    def __init__(self, most: int, seconds: float) -> None:
        self.most, self.seconds = most, seconds
        self._seen: OrderedDict[K, tuple[float, int]] = OrderedDict()

    def within(self, key: K, now: float) -> bool:
        """Count one more; say whether it is still within ``most``."""
        ends, count = self._seen.pop(key, (0.0, 0))
        if now >= ends:
            ends, count = now + self.seconds, 0
        self._seen[key] = (ends, count + 1)
        if len(self._seen) > MOST_KEYS:
            self._seen.popitem(last=False)
        return count < self.most


class Gathered[K: Hashable]:
    """Counts that are written down at most once in ``seconds`` a key."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._waiting: OrderedDict[K, tuple[float, int]] = OrderedDict()

    def add(self, key: K, now: float) -> int:
        """Count one more; return how many to write down now, 0 while it is not yet time."""
        due, count = self._waiting.pop(key, (0.0, 0))
        count += 1
        if now < due:
            self._waiting[key] = (due, count)
            return 0
        self._waiting[key] = (now + self.seconds, 0)
        if len(self._waiting) > MOST_KEYS:
            self._waiting.popitem(last=False)
        return count
