"""Report: a situation report is given, with its number; it stays as it was."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from linli.accounts.actor import Actor
from linli.dispatch.actions.step import begin, finish
from linli.dispatch.models import SituationReport
from linli.dispatch.queries.situation import situation_text


@transaction.atomic
def report_situation(
    incident_id: UUID, *, actor: Actor, at: datetime, note: str = "", seen: int | None = None
) -> SituationReport:
    """Make the report from the timeline, with what the dispatcher adds, and keep it."""
    incident = begin("report", incident_id, actor, seen=seen)
    last = SituationReport.objects.filter(incident=incident).aggregate(n=Max("number"))["n"] or 0
    report = SituationReport(
        incident=incident, number=last + 1, at=at, by_id=actor.user_id,
        text=situation_text(incident, at, note),
    )  # fmt: skip
    finish(incident, "report", actor=actor, at=at, facts={"number": report.number}, rows=[report])
    return report
