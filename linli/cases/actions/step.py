"""The first and the last part of every verb: ``begin`` locks and permits, ``finish`` records."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.accounts.models import User
from linli.areas.codes import level_of
from linli.areas.models import Unit
from linli.areas.queries import holding
from linli.audit.record import record
from linli.cases import lifecycle
from linli.cases.actions.clockwork import turn
from linli.cases.choices import State, Verb
from linli.cases.models import Case, Event, Note, Placement
from linli.cases.policy import permit, visible_to
from linli.kernel.crypto import text_hash
from linli.kernel.errors import IllegalMove, Invalid, NotFound, Stale, Text
from linli.kernel.moves import Move


def begin(verb: str, case_id: UUID, actor: Actor, *, seen: int | None = None) -> Case:
    """Lock the case and check, in this order: scope, what the page showed, the state, the rule.

    ``seen`` is the version the actor looked at; None skips that check (the worker, bulk actions).
    """
    case = locked(case_id, actor)
    if seen is not None and seen != case.version:
        raise Stale(_what_happened(case), _("Look at the case again before you go on."))
    check_state(verb, case)
    permit(verb, actor, case)
    return case


def locked(case_id: UUID, actor: Actor) -> Case:
    """Return a visible case with its row locked until the transaction ends."""
    case = (
        Case.objects.select_for_update(of=("self",))
        .select_related("holder")
        .filter(visible_to(actor), pk=case_id)
        .first()
    )
    if case is None:
        raise NotFound(_("There is no such case here."))
    return case


def check_state(verb: str, case: Case) -> None:
    """Raise :class:`IllegalMove` unless the case's state has such a move."""
    if not lifecycle.legal(verb, case.state):
        raise IllegalMove(
            _("A case that is “%(state)s” has no step “%(verb)s”.")
            % {"state": State(case.state).label, "verb": Verb(verb).label}
        )


def _what_happened(case: Case) -> str:
    last = Event.objects.filter(case=case).select_related("actor").order_by("-id").first()
    if last is None:
        return _("Somebody changed this case meanwhile.")
    return meanwhile(last.actor, Verb(last.verb).label)


def meanwhile(person: User | None, verb: Text) -> str:
    """Return the sentence on what somebody, or Linli itself, did since the page was shown."""
    return _("Meanwhile %(person)s did this: %(verb)s.") % {
        "person": person.name if person else "Linli",
        "verb": verb,
    }


def required(verb: str, note: str) -> str:
    """Return the note without outer blanks; raise :class:`Invalid` where the verb needs one."""
    return needed(lifecycle.MOVES[verb], note)


def needed(move: Move, note: str) -> str:
    """Return the note without outer blanks; raise :class:`Invalid` where the move needs one."""
    note = note.strip()
    if move.needs_note and not note:
        raise Invalid(_("A reason is missing."), {"note": _("Please write the reason.")})
    return note


def finish(
    case: Case,
    verb: str,
    *,
    actor: Actor,
    at: datetime,
    changed: Iterable[str] = (),
    note: str = "",
    facts: Mapping[str, Any] | None = None,
    to_unit: Unit | None = None,
) -> Event:
    """Make the move: state, clocks, holder, timeline and audit, and save the case once.

    ``changed`` names the fields the verb itself set. The old placement is ended last of all: it may
    be what lets the actor see the case, and PostgreSQL judges each statement by itself.
    """
    before, sender, level = case.state, case.holder_id, case.level
    case.state = lifecycle.after(verb, before)
    fields = {*changed, "state", "version"}
    if to_unit is not None:
        if holding(to_unit.id) is None:
            raise Stale(_("This unit was closed meanwhile."), _("Choose another unit."))
        case.holder, case.level = to_unit, level_of(to_unit.area_id)
        fields |= {"holder", "level"}
    if turn(case, lifecycle.MOVES[verb].clocks, at, level_changed=case.level != level):
        fields |= {"warn_at", "due_at"}
    case.version += 1
    case.save(update_fields=fields)
    event = write_event(
        case, verb, before, actor=actor, at=at, note=note, facts=facts, sender=sender
    )
    if to_unit is not None and to_unit.pk != sender:
        move_lead(case, to_unit, at)
    return event


def write_event(
    case: Case,
    verb: str,
    before: str,
    *,
    actor: Actor,
    at: datetime,
    note: str = "",
    facts: Mapping[str, Any] | None = None,
    sender: UUID | None = None,
    rows: Sequence[Model] = (),
) -> Event:
    """Write ``rows``, the timeline's row, the note beside it, and the audit entry."""
    told = dict(facts or {})
    if sender is not None and sender != case.holder_id:
        told["from_unit"] = str(sender)
    event = Event(
        case=case, verb=verb, at=at, actor_id=actor.user_id, from_state=before,
        to_state=case.state, unit_id=case.holder_id, facts=told,
    )  # fmt: skip
    entry = {**told, "event": str(event.id), "unit": str(case.holder_id), "state": case.state}
    new = [*rows, event]
    if note:
        new.append(Note(event=event, case=case, text=note))
        entry["note"] = text_hash(note, event.id.bytes)
    record("case", case.id, f"case.{verb}", actor=actor.user_id, at=at, facts=entry, rows=new)
    return event


def move_lead(case: Case, unit: Unit, at: datetime) -> None:
    """Put the case with ``unit`` as the one that must act."""
    # The new row first is not possible: the database allows one lead at a time.
    Placement.objects.filter(case=case, part="lead", until=None).update(until=at)
    Placement(case=case, unit=unit, part="lead", since=at).save(force_insert=True)
