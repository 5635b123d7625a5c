"""Who was told of a search: people on foot nearby, hospitals and stations, and who still is to be."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from linli.kernel.row_security import unscoped
from linli.missing.models import Search, Telling
from linli.notices.lifecycle import QUEUED, SENDING, SENT
from linli.notices.models import Message, Notice

# What is known of a place: somebody called, a message arrived, a notice was read; a message is on its
# way; nothing (then somebody calls).
CALLED, ARRIVED, READ, WAITS, NOBODY = "called", "arrived", "read", "waits", ""
KNOWING = frozenset({CALLED, ARRIVED, READ})


@dataclass(frozen=True, slots=True)
class ToldRow:
    """A hospital or station, how it was told (a word of this module), and when."""

    telling: Telling
    state: str
    at: datetime | None

    @property
    def knows(self) -> bool:
        """Say whether the place knows."""
        return self.state in KNOWING


def told_rows(search: Search) -> Sequence[ToldRow]:
    """Return the hospitals and stations around, the nearest first."""
    tellings = Telling.objects.filter(search=search).select_related("told_by")
    # All are told at the moment of the opening, by which both tables are indexed.
    about = {"kind": "missing_place", "about_id": str(search.id), "at": search.opened_at}
    with unscoped():
        messages = list(Message.objects.filter(**about).values_list("key", "state", "ended_at"))
        notices = list(
            Notice.objects.filter(**about, read_at__isnull=False).values_list("key", "read_at")
        )
    arrived = {_place(key): at for key, state, at in messages if state == SENT}
    waits = {_place(key) for key, state, _at in messages if state in {QUEUED, SENDING}}
    read = {_place(key): at for key, at in notices}
    found = []
    for one in tellings.order_by("metres", "name", "id"):
        place = str(one.premises_id)
        if one.told_at:
            found.append(ToldRow(one, CALLED, one.told_at))
        elif place in arrived:
            found.append(ToldRow(one, ARRIVED, arrived[place]))
        elif place in read:
            found.append(ToldRow(one, READ, read[place]))
        else:
            found.append(ToldRow(one, WAITS if place in waits else NOBODY, None))
    return found


def _place(key: str) -> str:
    """Return the premises an occasion's key ends with."""
    return key.rpartition(":")[2]


def people_told(search: Search) -> tuple[int, int]:
    """Return how many people on foot nearby were told in the app, and how many have read it."""
    if search.opened_at is None:
        return 0, 0
    with unscoped():
        reads = list(
            Notice.objects.filter(
                kind="missing_near", about_id=str(search.id), at=search.opened_at
            ).values_list("read_at", flat=True)
        )
    return len(reads), sum(at is not None for at in reads)
