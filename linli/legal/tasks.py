"""What the worker does for the library."""

import logging

from django.utils import timezone
from procrastinate.contrib.django import app

from linli.accounts.actor import SYSTEM
from linli.legal.actions.load_folder import load_folder

log = logging.getLogger(__name__)


@app.periodic(cron="*/5 * * * *")
@app.task(name="linli.legal.tasks.read_folder", queueing_lock="read_folder")
def read_folder(timestamp: int) -> None:
    """Every five minutes: take up what has changed in the folder of statutes."""
    for file, line, reason in load_folder(actor=SYSTEM, at=timezone.now()).faults:
        log.warning("statutes/%s, line %s: %s", file, line, reason)
