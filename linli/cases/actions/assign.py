"""Assign: to where the rules say, or to a unit the desk chooses."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.accounts.queries import works_in
from linli.areas.models import Unit
from linli.cases.actions.step import begin, finish
from linli.cases.lifecycle import HANDLING, RETURNS_BEFORE_DESIGNATION
from linli.cases.models import Case, Event
from linli.cases.queries.route import Route, route_of
from linli.kernel.errors import IllegalMove, Invalid


@transaction.atomic
def assign_case(
    case_id: UUID,
    *,
    actor: Actor,
    at: datetime,
    unit: UUID | None = None,
    handler: UUID | None = None,
    note: str = "",
    seen: int | None = None,
) -> Case:
    """Send the case to ``unit``; None asks the rules, and without one picks the lowest post.

    ``handler`` names a person of that unit. A case that came back three times is not assigned but
    designated.
    """
    case = begin("assign", case_id, actor, seen=seen)
    if case.state == "returned" and case.returns >= RETURNS_BEFORE_DESIGNATION:
        raise IllegalMove(
            _("This case was returned three times."),
            _("The director now designates who handles it."),
        )
    why: dict[str, str] = {}
    if unit:
        route = Route(reachable_unit(case, unit, actor), handler)
    else:
        route = route_of(case, at, besides=_sent_back_by(case))
        why |= route.facts
    # A designation bound the unit it named; whoever gets the case now may return it.
    case.designated = False
    # Somebody worked on it already: what hangs on that work has to hear of it.
    if case.state == HANDLING:
        why["taken_from_hand"] = "1"
    send(
        case, "assign", route.unit, handler or route.handler, actor=actor, at=at, note=note,
        why=why,
    )  # fmt: skip
    return case


def _sent_back_by(case: Case) -> frozenset[UUID]:
    """Return the unit that returned the case last: a rule does not send it there again."""
    if case.state != "returned":
        return frozenset()
    last = Event.objects.filter(case=case, verb="return").order_by("-id").first()
    return frozenset({UUID(last.facts["from_unit"])} if last and "from_unit" in last.facts else ())


def send(
    case: Case,
    verb: str,
    target: Unit,
    handler: UUID | None,
    *,
    actor: Actor,
    at: datetime,
    note: str,
    why: Mapping[str, str] | None = None,
) -> None:
    """Put the case with ``target``; shared by assign and designate. ``why`` goes into the facts."""
    if handler is not None:
        person_of(target, handler, at)
    case.handler_id = handler
    case.told = None
    facts = {"to_unit": str(target.id), "handler": str(handler) if handler else None, **(why or {})}
    changed = ["handler", "told", "returns", "designated"]
    finish(case, verb, actor=actor, at=at, changed=changed, note=note, facts=facts, to_unit=target)


def reachable_unit(case: Case, unit: UUID, actor: Actor) -> Unit:
    """Return a unit the actor may send to: in their own areas, or in the case's city for the system."""
    target = Unit.objects.filter(pk=unit, closed_on=None).first()
    if target is None:
        raise Invalid(_("This unit is closed or unknown."), {"unit": _("Choose another unit.")})
    within = actor.is_system or any(target.area_id.startswith(role.area) for role in actor.roles)
    if not within:
        raise Invalid(
            _("A case is assigned within your own area; to go higher it is escalated."),
            {"unit": _("Choose a unit of your area.")},
        )
    return target


def person_of(unit: Unit, person: UUID, at: datetime) -> None:
    """Raise :class:`Invalid` unless ``person`` works in ``unit`` on that day."""
    if not works_in(person, unit.id, at):
        raise Invalid(
            _("This person does not work in %(unit)s.") % {"unit": unit.name},
            {"handler": _("Choose somebody of the unit.")},
        )
