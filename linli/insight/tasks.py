"""What the worker does for the figures."""

from procrastinate.contrib.django import app

from linli.insight.rollup import fold


@app.periodic(cron="* * * * *", periodic_id="fold-figures")
@app.task(name="linli.insight.tasks.fold_figures", queueing_lock="fold-figures")
def fold_figures(timestamp: int) -> None:
    """Put the changes of the figures away, once a minute."""
    fold()
