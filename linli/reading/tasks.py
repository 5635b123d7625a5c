"""What the worker does for reading: cases that came in, lessons, and learning by night."""

import logging
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils import timezone
from procrastinate.contrib.django import app

from linli.cases.models import Case
from linli.kernel.daily import daily
from linli.reading import service
from linli.reading.actions.learn import learn
from linli.reading.actions.read import read, read_all, read_many, settle
from linli.reading.models import Version
from linli.reading.queries.case_proposal import read_case
from linli.reading.queries.handled import handled_since

log = logging.getLogger(__name__)

# So many cases must have been handled since the last version to make another worth its while.
WORTH_LEARNING = 200


@app.task(name="linli.reading.tasks.read_registered")
def read_registered(object_id: str) -> None:
    """Read a case that has just been registered; where a service is plugged in, it is asked too."""
    case_id = UUID(object_id)
    read(case_id, at=timezone.now())
    if service.is_on() and Case.objects.filter(pk=case_id, category=None).exists():
        ask_service.defer(object_id=object_id)


@app.task(name="linli.reading.tasks.read_registered_all")
def read_registered_all(object_ids: list[str]) -> None:
    """Read cases that were registered; where one can't be read, each gets a job of its own."""
    try:
        read_all([UUID(one) for one in object_ids], at=timezone.now())
    except Exception:
        log.exception("cases are read one by one")
        _each(read_registered, object_ids)
        return
    if service.is_on():
        undecided = Case.objects.filter(pk__in=object_ids, category=None)
        _each(ask_service, [str(key) for key in undecided.values_list("pk", flat=True)])


def _each(task: Any, object_ids: Sequence[str]) -> None:
    if object_ids:
        task.batch_defer(*({"object_id": one} for one in object_ids))


@app.task(name="linli.reading.tasks.read_registered_many")
def read_registered_many(object_ids: list[str]) -> None:
    """Read the cases of an import."""
    read_many([UUID(one) for one in object_ids], at=timezone.now())


@app.task(name="linli.reading.tasks.ask_service", queue="outside")
def ask_service(object_id: str) -> None:
    """Let the service improve what is proposed; it is asked outside of any transaction."""
    case = Case.objects.filter(pk=object_id, category=None).first()
    if case is not None:
        read(case.id, at=timezone.now(), proposal=read_case(case, with_service=True))


@app.task(name="linli.reading.tasks.settle_classified")
def settle_classified(object_id: str) -> None:
    """Keep what was chosen when a case was classified."""
    settle(UUID(object_id), at=timezone.now())


@app.task(name="linli.reading.tasks.learn_now", queueing_lock="reading_learn", lock="reading_learn")
def learn_now() -> None:
    """Learn a new version because an administrator asked."""
    learn(at=timezone.now())


@app.periodic(cron=daily("02:40"))
@app.task(
    name="linli.reading.tasks.learn_by_night", queueing_lock="reading_night", lock="reading_learn"
)
def learn_by_night(timestamp: int) -> None:
    """Learn a new version where enough was handled since the last; people switch it on."""
    last = Version.objects.order_by("-number").first()
    if last is None or handled_since(last.until) >= WORTH_LEARNING:
        learn(at=timezone.now())
