"""A layout: which column is which field, what its words mean, and what holds where the file is silent.

Kept as JSON in a mapping and in an import's plan. Some come with Linli.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Self

from linli.intake.fields import plain

# In ``values``: the cell's word says nothing that we keep; the text is to be read instead.
LEAVE_OUT, READ = "-", "?"


@dataclass(frozen=True, slots=True)
class Layout:
    """``columns`` heading → field; ``values`` field → word → code; ``defaults`` field → code.

    ``source`` names the system a file comes from, within which its numbers are unique.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    defaults: Mapping[str, str] = field(default_factory=dict)
    source: str = ""

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Self:
        """Return the layout that was kept as JSON."""
        return cls(
            dict(kept.get("columns", {})), dict(kept.get("values", {})),
            dict(kept.get("defaults", {})), str(kept.get("source", "")),
        )  # fmt: skip

    def kept(self) -> dict[str, Any]:
        """Return the layout as JSON."""
        return {
            "columns": dict(self.columns),
            "values": {name: dict(words) for name, words in self.values.items()},
            "defaults": dict(self.defaults),
            "source": self.source,
        }


@dataclass(frozen=True, slots=True)
class Builtin:
    """A mapping that comes with Linli: the headings that show it is meant, and its layout."""

    name: str
    marks: Sequence[Sequence[str]]
    layout: Layout

    def fits(self, headings: Sequence[str]) -> int:
        """Return how many of its marks a table has; 0 where one is missing."""
        there = {plain(part) for heading in headings for part in (heading, *heading.split("/"))}
        found = [any(plain(word) in there for word in mark) for mark in self.marks]
        return len(found) if all(found) else 0


@cache
def builtin() -> tuple[Builtin, ...]:
    """Return the mappings that come with Linli (``data/mappings.json``)."""
    path = Path(__file__).with_name("data") / "mappings.json"
    found = json.loads(path.read_text(encoding="utf-8"))
    return tuple(Builtin(one["name"], one["marks"], Layout.of(one)) for one in found)
