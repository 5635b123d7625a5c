"""Fire: clocks that have run up remind the handler, then supervise, then tell the level above.

Many end at the same moment (the office closes for all), so a batch is moved with a handful of
statements; what it writes is what ``remind_case``, ``supervise_case`` and ``alert_case`` write.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.areas.queries import post_over
from linli.audit.bulk import BulkEntry
from linli.audit.record import record_all
from linli.cases import lifecycle
from linli.cases.actions.clockwork import next_fire
from linli.cases.models import Case, Clock, Event, Note
from linli.kernel.crypto import text_hash

STEPS = ("remind", "supervise", "alert")
_CHANGED = ["reminders", "supervised", "told", "version"]


@transaction.atomic
def fire_due(*, at: datetime, most: int = 500) -> int:
    """Let up to ``most`` clocks that are due at ``at`` take their next step; return how many did.

    Cases are locked before their clocks, as every verb does; a case somebody is working on is
    passed over until the next call. The step is stored with what it did, so it can't happen twice.
    """
    due = Clock.objects.filter(fires_at__lte=at).order_by("fires_at")[:most]
    wanted = list(due.values_list("case", flat=True))
    cases = {
        case.id: case
        for case in Case.objects.select_for_update(of=("self",), skip_locked=True)
        .select_related("holder")
        .filter(pk__in=wanted)
        .order_by("pk")
    }
    clocks = list(
        Clock.objects.filter(case__in=cases, fires_at__lte=at).order_by("case", "fires_at")
    )
    steps: list[tuple[Case, str, Clock]] = []
    for clock in clocks:
        verb = STEPS[clock.step]
        clock.step += 1
        clock.fires_at = next_fire(clock)
        case = cases[clock.case_id]
        if lifecycle.legal(verb, case.state):
            _apply(case, verb)
            steps.append((case, verb, clock))
    if clocks:
        Clock.objects.bulk_update(clocks, ["step", "fires_at"])
    if steps:
        Case.objects.bulk_update({case.id: case for case, *_rest in steps}.values(), _CHANGED)
        _write(steps, at)
    return len(clocks)


def _apply(case: Case, verb: str) -> None:
    case.version += 1
    match verb:
        case "remind":
            case.reminders += 1
        case "supervise":
            case.supervised = True
        case "alert":
            case.told = post_over(case.holder) or case.holder


def _write(steps: Sequence[tuple[Case, str, Clock]], at: datetime) -> None:
    events = [
        Event(
            case=case, verb=verb, at=at, from_state=case.state, to_state=case.state,
            unit_id=case.holder_id, facts=_facts(case, verb, clock),
        )
        for case, verb, clock in steps
    ]  # fmt: skip
    passed = _("The deadline has passed.")
    notes = {event.id: passed for event in events if event.verb == "supervise"}
    Event.objects.bulk_create(events)
    Note.objects.bulk_create(
        Note(event=event, case_id=event.case_id, text=passed)
        for event in events
        if event.id in notes
    )
    record_all([_entry(event, notes) for event in events])


def _facts(case: Case, verb: str, clock: Clock) -> dict[str, str]:
    facts = {"clock": clock.kind}
    return facts | {"told": str(case.told_id)} if verb == "alert" else facts


def _entry(event: Event, notes: dict[UUID, str]) -> BulkEntry:
    facts = {
        **event.facts, "event": str(event.id), "unit": str(event.unit_id), "state": event.to_state,
    }  # fmt: skip
    if event.id in notes:
        facts["note"] = text_hash(notes[event.id], event.id.bytes)
    return BulkEntry("case", event.case_id, f"case.{event.verb}", None, event.at, facts)
