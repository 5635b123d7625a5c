"""The background worker: runs queued reactions and clocks, as the database's owner.

Run as ``python -m linli.site.worker``. When the database goes away it ends; the supervisor starts
it again.
"""

import asyncio
import logging
import os
import signal
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import django
from procrastinate import App
from procrastinate.connector import BaseConnector
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException
from procrastinate.psycopg_connector import PsycopgConnector

from linli.kernel.looking import SECONDS, statement, with_work
from linli.site.process import end_with_parent

log = logging.getLogger(__name__)

# Jobs that wait for somebody else's server (queue="outside") have places of their own: however slow
# those servers are, clocks and reactions go on.
OUTSIDE = "outside"
PLACES = {"linli": 2, OUTSIDE: 6}
# Seconds that running jobs get to finish, and after which the process ends whatever is still there.
_GRACE, _LATEST = 8, 20


def main() -> None:
    """Work until SIGTERM or SIGINT; running jobs get a few seconds to finish."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.site.settings")
    if os.environ.get("LINLI_SUPERVISED"):
        end_with_parent()
    django.setup()
    from linli.kernel.clock import keep
    from linli.site.clocks import clocks

    stop = threading.Event()
    thread = threading.Thread(target=keep, args=(clocks(), stop), name="clocks", daemon=True)
    thread.start()
    asyncio.run(_work())
    stop.set()
    thread.join(_GRACE)


async def _work() -> None:
    from procrastinate.contrib.django import app

    loop = asyncio.get_running_loop()
    loop.set_default_executor(ThreadPoolExecutor(sum(PLACES.values()) + 2))
    with app.replace_connector(connector()) as queue:
        async with queue.open_async():
            inside = {task.queue for task in queue.tasks.values()} - {OUTSIDE}
            workers = [
                asyncio.create_task(_worker(queue, "linli", sorted(inside))),
                asyncio.create_task(_worker(queue, OUTSIDE, [OUTSIDE])),
                asyncio.create_task(_looking(queue)),
            ]
            for number in (signal.SIGTERM, signal.SIGINT):
                loop.add_signal_handler(number, _stop, workers)
            with suppress(asyncio.CancelledError):
                await asyncio.gather(*workers)
            await asyncio.gather(*workers, return_exceptions=True)


def connector() -> PsycopgConnector:
    """Return what the worker fetches jobs with; what jobs themselves defer goes Django's way."""
    from procrastinate.contrib.django.django_connector import DjangoConnector
    from procrastinate.contrib.django.utils import connector_params

    inside = DjangoConnector()

    class WorkerConnector(PsycopgConnector):
        def get_sync_connector(self) -> BaseConnector:
            # On a connection of its own a job would be there before what it is about is committed,
            # and stay when that is rolled back.
            return inside

    return WorkerConnector(kwargs=connector_params(inside.alias))


async def _looking(queue: App) -> None:
    while True:
        try:
            await look(queue)
        except ConnectorException:
            # The workers beside end when the database has gone for good.
            log.exception("looking for work failed")
        await asyncio.sleep(SECONDS)


async def look(queue: App) -> None:
    """Ask once what there is to do, and have it done."""
    answer = await queue.connector.execute_query_one_async(statement())
    for task in with_work(answer):
        with suppress(AlreadyEnqueued):
            await task.defer_async(timestamp=int(time.time()))


async def _worker(queue: App, name: str, queues: list[str]) -> None:
    await queue.run_worker_async(
        name=name,
        queues=queues,
        concurrency=PLACES[name],
        # A job is looked for once a second. Told of every job, the worker would look after
        # each case registered, for work that is due minutes later.
        listen_notify=False,
        fetch_job_polling_interval=1.0,
        delete_jobs="successful",
        shutdown_graceful_timeout=_GRACE,
        install_signal_handlers=False,
    )


def _stop(workers: Sequence[asyncio.Task[None]]) -> None:
    # Where the database has gone before us, a thread may wait for it for minutes. What it was doing
    # is taken up again like after any crash.
    deadline = threading.Timer(_LATEST, os._exit, (1,))
    deadline.daemon = True
    deadline.start()
    for worker in workers:
        worker.cancel()


if __name__ == "__main__":
    main()
