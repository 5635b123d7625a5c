"""The event stream: many browsers on one topic, how late each hears of an event, what it costs.

``python -m bench.stream [--clients N] [--rate R] [--seconds S]``. Starts an instance of its own with
one person, opens N connections as that person's browser would, and publishes R events a second in
transactions of their own. Prints one JSON object: delay from before the INSERT to the browser.
"""

import argparse
import asyncio
import json
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
import psycopg

from bench.instance import Instance, command, served

PREPARE = """
import json
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection
from django.utils.module_loading import import_string
from django.conf import settings
from linli.accounts.models import User
user = User.objects.create_user("listener", name="listener")
session = import_string(settings.SESSION_ENGINE + ".SessionStore")()
session[SESSION_KEY] = str(user.pk)
session[BACKEND_SESSION_KEY] = "linli.accounts.backend.RoleBackend"
session[HASH_SESSION_KEY] = user.get_session_auth_hash()
session.save()
given = connection.get_connection_params()
kept = {n: given[n] for n in ("dbname", "user", "host", "port") if given.get(n)}
print(json.dumps({"user": str(user.pk), "session": session.session_key, "database": kept}))
"""


@contextmanager
def instance() -> Iterator[tuple[Instance, dict[str, Any]]]:
    """Serve an empty installation with one person, and say how to be that person."""
    with tempfile.TemporaryDirectory(prefix="linli-stream-") as name:
        home = Path(name).resolve()
        command(home, "migrate")
        made = command(home, "manage", "shell", "-v", "0", "-c", PREPARE)
        with served(home) as running:
            yield running, json.loads(made.splitlines()[-1])


async def hear(port: int, cookie: str, delays: list[float], ready: asyncio.Event) -> None:
    """Listen as a browser does and note how old each event is when it comes."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(
        f"GET /stream/?topic=person HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\n\r\n".encode()
    )
    try:
        async for line in reader:
            if line.startswith(b"HTTP/1.1") and b" 200 " not in line:
                raise RuntimeError(line.decode())
            if line.startswith(b"event: hello"):
                ready.set()
            if line.startswith(b'data: {"sent"'):
                delays.append(time.time() - float(line[14:].rstrip(b"}\r\n")))
    finally:
        writer.close()


async def publish(database: dict[str, Any], topic: str, rate: int, seconds: int) -> None:
    """Write events as the application does, each in a transaction of its own."""
    async with await psycopg.AsyncConnection.connect(**database) as connection:
        began = time.monotonic()
        for number in range(rate * seconds):
            await asyncio.sleep(max(0, began + number / rate - time.monotonic()))
            data = json.dumps({"sent": time.time()})
            await connection.execute(
                "INSERT INTO notices_streamevent (topic, kind, data, at)"
                " VALUES (%s, 'tick', %s, now())",
                [topic, data],
            )
            await connection.execute("SELECT pg_notify('linli_stream', '')")
            await connection.commit()


async def measure(
    running: Instance, given: dict[str, Any], clients: int, rate: int, seconds: int
) -> dict[str, Any]:
    """Let them listen and return the delays in ms and the stream process's share of a core."""
    port = running.port + (10_000 if running.port < 50_000 else -10_000)
    cookie = f"linli_session_{running.port}={given['session']}"
    delays: list[float] = []
    ready = [asyncio.Event() for _ in range(clients)]
    began = time.monotonic()
    listeners = [asyncio.create_task(hear(port, cookie, delays, one)) for one in ready]
    await asyncio.gather(*(one.wait() for one in ready))
    connected = time.monotonic() - began
    before = _cpu(running.home)
    await publish(given["database"], f"person:{given['user']}", rate, seconds)
    await asyncio.sleep(1)
    used = _cpu(running.home) - before
    for listener in listeners:
        listener.cancel()
    cuts = statistics.quantiles(delays, n=100, method="inclusive")
    return {
        "clients": clients, "events_per_second": rate, "seconds": seconds,
        "heard": len(delays), "expected": clients * rate * seconds,
        "all_connected_seconds": round(connected, 2),
        "p50_ms": round(cuts[49] * 1000, 1), "p95_ms": round(cuts[94] * 1000, 1),
        "p99_ms": round(cuts[98] * 1000, 1), "core_share": round(used / seconds, 2),
    }  # fmt: skip


def _cpu(home: Path) -> float:
    """Return the processor time of the stream's processes."""
    used = 0.0
    for process in psutil.process_iter(["cmdline"]):
        try:
            line = " ".join(process.info["cmdline"] or [])
            if "linli.site.asgi" in line and process.environ().get("LINLI_HOME") == str(home):
                used += sum(process.cpu_times()[:2])
        except psutil.Error:
            continue
    return used


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="bench.stream")
    parser.add_argument("--clients", type=int, default=200)
    parser.add_argument("--rate", type=int, default=100)
    parser.add_argument("--seconds", type=int, default=20)
    asked = parser.parse_args()
    with instance() as (running, given):
        found = asyncio.run(measure(running, given, asked.clients, asked.rate, asked.seconds))
    print(json.dumps({"stream": found}))


if __name__ == "__main__":
    main()
