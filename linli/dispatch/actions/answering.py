"""What all answers of a unit share: locking, the rule, and writing them down."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.dispatch import lifecycle
from linli.dispatch.actions.step import held, noted, write
from linli.dispatch.choices import Answer, Verb
from linli.dispatch.models import Assignment, Clock, TimelineEntry
from linli.dispatch.policy import permit_answer
from linli.kernel.errors import IllegalMove, NotFound


def begin_answer(verb: str, assignment_id: UUID, actor: Actor) -> Assignment:
    """Lock the incident and then the assignment; check scope, rule and state."""
    found = Assignment.objects.filter(pk=assignment_id).values_list("incident").first()
    if found is None:
        raise NotFound(_("There is no such assignment here."))
    incident = held(found[0], actor)
    assignment = (
        Assignment.objects.select_for_update(of=("self",))
        .select_related("unit")
        .get(pk=assignment_id)
    )
    assignment.incident = incident
    permit_answer(actor, assignment)
    if not lifecycle.ANSWERS.legal(verb, assignment.state):
        raise IllegalMove(
            _("An assignment that is “%(state)s” has no step “%(verb)s”.")
            % {"state": Answer(assignment.state).label, "verb": Verb(verb).label}
        )
    return assignment


def finish_answer(
    assignment: Assignment, verb: str, *, actor: Actor, at: datetime, changed: Iterable[str] = (),
    note: str = "",
) -> TimelineEntry:  # fmt: skip
    """Write the timeline and save the assignment; the unit's status follows by itself.

    The assignment is saved last of all: it may be what lets the actor see the incident.
    """
    note = noted(verb, note)
    assignment.state = lifecycle.ANSWERS.after(verb, assignment.state)
    if assignment.state in lifecycle.OVER:
        assignment.ended_at = at
        _stop(assignment, at)
    entry = write(assignment.incident, verb, actor=actor, at=at, note=note, assignment=assignment)
    assignment.save(update_fields={*changed, "state", "ended_at"})
    return entry


def stop_accept_clock(assignment: Assignment, at: datetime) -> None:
    """The unit has answered."""
    _stop(assignment, at)


def _stop(assignment: Assignment, at: datetime) -> None:
    running = Clock.objects.filter(assignment=assignment, stopped_at=None, fired_at=None)
    running.update(stopped_at=at)
