"""Hand over: at the change of shift a dispatcher gives the open incidents to the next one."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.accounts.models import Role
from linli.accounts.queries import roles_on
from linli.audit.record import record
from linli.cases.actions.hand_over import hand_over_case
from linli.cases.actions.step import locked
from linli.dispatch.actions.step import begin, finish
from linli.dispatch.lifecycle import OPEN
from linli.dispatch.models import Handover, Incident
from linli.dispatch.policy import DISPATCHING
from linli.kernel.crypto import text_hash
from linli.kernel.errors import Invalid, NotPermitted
from linli.kernel.working_days import local_date


@transaction.atomic
def hand_over_desk(*, taker: UUID, actor: Actor, at: datetime, note: str = "") -> Handover:
    """Give every open incident the actor leads to ``taker``, who works at the same desk.

    Cases and incidents move together; what was said stays with the hand-over.
    """
    desk = desk_of(actor)
    giver = actor.user_id
    if giver is None or desk is None:
        raise NotPermitted(_("Only a dispatcher hands a desk over."))
    if not people_at(desk, at).filter(user=taker).exclude(user=giver).exists():
        raise Invalid(
            _("Choose a colleague of your desk."), {"taker": _("Choose a colleague of your desk.")}
        )
    mine = Incident.objects.filter(state=OPEN, case__handler=giver, case__holder=desk)
    pairs = list(mine.order_by("case").values_list("id", "case"))
    handover = Handover(
        desk_id=desk, giver_id=giver, taker_id=taker, at=at, note=note.strip(),
        incidents=[str(incident) for incident, _case in pairs],
    )  # fmt: skip
    for incident_id, case_id in pairs:
        locked(case_id, actor)
        incident = begin("hand_over", incident_id, actor)
        finish(
            incident, "hand_over", actor=actor, at=at,
            facts={"from": str(giver), "to": str(taker), "handover": str(handover.id)},
        )  # fmt: skip
        hand_over_case(case_id, handler=taker, actor=actor, at=at)
    facts = {"desk": str(desk), "taker": str(taker), "incidents": handover.incidents}
    if handover.note:
        facts["note"] = text_hash(handover.note, handover.id.bytes)
    record(
        "handover", handover.id, "dispatch.hand_over", actor=giver, at=at, facts=facts,
        rows=[handover],
    )  # fmt: skip
    return handover


def desk_of(actor: Actor) -> UUID | None:
    """Return the unit in which the actor dispatches."""
    return next((role.unit for role in actor.roles if role.kind in DISPATCHING and role.unit), None)


def people_at(desk: UUID, at: datetime) -> QuerySet[Role]:
    """Return the roles of those who dispatch at a desk today."""
    today = roles_on(local_date(at)).filter(unit=desk, kind__in=DISPATCHING, user__is_active=True)
    return today.select_related("user").order_by("user__name")
