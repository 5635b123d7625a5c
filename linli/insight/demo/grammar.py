"""Sentences from patterns: ``[a|b]`` chooses one, a pattern chosen at random from its list."""

import re
from collections.abc import Mapping, Sequence
from random import Random

_CHOICE = re.compile(r"\[([^\]]*)\]")

type Pattern = tuple[str | tuple[str, ...], ...]
type Patterns = tuple[Pattern, ...]


def compiled(patterns: Sequence[str]) -> Patterns:
    """Return patterns ready to be spoken."""
    return tuple(_compile(pattern) for pattern in patterns)


def compiled_all(lists: Mapping[str, Sequence[str]]) -> dict[str, Patterns]:
    """Return named lists of patterns ready to be spoken."""
    return {name: compiled(patterns) for name, patterns in lists.items()}


def _compile(pattern: str) -> Pattern:
    parts: list[str | tuple[str, ...]] = []
    for i, piece in enumerate(_CHOICE.split(pattern)):
        if i % 2:
            parts.append(tuple(piece.split("|")))
        elif piece:
            parts.append(piece)
    return tuple(parts)


def speak(rng: Random, patterns: Patterns) -> str:
    """Return one sentence."""
    pattern = patterns[int(rng.random() * len(patterns))]
    return "".join(
        part if isinstance(part, str) else part[int(rng.random() * len(part))] for part in pattern
    )
