"""What is like: the same matter, how the like was solved, what comes back from one place."""

from linli.alike.queries.patterns import Returning, patterns, patterns_at
from linli.alike.queries.same import Like, same_as, same_matter
from linli.alike.queries.solved import Lesson, solved_before

__all__ = [
    "Lesson",
    "Like",
    "Returning",
    "patterns",
    "patterns_at",
    "same_as",
    "same_matter",
    "solved_before",
]
