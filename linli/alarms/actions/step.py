"""The first and the last part of every step a person takes: lock and permit, then write it down."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.alarms import lifecycle
from linli.alarms.choices import LIGHTS, State, Verb
from linli.alarms.models import Alarm, Event
from linli.alarms.policy import permit_act, visible_to
from linli.audit.record import record
from linli.kernel.crypto import text_hash
from linli.kernel.errors import IllegalMove, Invalid, NotFound, Stale
from linli.notices.stream.publish import publish

LONGEST_NOTE = 300


def begin(verb: str, alarm_id: UUID, actor: Actor, *, seen: int | None = None) -> Alarm:
    """Lock the alarm and check, in this order: scope, rule, what the page showed, the state.

    ``seen`` is the version the person looked at; None skips that check.
    """
    alarm = (
        Alarm.objects.select_for_update(of=("self",)).filter(visible_to(actor), pk=alarm_id).first()
    )
    if alarm is None:
        raise NotFound(_("There is no such alarm here."))
    permit_act(actor, alarm)
    if seen is not None and seen != alarm.version:
        raise Stale(
            _("Meanwhile something happened to this alarm."),
            _("Look at the alarm again before you go on."),
        )
    if not lifecycle.MOVES.legal(verb, alarm.state):
        raise IllegalMove(
            _("An alarm in the state “%(state)s” has no step “%(verb)s”.")
            % {"state": State(alarm.state).label, "verb": Verb(verb).label}
        )
    return alarm


def needed(verb: str, note: str) -> str:
    """Return the note without outer blanks; raise :class:`Invalid` where the step needs one."""
    note = note.strip()
    if lifecycle.MOVES[verb].needs_note and not note:
        raise Invalid(_("A reason is missing."), {"note": _("Please write the reason.")})
    if len(note) > LONGEST_NOTE:
        sentence = _("At most %(most)d characters, please.") % {"most": LONGEST_NOTE}
        raise Invalid(sentence, {"note": sentence})
    return note


def finish(
    alarm: Alarm, verb: str, *, actor: UUID | None, at: datetime, changed: Iterable[str] = (),
    note: str = "", facts: Mapping[str, Any] | None = None,
) -> None:  # fmt: skip
    """Move the alarm, save it, write timeline and audit, and tell the boards."""
    alarm.state = lifecycle.MOVES.after(verb, alarm.state)
    alarm.version += 1
    alarm.save(update_fields={*changed, "state", "version"})
    event = Event(
        alarm=alarm, verb=verb, at=at, actor_id=actor, to_state=alarm.state, desk=alarm.desk,
        note=note,
    )  # fmt: skip
    entry = {**(facts or {}), "state": alarm.state, "area": alarm.area_id, "test": alarm.is_test}
    if note:
        entry["note"] = text_hash(note, event.id.bytes)
    record("alarm", alarm.id, f"alarm.{verb}", actor=actor, at=at, facts=entry, rows=[event])
    publish(f"alarms:{alarm.area_id}", "alarm", shown(alarm, verb), at=at)


def shown(alarm: Alarm, verb: str) -> dict[str, Any]:
    """Return what boards are told of a step: nothing about a person."""
    return {
        "id": str(alarm.id), "verb": verb, "number": alarm.sequence, "count": alarm.count,
        "kind": alarm.kind, "area": alarm.area_id, "test": alarm.is_test, "state": alarm.state,
        "light": LIGHTS[alarm.severity],
    }  # fmt: skip
