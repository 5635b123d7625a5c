"""Return: the case goes back to who sent it, with a reason. (The module's name avoids the keyword.)"""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.areas.models import Unit
from linli.areas.queries import lowest_post
from linli.cases.actions.step import begin, finish, required
from linli.cases.deadlines import due_after, term
from linli.cases.models import Case, Event
from linli.kernel.errors import IllegalMove
from linli.kernel.working_days import local_date

_ARRIVALS = ("assign", "designate", "escalate")


@transaction.atomic
def return_case(
    case_id: UUID, *, note: str, actor: Actor, at: datetime, seen: int | None = None
) -> Case:
    """Send the case back within the time for returning; a designated case stays."""
    case = begin("return", case_id, actor, seen=seen)
    note = required("return", note)
    if case.designated:
        raise IllegalMove(_("This case was designated to you and can't be returned."))
    arrival = Event.objects.filter(case=case, verb__in=_ARRIVALS).order_by("-id").first()
    # A case that came back to its sender was not sent to the sender.
    if arrival is None or arrival.unit_id != case.holder_id:
        raise IllegalMove(_("This case was not sent to you by anybody."))
    _refuse_late(case, arrival, at)
    case.returns += 1
    case.handler = None
    changed = ["returns", "handler"]
    facts = {"returns": case.returns}
    finish(
        case, "return", actor=actor, at=at, changed=changed, note=note, facts=facts,
        to_unit=_sender(case, arrival),
    )  # fmt: skip
    return case


def _refuse_late(case: Case, arrival: Event, at: datetime) -> None:
    length = term(case.area_id, local_date(at), "return", case.difficulty)
    if length is not None and at > due_after(arrival.at, length):
        raise IllegalMove(
            _("The time for returning it has passed."),
            _("Handle it, or escalate it with a reason."),
        )


def _sender(case: Case, arrival: Event) -> Unit:
    """Return who sent it; where that unit is closed, the post of its area or the next above."""
    sender = Unit.objects.filter(pk=arrival.facts.get("from_unit")).first()
    if sender is None:
        return lowest_post(case.area_id)
    return sender if sender.closed_on is None else lowest_post(sender.area_id)
