"""Work is looked for with one statement, and only what has something to do becomes a job."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from linli.alike import tasks as alike
from linli.audit.record import record
from linli.cameras import tasks as cameras
from linli.cases import tasks as cases
from linli.cases.models import Case, Clock
from linli.exchange import tasks as exchange
from linli.intake import tasks as intake
from linli.kernel.looking import LOOKS, statement, with_work
from linli.notices import tasks as notices
from linli.site.worker import connector, look
from tests.cast import make_case, make_cast

EVERY = (
    alike.follow_texts,
    cameras.tell_of_orders,
    cases.fire_clocks,
    cases.tell_people,
    exchange.collect_events,
    intake.carry_on,
    notices.gather_events,
    notices.look_for_messages,
)


def waiting() -> set[str]:
    """Return the names of the tasks that have something to do."""
    with connection.cursor() as cursor:
        cursor.execute(statement())
        row = cursor.fetchone()
        names = [column.name for column in cursor.description or ()]
    return {task.name.rpartition(".")[2] for task in with_work(dict(zip(names, row, strict=True)))}


def run_all() -> None:
    """Do what is waiting, as the worker would."""
    task: Callable[..., object]
    for task in (one.func for one in EVERY):
        task(0)


def test_what_is_looked_for_is_run_by_the_minute_too_and_never_twice_at_once() -> None:
    minutely = {
        entry.task.name
        for entry in app.periodic_registry.periodic_tasks.values()
        if entry.cron == "* * * * *"
    }
    assert {task.name for task in (*EVERY, cameras.look_at_cameras)} == set(LOOKS)
    assert set(LOOKS) <= minutely
    assert all(task.queueing_lock for task, _sql in LOOKS.values())


@pytest.mark.django_db
def test_each_has_work_exactly_while_there_is_some() -> None:
    run_all()
    assert waiting() == set(), "nothing happened"
    case = make_case(make_cast(), at=timezone.now())
    assert {"gather_events", "tell_people", "follow_texts"} <= waiting()
    run_all()
    assert waiting() == set()
    record("case", case.id, "case.note", actor=None, at=timezone.now())
    assert waiting() == {"gather_events", "tell_people"}
    run_all()
    Clock.objects.filter(case=case).update(fires_at=timezone.now() - timedelta(minutes=1))
    assert "fire_clocks" in waiting()
    run_all()
    run_all()
    assert waiting() == set()
    assert Case.objects.filter(pk=case.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_the_worker_writes_a_job_for_what_has_work_and_for_nothing_else() -> None:
    run_all()
    record("case", "1", "case.note", actor=None, at=timezone.now())

    async def look_twice() -> None:
        with app.replace_connector(connector()) as queue:
            async with queue.open_async():
                await look(queue)
                await look(queue)

    asyncio.run(look_twice())
    names = sorted(ProcrastinateJob.objects.values_list("task_name", flat=True))
    assert names == [cases.tell_people.name, notices.gather_events.name]
