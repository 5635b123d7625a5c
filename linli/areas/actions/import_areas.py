"""Import official division tables: what is new, renamed, merged, abolished, and back again.

All or nothing: one line that can't be taken refuses the whole. What a table does not speak of
stays: an area is abolished only where the tables list its neighbours without it (see
:mod:`linli.areas.actions.import_sql`), or where they name its successor.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.db import connection, transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.areas.actions import import_sql as sql
from linli.areas.actions.abolish_area import end_units
from linli.areas.codes import above, contains, parent_of
from linli.areas.models import Area
from linli.areas.policy import permit
from linli.areas.queries import post_after
from linli.areas.tables import Fault, Tables, Tick, read_tables
from linli.audit.record import record
from linli.kernel.errors import Invalid
from linli.kernel.working_days import local_date


class Unreadable(Invalid):
    """Tables with faults; ``faults`` lists every line that can't be taken."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        reason = _("%(count)d lines cannot be taken, so nothing was imported.")
        super().__init__(reason % {"count": len(faults)})
        self.faults = list(faults)


@dataclass(slots=True)
class Outcome:
    """What an import did. ``merged`` counts those of the abolished that have a successor.

    ``partial`` names areas of which the tables list so few parts that the missing ones were kept.
    """

    areas: int = 0
    added: int = 0
    renamed: int = 0
    abolished: int = 0
    merged: int = 0
    revived: int = 0
    unchanged: int = 0
    seconds: float = 0.0
    partial: list[str] = field(default_factory=list)


def import_areas(
    paths: Sequence[Path],
    *,
    actor: Actor,
    at: datetime,
    successors: Path | None = None,
    within: str = "",
    tick: Tick | None = None,
) -> Outcome:
    """Bring the tree up to the tables; raises :class:`Unreadable` and changes nothing on faults.

    ``within`` says that the tables are complete for this area: then whatever they lack below it is
    abolished. Without it they speak for the lowest area that holds all of their rows.
    """
    begun = time.monotonic()
    say = tick or (lambda _what, _count: None)
    tables = read_tables(list(paths), successors, say)
    if not tables.rows and not tables.successors and not tables.faults:
        tables.fault(", ".join(path.name for path in paths), 0, _("There is no area in it."))
    with transaction.atomic():
        # No import and no rename beside this one; readers, and cases that arrive, go on.
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE areas_area IN SHARE ROW EXCLUSIVE MODE")
        _check_parents(tables)
        if tables.faults:
            raise Unreadable(tables.faults)
        permit(actor, within or root_of(tables))
        outcome = _bring_in(tables, within, say, actor=actor, at=at, source=source_of(paths))
        outcome.seconds = round(time.monotonic() - begun, 2)
    return outcome


def source_of(paths: Sequence[Path]) -> str:
    """Return the names of the files, as an area's history shows them."""
    return ", ".join(path.name for path in paths)[:120]


def root_of(tables: Tables) -> str:
    """Return the lowest area that holds every row which has no row below it; empty: the country."""
    codes = sorted(tables.rows)
    if not codes:
        return ""
    # The areas above the first leaf sort right before it; the last code is always a leaf.
    first, last = codes[0], codes[-1]
    for code in codes[1:]:
        if not contains(first, code):
            break
        first = code
    shared = [one for one in above(first) if contains(one, last)]
    return shared[-1] if shared else ""


def _check_parents(tables: Tables) -> None:
    """Add a fault for each row whose area above is neither in the tables nor known."""
    needed = {parent for code in tables.rows if (parent := parent_of(code))}
    needed -= tables.rows.keys()
    if not needed and not tables.successors:
        return
    asked = needed | set(tables.successors.values())
    known = set(Area.objects.filter(pk__in=asked, abolished_on=None).values_list("code", flat=True))
    # Nor is a child told on for a fault of its parent's own line.
    missing = needed - known - {fault.code for fault in tables.faults}
    for row in tables.rows.values() if missing else ():
        if (parent := parent_of(row.code)) in missing:
            reason = _("The area above it, “%(code)s”, is neither in the tables nor known.")
            tables.fault(row.file, row.line, reason % {"code": parent})
    for code, heir in tables.successors.items():
        if heir and heir not in tables.rows and heir not in known:
            reason = _("The successor “%(code)s” is neither in the tables nor known.")
            tables.fault(*tables.places[code], reason % {"code": heir})


def _bring_in(
    tables: Tables, within: str, say: Tick, *, actor: Actor, at: datetime, source: str
) -> Outcome:
    outcome = Outcome(areas=len(tables.rows))
    with connection.cursor() as cursor:
        say(_("Comparing"), 0)
        sql.load(cursor, tables)
        counts = sql.compare(cursor)
        say(_("Saving"), len(tables.rows))
        sql.save(cursor, at, source)
        outcome.added, outcome.renamed, outcome.revived = (
            counts[kind] for kind in ("added", "renamed", "revived")
        )
        outcome.unchanged = outcome.areas - counts["touched"]
        say(_("Looking for what has ended"), 0)
        outcome.partial = sql.find_gone(cursor, within or root_of(tables), bool(within))
        _close_units(cursor, actor, at)
        outcome.abolished, outcome.merged = sql.abolish(cursor, at, local_date(at), source)
        if outcome.added > 1000:
            cursor.execute("ANALYZE areas_area")
    facts = {name: getattr(outcome, name) for name in ("added", "renamed", "abolished", "revived")}
    record("areas", "import", "areas.import", actor=actor.user_id, at=at, facts=facts)
    return outcome


def _close_units(cursor: sql.Cursor, actor: Actor, at: datetime) -> None:
    """Close the units of areas that have ended; their cases go to the post that takes over."""
    by_top: dict[tuple[str, str], list[str]] = {}
    for code, top, heir in sql.gone_with_units(cursor):
        by_top.setdefault((top, heir), []).append(code)
    for (top, heir), codes in sorted(by_top.items()):
        end_units(codes, post_after(top, heir), actor=actor, at=at)
