"""Set a clock on a case for a room above: what it times there replaces what the case timed itself."""

from collections.abc import Iterable
from datetime import datetime

from linli.cases.actions.clockwork import follow, running_clocks, start_for, stop
from linli.cases.deadlines import Term, term
from linli.cases.models import Case, Clock
from linli.kernel.working_days import local_date


def set_clock(
    case: Case, kind: str, length: Term | None, at: datetime, *, since: datetime | None = None,
    instead_of: Iterable[str] = (),
) -> Clock | None:  # fmt: skip
    """Start a clock of ``length`` from ``since`` (``at`` without it) and stop those it replaces.

    The caller holds the lock on the case and records why. Without a length the clocks only stop.
    """
    running = running_clocks(case)
    stop(running, at, kind, *instead_of)
    if length is not None:
        start_for(case, running, kind, length, since or at)
        Clock.objects.bulk_create([running[kind]])
    follow(case, running)
    case.save(update_fields=["warn_at", "due_at"])
    return running.get(kind)


def length_of(case: Case, kind: str, *keys: str, at: datetime) -> Term | None:
    """Return the term of the first of ``keys`` that has a rule where the case is."""
    for key in keys:
        if (found := term(case.area_id, local_date(at), kind, key)) is not None:
            return found
    return None
