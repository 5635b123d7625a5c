"""Merge: two incidents are the same; one goes on with the reports of both."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.cases.actions.merge import merge_case
from linli.dispatch.actions.clockwork import stop_clocks
from linli.dispatch.actions.leaving import nobody_out
from linli.dispatch.actions.step import check_state, finish, write
from linli.dispatch.lifecycle import OPEN
from linli.dispatch.models import Incident, Report
from linli.kernel.errors import Invalid, NotFound


@transaction.atomic
def merge_incident(
    incident_id: UUID, *, into: UUID, actor: Actor, at: datetime, note: str = ""
) -> Incident:
    """End the incident as merged into ``into``, whose reports now hold this one's too.

    Units that are out to it are recalled or go on to the other one first.
    """
    if incident_id == into:
        raise Invalid(_("An incident can't be merged into itself."), {"into": _("Choose another.")})
    pair = dict(Incident.objects.filter(pk__in=[incident_id, into]).values_list("id", "case"))
    if into not in pair or incident_id not in pair:
        raise NotFound(_("There is no such incident here."))
    merge_case(pair[incident_id], into=pair[into], actor=actor, at=at, note=note)
    return Incident.objects.get(pk=incident_id)


def follow_merge(incident: Incident, other: Incident, *, actor: Actor, at: datetime) -> None:
    """Make the move on both incidents, after their cases were merged."""
    check_state("merge", incident)
    nobody_out(incident)
    if other.state != OPEN:
        raise Invalid(_("The other incident is no longer open."), {"into": _("Choose another.")})
    incident.merged_into = other
    incident.closed_at = at
    stop_clocks(incident, at)
    facts = {"into": str(other.id)}
    finish(incident, "merge", actor=actor, at=at, changed=["merged_into", "closed_at"], facts=facts)
    Report.objects.filter(incident=incident).update(incident=other)
    write(other, "add_report", actor=actor, at=at, facts={"merged": str(incident.id)})
