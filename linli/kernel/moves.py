"""A lifecycle as a table: verb → the states it comes from and the one it leads to. No Django here."""

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Move:
    """A row of the table: from which states, to which (None: it stays).

    ``destructive`` moves are asked about before they are made; ``needs_note`` ones want a reason.
    """

    come_from: frozenset[str]
    to: str | None
    needs_note: bool = field(default=False, kw_only=True)
    destructive: bool = field(default=False, kw_only=True)


def from_states(*states: str) -> frozenset[str]:
    """Return the states a move comes from; none: it is a beginning."""
    return frozenset(states)


class Moves[M: Move](dict[str, M]):
    """The whole table, and what it says."""

    def legal(self, verb: str, state: str) -> bool:
        """Say whether ``verb`` may be done in ``state``."""
        return state in self[verb].come_from

    def after(self, verb: str, state: str) -> str:
        """Return the state something is in after ``verb``."""
        return self[verb].to or state

    def verbs_in(self, state: str) -> list[str]:
        """Return the verbs that ``state`` allows, in the table's order."""
        return [verb for verb in self if self.legal(verb, state)]

    def replay(self, verbs: Iterable[str]) -> str:
        """Return the state a history leads to; raises ValueError at the first illegal step."""
        state = ""
        for verb in verbs:
            begins = not self[verb].come_from
            if (begins and state) or (not begins and not self.legal(verb, state)):
                raise ValueError(f"{verb} is not possible from {state or 'nothing'}")
            state = self.after(verb, state)
        return state
