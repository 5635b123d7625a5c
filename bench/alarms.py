"""Alarms: from the commit to every open board, a school day's worst second, and the answer clocks.

``python -m bench.alarms [--minutes M] [--rate R] [--boards N] [--open K]``. Starts an instance of its
own with buttons enough, opens N boards of one dispatcher, and lets buttons be pressed over HTTP as
devices press them, R a second. Prints one JSON object, times in ms.
"""

import argparse
import http.client
import json
import math
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg

from bench.boards import Boards, Heard
from bench.instance import Instance, command, served
from linli.alarms.proof import Message, sign

KINDS = ("one_key", "help", "violence", "fire", "medical", "accident", "gas", "water", "sensor",
         "intrusion")  # fmt: skip
SECRET = "a-secret-of-the-bench-in-32-char"
SENDERS, SCHOOLS = 8, 117
PREPARE = """
import json, os
from datetime import date
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection
from django.utils.module_loading import import_string
from linli.kernel.crypto import seal
from linli.premises.models import Device
from tests.cast import LONGMENLI, make_cast
user = make_cast().users["city_dispatcher"]
devices = [
    Device(area_id=LONGMENLI, kind="one_key_alarm", name=f"button {n}", serial=f"B-{n:06d}")
    for n in range(int(os.environ["BENCH_DEVICES"]))
]
for device in devices:
    device.secret = seal(os.environ["BENCH_SECRET"], device.id.bytes)
Device.objects.bulk_create(devices, batch_size=2000)
session = import_string(settings.SESSION_ENGINE + ".SessionStore")()
session[SESSION_KEY] = str(user.pk)
session[BACKEND_SESSION_KEY] = "linli.accounts.backend.RoleBackend"
session[HASH_SESSION_KEY] = user.get_session_auth_hash()
session.save()
given = connection.get_connection_params()
kept = {n: given[n] for n in ("dbname", "user", "host", "port") if given.get(n)}
print(json.dumps({"session": session.session_key, "database": kept}))
"""
# So many alarms that nobody answers, their clocks due one after another within a minute, for the last
# time each.
OPEN = """
INSERT INTO alarms_alarm (id, city, sequence, area_id, place, kind, severity, source, is_test,
  is_late, text, state, raised_at, received_at, last_at, count, desk, due_at, climbs, reset_reason,
  outcome, version)
SELECT gen_random_uuid(), '6203', 10000000 + n, '620302003002', '', 'help', 1, 'call', false,
  false, '', 'ringing', now(), now(), now(), 1, '620302003',
  now() + interval '3 s' + n * interval '60 s' / %(open)s, 19, '', '', 1
FROM generate_series(1, %(open)s) n
"""
LATE = """
SELECT extract(epoch FROM e.at - %(from)s::timestamptz) * 1000
    - (3000 + (a.sequence - 10000000) * 60000.0 / %(open)s)
FROM alarms_alarm a JOIN alarms_event e ON e.alarm_id = a.id AND e.verb = 'climb'
WHERE a.sequence > 10000000
"""


@contextmanager
def prepared(alarms: int) -> Iterator[tuple[Instance, dict[str, Any]]]:
    """Serve an installation with buttons for so many different alarms."""
    with tempfile.TemporaryDirectory(prefix="linli-alarms-") as name:
        home = Path(name).resolve()
        command(home, "migrate")
        made = command(
            home, "manage", "shell", "-v", "0", "-c", PREPARE,
            BENCH_DEVICES=str(math.ceil(alarms / len(KINDS))), BENCH_SECRET=SECRET,
        )  # fmt: skip
        with served(home) as running:
            yield running, json.loads(made.splitlines()[-1])


def signed(number: int) -> Message:
    """Return the alarm of this number: each is of another button or another kind."""
    device, kind = divmod(number, len(KINDS))
    path = f"/devices/v1/B-{device:06d}/alarm"
    made = Message(
        word="alarm", serial="", method="POST", path=path, time=str(int(time.time())),
        number=f"bench-{number:08d}", signature="", source="",
        body=json.dumps({"kind": KINDS[kind]}).encode(),
    )  # fmt: skip
    return replace(made, signature=sign(SECRET, made))


