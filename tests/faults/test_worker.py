"""A worker killed in the middle of anything leaves the whole move or none, and never does it twice."""

import json
import time
from contextlib import suppress

import psutil
import psycopg
import pytest

from linli.site.postgres import Layout
from tests.instance import Instance

CASES = 400  # as many as tests.faults.overdue makes
pytestmark = pytest.mark.fault


def counted(linli: Instance) -> dict[str, int]:
    answer = linli.linli("manage", "shell", "-v", "0", "-c", "import tests.faults.counted")
    numbers: dict[str, int] = json.loads(answer.stdout.splitlines()[-1])
    return numbers


def due(linli: Instance) -> int:
    """Ask the database itself: a command a poll would take the time from the worker that is awaited."""
    with psycopg.connect(Layout(linli.home).url()) as connection:
        asked = connection.execute("SELECT count(*) FROM cases_clock WHERE fires_at <= now()")
        ((number,),) = asked.fetchall()
    return int(number)


def test_clocks_act_once_however_often_the_worker_dies(linli: Instance) -> None:
    linli.linli("manage", "shell", "-v", "0", "-c", "import tests.faults.overdue")
    before = counted(linli)
    assert before["steps"] == 0
    assert before["due"] == 3 * CASES
    linli.start()
    for _ in range(12):
        for worker in linli.named("linli.site.worker"):
            with suppress(psutil.Error):
                worker.kill()
        time.sleep(0.9)
    linli.wait_for(lambda: due(linli) == 0, "every clock to have acted", 120)
    after = counted(linli)
    assert after["events"] == after["steps"] == 9 * CASES
    assert after["twice"] == 0
    assert after["reminders"] == after["reminded"] == 3 * CASES
    verdict = json.loads(linli.linli("audit", "verify", "--json").stdout.splitlines()[-1])
    assert verdict["ok"]
