"""Cancel leave: it does not take place, or ends earlier."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.accounts.models import Leave
from linli.accounts.policy import may_plan_leave
from linli.accounts.queries import units_on
from linli.audit.record import record
from linli.kernel.errors import IllegalMove, NotFound, NotPermitted
from linli.kernel.working_days import local_date


@transaction.atomic
def cancel_leave(leave_id: UUID, *, actor: Actor, at: datetime) -> None:
    """Take a leave back; one that has begun ends yesterday, so that its days stay on record."""
    leave = Leave.objects.select_for_update().filter(pk=leave_id).first()
    if leave is None:
        raise NotFound(_("There is no such leave."))
    today = local_date(at)
    if not may_plan_leave(actor, leave.user_id, units_on(leave.user_id, today)):
        raise NotPermitted(_("A leave is planned by the person, or by the director of the unit."))
    if leave.ends < today:
        raise IllegalMove(_("This leave is over."))
    if leave.starts < today:
        leave.ends = today - timedelta(days=1)
        leave.save(update_fields=["ends"])
    else:
        leave.delete()
    facts = {"user": str(leave.user_id)}
    record("leave", leave_id, "leave.cancel", actor=actor.user_id, at=at, facts=facts)
