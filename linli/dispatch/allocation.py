"""Which lots a quantity is taken from: what expires first goes first. Plain functions."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID


class Free(NamedTuple):
    """What can be taken from a lot; ``expires_on`` None: it keeps."""

    lot: UUID
    expires_on: date | None
    free: int


def take(lots: Iterable[Free], quantity: int, today: date) -> list[tuple[UUID, int]]:
    """Return (lot, how many) that together make ``quantity``, or what there is where it is less.

    Nothing is taken that has expired. The earliest date goes first, what keeps for ever last.
    """
    usable = [one for one in lots if one.free > 0 and (one.expires_on or today) >= today]
    usable.sort(key=lambda one: (one.expires_on or date.max, one.lot))
    taken: list[tuple[UUID, int]] = []
    for one in usable:
        if quantity <= 0:
            break
        part = min(one.free, quantity)
        taken.append((one.lot, part))
        quantity -= part
    return taken


def give_back(out: Sequence[tuple[UUID, int]], quantity: int) -> list[tuple[UUID, int]]:
    """Return into which lots ``quantity`` goes back: those taken from last, first."""
    back: list[tuple[UUID, int]] = []
    for lot, there in reversed(out):
        part = min(there, quantity)
        if part > 0:
            back.append((lot, part))
            quantity -= part
    return back
