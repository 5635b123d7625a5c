"""What the worker does for the figures."""

from django.utils import timezone
from procrastinate.contrib.django import app

from linli.insight.rollup import fold
from linli.notices.stream.publish import publish


@app.periodic(cron="* * * * *", periodic_id="fold-figures")
@app.task(name="linli.insight.tasks.fold_figures", queueing_lock="fold-figures")
def fold_figures(timestamp: int) -> None:
    """Put the changes of the figures away, once a minute; walls that show them look again."""
    if fold():
        publish("figures", "folded", {}, at=timezone.now())
