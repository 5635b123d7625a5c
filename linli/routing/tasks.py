"""What the worker does for routing: rules whose target has gone report themselves."""

from django.utils import timezone
from procrastinate.contrib.django import app

from linli.kernel.daily import daily
from linli.routing.actions.report_gone import report_gone


@app.task(name="linli.routing.tasks.report_gone_of")
def report_gone_of(object_id: str) -> None:
    """After a unit was closed, a role ended or a person let go: report the rules that led there."""
    report_gone(at=timezone.now())


@app.periodic(cron=daily("00:15"))
@app.task(name="linli.routing.tasks.report_gone_daily", queueing_lock="report_gone_daily")
def report_gone_daily(timestamp: int) -> None:
    """Every night: report rules that lead to somebody whose role ended with the day before."""
    report_gone(at=timezone.now())