def press(port: int, numbers: range, due: Callable[[int], float], told: dict[int, Any]) -> None:
    """Press buttons at their moments (monotonic) on one connection, and note the answers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    for number in numbers:
        time.sleep(max(0.0, due(number) - time.monotonic()))
        made = signed(number)
        headers = {
            "Linli-Time": made.time, "Linli-Number": made.number, "Linli-Signature": made.signature
        }  # fmt: skip
        began = time.time()
        connection.request("POST", made.path, made.body, headers)
        answer = connection.getresponse()
        body = json.loads(answer.read())
        if answer.status != 200:
            raise RuntimeError(f"{answer.status}: {body}")
        told[int(body["alarm"])] = (began, time.time())


def pressed(port: int, first: int, count: int, rate: float) -> dict[int, Any]:
    """Let ``count`` buttons be pressed, ``rate`` a second; return number → (pressed, answered)."""
    told: dict[int, Any] = {}
    start = time.monotonic() + 0.5

    def due(number: int) -> float:
        return start + (number - first) / rate

    threads = [
        threading.Thread(
            target=press, args=(port, range(first + sender, first + count, SENDERS), due, told)
        )
        for sender in range(SENDERS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


def figures(told: dict[int, Any], heard: Heard) -> dict[str, Any]:
    """Return how long it took, from the answer to the device (the commit lies before) and from the press."""
    after = [
        (at - told[number][1]) * 1000 for board in heard for number, at in board if number in told
    ]
    whole = [
        (at - told[number][0]) * 1000 for board in heard for number, at in board if number in told
    ]
    orders = [[number for number, _at in board] for board in heard]
    answered = [(end - began) * 1000 for began, end in told.values()]
    return {
        "alarms": len(told), "boards": len(heard),
        "heard_by_all": all(set(told) <= set(order) for order in orders),
        "in_order": all(order == sorted(order) for order in orders),
        "answer": _cuts(answered), "commit_to_board": _cuts(after), "press_to_board": _cuts(whole),
    }  # fmt: skip


def _cuts(values: list[float]) -> dict[str, float]:
    cuts = statistics.quantiles(values, n=100, method="inclusive")
    return {"p50": round(cuts[49], 1), "p99": round(cuts[98], 1), "most": round(max(values), 1)}


def clocks(database: dict[str, Any], count: int) -> dict[str, Any]:
    """Let so many answer clocks run up within a minute; return how late they acted."""
    with psycopg.connect(**database, autocommit=True) as connection:
        (begin,) = connection.execute("SELECT now()").fetchone() or (None,)
        connection.execute(OPEN, {"open": count})
        time.sleep(66)
        late = [
            float(row[0])
            for row in connection.execute(LATE, {"from": begin, "open": count}).fetchall()
        ]
    return {"open": count, "fired": len(late), "late": _cuts(late)}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="bench.alarms")
    parser.add_argument("--minutes", type=float, default=0.5)
    parser.add_argument("--rate", type=float, default=100)
    parser.add_argument("--boards", type=int, default=200)
    parser.add_argument("--open", type=int, default=5000)
    asked = parser.parse_args()
    count = max(1, int(asked.minutes * 60 * asked.rate))
    found: dict[str, Any] = {}
    with prepared(count + SCHOOLS) as (running, given):
        port = running.port + (10_000 if running.port < 50_000 else -10_000)
        cookie = f"linli_session_{running.port}={given['session']}"
        boards = Boards(port, cookie, "alarms:6203", asked.boards)
        before = running.cpu_seconds()
        told = pressed(running.port, 0, count, asked.rate)
        used = running.cpu_seconds() - before
        schools = pressed(running.port, count, SCHOOLS, SCHOOLS)
        time.sleep(1)
        heard = boards.close()
        found["steady"] = figures(told, heard) | {"cpu_ms": round(used / count * 1000, 2)}
        found["schools"] = figures(schools, heard)
        if asked.open:
            found["clocks"] = clocks(given["database"], asked.open)
    print(json.dumps({"alarms": found}))


if __name__ == "__main__":
    main()
