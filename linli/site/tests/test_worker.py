"""What a job defers belongs to its transaction, in the worker as on a page."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import AlreadyEnqueued

from linli.site.worker import connector

TASK = "linli.site.tests.nothing"


class _Lost(Exception):
    pass


@pytest.fixture
def in_worker() -> Iterator[None]:
    """Let the queue stand as it does in the worker, opened."""
    loop = asyncio.new_event_loop()
    with app.replace_connector(connector()) as queue:
        loop.run_until_complete(queue.open_async())
        yield
        loop.run_until_complete(queue.close_async())
    loop.close()


def _seen_elsewhere() -> int:
    """Count the jobs another connection sees: what a worker would fetch."""

    def count() -> int:
        try:
            return ProcrastinateJob.objects.filter(task_name=TASK).count()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as threads:
        return threads.submit(count).result()


@pytest.mark.django_db(transaction=True)
def test_a_job_is_there_with_the_commit_and_not_before(in_worker: None) -> None:
    with transaction.atomic():
        app.configure_task(TASK).defer(number=1)
        assert _seen_elsewhere() == 0
    assert _seen_elsewhere() == 1


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_leaves_no_job(in_worker: None) -> None:
    with pytest.raises(_Lost), transaction.atomic():
        app.configure_task(TASK).batch_defer({"number": 1}, {"number": 2})
        raise _Lost
    assert _seen_elsewhere() == 0


@pytest.mark.django_db(transaction=True)
def test_one_that_waits_already_is_told_and_hurts_nothing(in_worker: None) -> None:
    job = app.configure_task(TASK, queueing_lock="one")
    job.defer(number=1)
    with pytest.raises(AlreadyEnqueued):
        job.defer(number=2)
    assert _seen_elsewhere() == 1
