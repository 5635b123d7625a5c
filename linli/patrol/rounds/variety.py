"""How different two rounds are: a round that looks like last night's can be waited for."""

from collections.abc import Iterable

# At least this share of a round's streets-at-an-hour is new against each of the nights before.
WANTED = 0.6

# A stretch at an hour of the day.
type Habit = tuple[int, int]


def habits(stretches: Iterable[tuple[int, float]]) -> frozenset[Habit]:
    """Return where a round is at which hour: of (stretch, minute) the stretch and its hour."""
    return frozenset((stretch, int(minute // 60) % 24) for stretch, minute in stretches)


def difference(one: frozenset[Habit], others: Iterable[frozenset[Habit]]) -> float:
    """Return the share of two rounds they do not have in common, for the most alike; 1 for none."""
    return min(
        (1 - len(one & other) / len(one | other) for other in others if one or other), default=1.0
    )
