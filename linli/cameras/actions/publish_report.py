"""Publish the report on video of a quarter that has ended, once; it does not change afterwards."""

from datetime import datetime

from django.db import transaction

from linli.audit.record import record
from linli.cameras.models import ViewingReport
from linli.cameras.quarters import Quarter, quarter_of
from linli.cameras.queries.viewing_report import figures


@transaction.atomic
def publish_report(quarter: Quarter, *, at: datetime) -> ViewingReport | None:
    """Publish a quarter's report; None while it runs or where it was published. For the worker."""
    if quarter >= quarter_of(at):
        return None
    if ViewingReport.objects.filter(pk=str(quarter)).exists():
        return None
    report = ViewingReport(quarter=str(quarter), figures=figures(quarter), published_at=at)
    record("viewing_report", str(quarter), "video.publish", actor=None, at=at, rows=[report])
    return report
