"""The background worker: runs queued reactions and clocks, as the database's owner.

Run as ``python -m linli.site.worker``. When the database goes away it ends; the supervisor starts
it again.
"""

import asyncio
import os
import signal
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import cast

import django
from procrastinate import App

from linli.site.process import end_with_parent

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
    from procrastinate.contrib.django.django_connector import DjangoConnector

    loop = asyncio.get_running_loop()
    loop.set_default_executor(ThreadPoolExecutor(sum(PLACES.values()) + 2))
    connector = cast("DjangoConnector", app.connector)
    with app.replace_connector(connector.get_worker_connector()) as queue:
        async with queue.open_async():
            inside = {task.queue for task in queue.tasks.values()} - {OUTSIDE}
            workers = [
                asyncio.create_task(_worker(queue, "linli", sorted(inside))),
                asyncio.create_task(_worker(queue, OUTSIDE, [OUTSIDE])),
            ]
            for number in (signal.SIGTERM, signal.SIGINT):
                loop.add_signal_handler(number, _stop, workers)
            with suppress(asyncio.CancelledError):
                await asyncio.gather(*workers)
            await asyncio.gather(*workers, return_exceptions=True)


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
