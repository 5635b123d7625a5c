"""What the worker does for the figures."""

from django.utils import timezone
from procrastinate.contrib.django import app

from linli.insight.demo.beats import play_devices
from linli.insight.rollup import fold
from linli.notices.stream.publish import publish


@app.periodic(cron="* * * * *", periodic_id="fold-figures")
@app.task(name="linli.insight.tasks.fold_figures", queueing_lock="fold-figures")
def fold_figures(timestamp: int) -> None:
    """Put the changes of the figures away, once a minute; walls that show them look again."""
    if fold():
        publish("figures", "folded", {}, at=timezone.now())


@app.periodic(cron="*/10 * * * *", periodic_id="play-demo-devices")
@app.task(name="linli.insight.tasks.play_demo_devices", queueing_lock="play-demo-devices")
def play_demo_devices(timestamp: int) -> None:
    """Every ten minutes: let the demo's devices be heard of. In a real city there are none."""
    play_devices(timezone.now())
