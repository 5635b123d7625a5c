"""Close: nobody is out any more, and the report is written; the case is resolved with it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.cases.actions.resolve import resolve_case
from linli.cases.actions.step import locked
from linli.dispatch.actions.clockwork import stop_clocks
from linli.dispatch.actions.leaving import nobody_out
from linli.dispatch.actions.step import begin, finish, noted
from linli.dispatch.choices import Result
from linli.dispatch.models import Incident
from linli.dispatch.policy import visible_to
from linli.kernel.errors import Invalid, NotFound


@transaction.atomic
def close_incident(
    incident_id: UUID, *, result: str, note: str, actor: Actor, at: datetime,
    seen: int | None = None,
) -> Incident:  # fmt: skip
    """End the incident with ``note`` as its closing report, which is the case's outcome too."""
    found = Incident.objects.filter(visible_to(actor), pk=incident_id).values_list("case").first()
    if found is None:
        raise NotFound(_("There is no such incident here."))
    # The case is locked first, as its own verbs do it.
    locked(found[0], actor)
    incident = begin("close", incident_id, actor, seen=seen)
    note = noted("close", note)
    if result not in Result.values:
        raise Invalid(_("How it ended is missing."), {"result": _("Choose how it ended.")})
    nobody_out(incident)
    incident.closed_at, incident.result = at, result
    changed = ["closed_at", "result"]
    if incident.processed_at is None:
        incident.processed_at = at
        changed.append("processed_at")
    stop_clocks(incident, at)
    finish(
        incident, "close", actor=actor, at=at, changed=changed, note=note, facts={"result": result}
    )
    resolve_case(incident.case_id, note=note, actor=actor, at=at)
    return incident
