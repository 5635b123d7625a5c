"""What reading a text gives: for each field a proposal with its reason, or a question."""

from dataclasses import dataclass, field
from typing import Any, Self

RULES, LEARNED, SERVICE = "rules", "learned", "service"


@dataclass(frozen=True, slots=True)
class Part:
    """One proposed value: how sure (0 to 1), and the words of the text that made it think so.

    ``source`` is ``rules``, ``learned`` (the city's own model) or ``service``.
    """

    value: str
    confidence: float
    words: tuple[str, ...] = ()
    source: str = RULES

    def stored(self) -> dict[str, Any]:
        """Return the part as JSON has it."""
        return {"value": self.value, "confidence": round(self.confidence, 3),
                "words": list(self.words), "source": self.source}  # fmt: skip

    @classmethod
    def restored(cls, stored: dict[str, Any]) -> Self:
        """Return the part that :meth:`stored` gave."""
        return cls(stored["value"], stored["confidence"], tuple(stored["words"]), stored["source"])


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is proposed for a text. A field that is None must be asked; ``options`` then says
    between which values it could not decide, the likelier first.
    """

    kind: Part | None = None
    category: Part | None = None
    area: Part | None = None
    urgency: Part | None = None
    options: dict[str, tuple[str, ...]] = field(default_factory=dict)
    version: int | None = None

    def parts(self) -> dict[str, Part]:
        """Return what is proposed, by field."""
        found = {name: getattr(self, name) for name in FIELDS}
        return {name: part for name, part in found.items() if part is not None}


FIELDS = ("kind", "category", "area", "urgency")
