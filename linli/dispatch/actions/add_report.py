"""Add a report: somebody else reports the same; it is merged into the incident that is open."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from linli.accounts.actor import Actor
from linli.cases.actions.parties import PartyData, add_party
from linli.cases.choices import Channel
from linli.dispatch.actions.step import begin, finish, noted
from linli.dispatch.models import Incident, Report


@transaction.atomic
def add_report(
    incident_id: UUID, *, note: str, actor: Actor, at: datetime, channel: str = Channel.PHONE,
    received_at: datetime | None = None, alarm: UUID | None = None,
    party: PartyData | None = None, seen: int | None = None,
) -> Incident:  # fmt: skip
    """Write down what was said (``note``), how it came in, and as a party of the case who it was."""
    incident = begin("add_report", incident_id, actor, seen=seen)
    note = noted("add_report", note)
    if party is not None:
        add_party(incident.case_id, party, actor=actor, at=at)
    report = Report(
        incident=incident, channel=channel, received_at=received_at or at, alarm=alarm, text=note,
        by_id=actor.user_id,
    )  # fmt: skip
    facts = {"channel": channel, "report": str(report.id), "alarm": str(alarm) if alarm else None}
    finish(incident, "add_report", actor=actor, at=at, note=note, facts=facts, rows=[report])
    return incident
