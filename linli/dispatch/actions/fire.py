"""Fire: a clock of dispatch has run up. It is written into the timeline, and whoever leads hears it."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from linli.audit.bulk import BulkEntry
from linli.audit.record import record_all
from linli.dispatch.choices import ClockKind
from linli.dispatch.models import Clock, TimelineEntry
from linli.notices.actions.send import Telling, notify_all
from linli.notices.stream.publish import Nudge, publish_all

LATE = "late"
# When the next clock is due, for the loop of clocks.
NEXT_DUE = "SELECT min(due_at) FROM dispatch_clock WHERE stopped_at IS NULL AND fired_at IS NULL"


@transaction.atomic
def fire_due(*, at: datetime, most: int = 500) -> int:
    """Fire up to ``most`` clocks that are due; return how many.

    A clock somebody is stopping at this moment is passed over: it is stopped, or fires next time.
    """
    clocks = list(
        Clock.objects.select_for_update(of=("self",), skip_locked=True)
        .select_related("incident", "incident__kind", "incident__case", "assignment", "check_item")
        .filter(due_at__lte=at, stopped_at=None, fired_at=None)
        .order_by("due_at", "id")[:most]
    )
    if not clocks:
        return 0
    Clock.objects.filter(pk__in=[clock.pk for clock in clocks]).update(fired_at=at)
    entries = [_entry(clock, at) for clock in clocks]
    TimelineEntry.objects.bulk_create(entries)
    record_all(
        [
            BulkEntry(
                "incident", entry.incident_id, "incident.late", None, at,
                {**entry.facts, "entry": str(entry.id)},
            )
            for entry in entries
        ]
    )  # fmt: skip
    _tell(clocks, at)
    return len(clocks)


def _entry(clock: Clock, at: datetime) -> TimelineEntry:
    facts: dict[str, Any] = {"clock": clock.kind, "due_at": clock.due_at.isoformat()}
    if clock.check_item is not None:
        facts["position"] = clock.check_item.position
    return TimelineEntry(
        incident_id=clock.incident_id, verb=LATE, at=at, facts=facts,
        assignment_id=clock.assignment_id,
        unit_id=clock.assignment.unit_id if clock.assignment else None,
    )  # fmt: skip


def _tell(clocks: Sequence[Clock], at: datetime) -> None:
    """One nudge an incident to open boards; a notice to whoever leads it."""
    by_incident: defaultdict[UUID, list[Clock]] = defaultdict(list)
    for clock in clocks:
        by_incident[clock.incident_id].append(clock)
    nudges, tellings = [], []
    for incident_id, some in by_incident.items():
        incident = some[0].incident
        kinds = sorted({clock.kind for clock in some})
        data = {"id": str(incident_id), "verb": LATE, "clocks": kinds}
        nudges.append(Nudge(f"dispatch:{incident.area_id}", "incident", data))
        people = {one for one in (incident.case.handler_id, incident.answered_by_id) if one}
        tellings += [
            Telling(
                "dispatch_late", ("incident", incident_id), at, to_users=people,
                key=f"{incident_id}:{kind}:{at.isoformat()}", rule="dispatch clock",
                words={
                    "incident": incident.kind.label, "scene": incident.place,
                    "task": str(ClockKind(kind).label),
                },
            )
            for kind in kinds
        ]  # fmt: skip
    publish_all(nudges, at=at)
    notify_all(tellings)
