"""The background worker: runs queued reactions and clocks, as the database's owner.

Run as ``python -m linli.site.worker``. When the database goes away it ends; the supervisor starts
it again.
"""

import asyncio
import os
from typing import cast

import django

from linli.site.process import end_with_parent

CONCURRENCY = 2


def main() -> None:
    """Work until SIGTERM or SIGINT; running jobs get a few seconds to finish."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.site.settings")
    if os.environ.get("LINLI_SUPERVISED"):
        end_with_parent()
    django.setup()
    asyncio.run(_work())


async def _work() -> None:
    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.django_connector import DjangoConnector

    connector = cast("DjangoConnector", app.connector)
    with app.replace_connector(connector.get_worker_connector()) as queue:
        async with queue.open_async():
            await queue.run_worker_async(
                name="linli",
                concurrency=CONCURRENCY,
                # A job is looked for once a second. Told of every job, the worker would look after
                # each case registered, for work that is due minutes later.
                listen_notify=False,
                fetch_job_polling_interval=1.0,
                delete_jobs="successful",
                shutdown_graceful_timeout=8,
            )


if __name__ == "__main__":
    main()
