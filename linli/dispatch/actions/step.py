"""The first and the last part of every verb: ``begin`` locks and permits, ``write`` records.

Rows are locked in one order everywhere: the case (where it moves), the incident, assignments, units.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.audit.record import record
from linli.cases.actions.step import meanwhile
from linli.dispatch import lifecycle
from linli.dispatch.actions.nudge import tell_listeners
from linli.dispatch.choices import State, Verb
from linli.dispatch.models import Assignment, Incident, Remark, TimelineEntry
from linli.dispatch.policy import permit_dispatch, visible_to
from linli.kernel.crypto import text_hash
from linli.kernel.errors import IllegalMove, Invalid, NotFound, Stale


def begin(verb: str, incident_id: UUID, actor: Actor, *, seen: int | None = None) -> Incident:
    """Lock the incident and check: scope, what the page showed, the state, the rule.

    ``seen`` is the version the actor looked at; None skips that check.
    """
    incident = held(incident_id, actor)
    if seen is not None and seen != incident.version:
        raise Stale(_what_happened(incident), _("Look at the incident again before you go on."))
    check_state(verb, incident)
    permit_dispatch(actor, incident.area_id)
    return incident


def held(incident_id: UUID, actor: Actor) -> Incident:
    """Return a visible incident, its row locked until the transaction ends."""
    found = (
        Incident.objects.select_for_update(of=("self",))
        .filter(visible_to(actor), pk=incident_id)
        .first()
    )
    if found is None:
        raise NotFound(_("There is no such incident here."))
    return found


def check_state(verb: str, incident: Incident) -> None:
    """Raise :class:`IllegalMove` unless the incident's state has such a move."""
    if not lifecycle.MOVES.legal(verb, incident.state):
        raise IllegalMove(
            _("An incident that is “%(state)s” has no step “%(verb)s”.")
            % {"state": State(incident.state).label, "verb": Verb(verb).label}
        )


def _what_happened(incident: Incident) -> str:
    last = (
        TimelineEntry.objects.filter(incident=incident)
        .select_related("actor")
        .order_by("-id")
        .first()
    )
    if last is None:
        return _("Somebody changed this incident meanwhile.")
    return meanwhile(last.actor, Verb(last.verb).label)


def noted(verb: str, note: str) -> str:
    """Return the note without outer blanks; raise :class:`Invalid` where the verb needs one."""
    note = note.strip()
    row = lifecycle.MOVES.get(verb) or lifecycle.ANSWERS[verb]
    if row.needs_note and not note:
        raise Invalid(_("Something is to be written here."), {"note": _("Please write it down.")})
    return note


def finish(
    incident: Incident,
    verb: str,
    *,
    actor: Actor,
    at: datetime,
    changed: Iterable[str] = (),
    note: str = "",
    facts: Mapping[str, Any] | None = None,
    rows: Sequence[Model] = (),
) -> TimelineEntry:
    """Make the move: save the incident's new state, write ``rows``, timeline and audit.

    ``changed`` names the fields the verb itself set.
    """
    incident.state = lifecycle.MOVES.after(verb, incident.state)
    incident.version += 1
    incident.save(update_fields={*changed, "state", "version"})
    return write(incident, verb, actor=actor, at=at, note=note, facts=facts, rows=rows)


def write(
    incident: Incident,
    verb: str,
    *,
    actor: Actor,
    at: datetime,
    note: str = "",
    facts: Mapping[str, Any] | None = None,
    assignment: Assignment | None = None,
    rows: Sequence[Model] = (),
) -> TimelineEntry:
    """Write ``rows``, the timeline's row, the remark beside it, and the audit entry; tell listeners."""
    told = dict(facts or {})
    entry = TimelineEntry(
        incident=incident, verb=verb, at=at, actor_id=actor.user_id, facts=told,
        assignment=assignment, unit_id=assignment.unit_id if assignment else None,
    )  # fmt: skip
    heard = {**told, "case": str(incident.case_id), "entry": str(entry.id), "state": incident.state}
    if assignment is not None:
        heard |= {"assignment": str(assignment.id), "dispatch_unit": str(assignment.unit_id)}
    new: list[Model] = [*rows, entry]
    if note:
        new.append(Remark(entry=entry, incident=incident, text=note))
        heard["note"] = text_hash(note, entry.id.bytes)
    record(
        "incident", incident.id, f"incident.{verb}", actor=actor.user_id, at=at, facts=heard,
        rows=new,
    )  # fmt: skip
    units = [assignment.unit_id] if assignment else []
    tell_listeners(incident.area_id, "incident", {"id": str(incident.id), "verb": verb}, at, units)
    return entry
