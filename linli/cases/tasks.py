"""What the worker does for cases."""

import logging
from uuid import UUID

from django.utils import timezone
from procrastinate.contrib.django import app

from linli.accounts.actor import SYSTEM
from linli.cases.actions.assign import assign_case
from linli.cases.actions.fire import fire_due
from linli.cases.actions.hand_over_desk import release_orphans
from linli.cases.actions.sweep import sweep_files
from linli.cases.actions.tell import LISTENER, tell
from linli.cases.models import Case
from linli.kernel.daily import daily
from linli.kernel.looking import when
from linli.notices.actions.listen import news_for

log = logging.getLogger(__name__)


@app.task(name="linli.cases.tasks.assign_waiting")
def assign_waiting(object_id: str) -> None:
    """Send a case that no desk has sent on to the lowest post that covers its place."""
    if Case.objects.filter(pk=object_id, state="registered").exists():
        assign_case(UUID(object_id), actor=SYSTEM, at=timezone.now())


@app.task(name="linli.cases.tasks.assign_waiting_many")
def assign_waiting_many(object_ids: list[str]) -> None:
    """Send on what no desk has sent on, each case in its own transaction, whatever another meets."""
    waiting = Case.objects.filter(pk__in=object_ids, state="registered").order_by("pk")
    for key in waiting.values_list("pk", flat=True):
        try:
            assign_waiting(str(key))
        except Exception:
            log.exception("case %s could not be sent on", key)


@when("EXISTS (SELECT FROM cases_clock WHERE fires_at <= now())")
@app.periodic(cron="* * * * *")
@app.task(name="linli.cases.tasks.fire_clocks", queueing_lock="fire_clocks")
def fire_clocks(timestamp: int) -> None:
    """Soon after it is due: let every clock that is due act, batch by batch until none is left."""
    while fire_due(at=timezone.now()):
        pass


@app.periodic(cron=daily("03:20"))
@app.task(name="linli.cases.tasks.sweep_orphans", queueing_lock="sweep_orphans")
def sweep_orphans(timestamp: int) -> None:
    """Every night: let files that no attachment refers to leave the disk."""
    sweep_files(at=timezone.now())


@app.periodic(cron=daily("00:10"))
@app.task(name="linli.cases.tasks.release_orphaned", queueing_lock="release_orphaned")
def release_orphaned(timestamp: int) -> None:
    """Every night: put back what people handle whose role ended with the day before."""
    release_orphans(at=timezone.now())


@when(news_for(LISTENER))
@app.periodic(cron="* * * * *")
@app.task(name="linli.cases.tasks.tell_people", queueing_lock="tell_people")
def tell_people(timestamp: int) -> None:
    """Soon after it happened: tell people what happened to their cases."""
    while tell(at=timezone.now()):
        pass
