"""``linli run``: the whole of Linli as one supervised set of processes."""

import fcntl
import os
import signal
import socket
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from rich.console import Console
from rich.table import Table

from linli.areas.models import Area
from linli.insight.demo.load import SignIn, load, sign_ins
from linli.insight.demo.streets import bring_streets
from linli.portal.demo import sample_code
from linli.site.home import home
from linli.site.postgres import Layout, StartError, attached, is_running, revive, wait_until_stopped
from linli.site.process import collecting_seldom
from linli.site.supervisor import Child, supervise

# Each thread of each worker holds one of the database's connections.
WORKERS = int(os.environ.get("LINLI_WORKERS") or min(max(2, os.cpu_count() or 2), 12))
THREADS = 4

# For processes that write no jobs: without all that the tasks would do they start in half the time.
TASKLESS = {"LINLI_TASKLESS": "1"}

console = Console(stderr=True, highlight=False)


def run() -> None:
    """Start everything, serve until told to stop, stop everything. Raises :class:`StartError`."""
    address = f"http://{_bind()}:{settings.PORT}"
    with ExitStack() as stack:
        stack.enter_context(only_instance(address))
        _check_ports()
        layout = None if os.environ.get("DATABASE_URL") else Layout(home())
        if layout:
            with _step("database"):
                stack.callback(_say_how_it_stopped, layout)
                stack.enter_context(attached(layout.home))
        with _step("migrations"):
            migrate()
        _load_demo()
        watch = _Watch(layout, address, sign_ins(), sample_code())
        connection.close()  # the supervisor itself needs none, whatever becomes of the database
        supervise(
            [_web(), _stream(), _worker(), *_listeners(), *_video()],
            say=_say,
            each_round=watch.look,
            stop_on_hangup=sys.stdin is not None and sys.stdin.isatty(),
        )


def migrate() -> None:
    """Bring the database up to date, with the cache's table.

    Where nothing is to be done it is left alone: Django would build all models of the past to find
    that out, at each start.
    """
    executor = MigrationExecutor(connection)
    executor.loader.check_consistent_history(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        with collecting_seldom():
            call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)


@contextmanager
def only_instance(address: str) -> Iterator[None]:
    """Hold the lock that says "this LINLI_HOME is being served"; it names the address."""
    with (home() / "run.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            message = f"Linli already runs in {home()}: {lock.read().strip()}"
            raise StartError(message) from None
        lock.truncate(0)
        lock.write(f"{address}\n")
        lock.flush()
        yield


def _bind() -> str:
    return os.environ.get("LINLI_BIND", "127.0.0.1")


def _check_ports() -> None:
    for name, port in (("LINLI_PORT", settings.PORT), ("LINLI_STREAM_PORT", settings.STREAM_PORT)):
        _check_port(name, port)


def _check_port(name: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in _bind() else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((_bind(), port))
        except OSError as error:
            message = f"Port {port} of {_bind()} cannot be used ({error.strerror}). "
            message += f"Choose another: {name}={port + 1} make run"
            raise StartError(message) from error


@contextmanager
def _step(name: str) -> Iterator[None]:
    began = time.monotonic()
    with console.status(name):
        yield
    _say(f"{name} ready ({time.monotonic() - began:.1f} s)")


def _say(text: str) -> None:
    console.print(f"linli: {text}")


def _say_how_it_stopped(layout: Layout) -> None:
    stopped = wait_until_stopped(layout)
    _say("database stopped" if stopped else "another command keeps the database up until it ends")


def _load_demo() -> None:
    if os.environ.get("LINLI_DEMO") == "0" or Area.objects.exists():
        return
    began = time.monotonic()
    found = load()
    bring_streets(timezone.now())
    _say(f"demo city loaded: {found['cases']:,} cases ({time.monotonic() - began:.0f} s)")


def _web() -> Child:
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--http", "1", "--no-ws"]
    command += ["--host", _bind(), "--port", str(settings.PORT), "--workers", str(WORKERS)]
    command += ["--blocking-threads", str(THREADS), "--blocking-threads-idle-timeout", "600"]
    command += ["--respawn-failed-workers", "--workers-kill-timeout", "5", "--log-level", "warning"]
    command += ["linli.site.wsgi:application"]
    return Child("web", command, {"LINLI_DB_ROLE": "linli_web"})


def _stream() -> Child:
    # One process holds all browsers' open connections: it only passes on what others write.
    command = [sys.executable, "-m", "granian", "--interface", "asgi", "--http", "1", "--no-ws"]
    command += ["--host", _bind(), "--port", str(settings.STREAM_PORT), "--workers", "1"]
    command += ["--respawn-failed-workers", "--workers-kill-timeout", "2", "--log-level", "warning"]
    command += ["linli.site.asgi:application"]
    return Child("stream", command, TASKLESS)


def _worker() -> Child:
    # It has no reload of its own: it finishes its jobs, ends, and is started again.
    command = [sys.executable, "-m", "linli.site.worker"]
    return Child("worker", command, on_hangup=signal.SIGTERM)


def _video() -> list[Child]:
    # It packs video for those who look, and ends its ffmpegs with itself. Devices that speak SIP
    # have a process of their own: what they send can hurt nobody else.
    command = [sys.executable, "-m", "linli.cameras.media.run"]
    packing = Child("video", command, TASKLESS, signal.SIGTERM)
    if not settings.LINLI_SIP_PORT:
        return [packing]
    listening = [sys.executable, "-m", "linli.cameras.sip.listen"]
    return [packing, Child("sip", listening, {}, signal.SIGTERM)]


def _listeners() -> list[Child]:
    if not settings.LINLI_MQTT_URL:
        return []
    return [Child("mqtt", [sys.executable, "-m", "linli.alarms.listen"], on_hangup=signal.SIGTERM)]


class _Watch:
    """What the supervisor looks at each round: is the database alive, do the pages answer yet."""

    def __init__(
        self, layout: Layout | None, address: str, people: Sequence[SignIn], receipt: str | None
    ) -> None:
        self.layout = layout
        self.address = address
        self.people = people
        self.receipt = receipt
        self.announced = False
        self.next_look = 0.0
        self.next_try = 0.0

    def look(self) -> None:
        """Revive a dead database; print the address once the first page is served."""
        if self.layout and not is_running(self.layout) and time.monotonic() > self.next_try:
            self._revive(self.layout)
        if not self.announced and time.monotonic() > self.next_look and self._answers():
            self.announced = True
            _announce(self.address, self.people, self.receipt)

    def _revive(self, layout: Layout) -> None:
        _say("the database has died; starting it again")
        try:
            revive(layout)
        except (StartError, psycopg.OperationalError) as error:
            self.next_try = time.monotonic() + 5
            _say(f"that failed ({error}); trying once more in 5 s")
        else:
            _say("database ready")

    def _answers(self) -> bool:
        self.next_look = time.monotonic() + 0.2
        host = "127.0.0.1" if _bind() in {"0.0.0.0", "::"} else _bind()  # noqa: S104
        with suppress(OSError):
            url = f"http://{host}:{settings.PORT}/healthz"
            request = urllib.request.Request(url, headers={"Host": settings.ALLOWED_HOSTS[0]})
            with urllib.request.urlopen(request, timeout=2) as answer:  # noqa: S310
                return bool(answer.status == 200)
        return False


def _announce(address: str, people: Sequence[SignIn], receipt: str | None) -> None:
    console.print(f"\n[bold]Linli 邻里[/bold]  {address}\n")
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for heading in ("sign in as", "password", "role", "area"):
        table.add_column(heading, header_style="dim", no_wrap=True)
    for person in people:
        table.add_row(person.username, person.password, person.role, person.area)
    if people:
        console.print(table)
    console.print(f"\nresidents, without an account: {address}/portal/")
    if receipt:
        console.print(f"a receipt to try: {address}/portal/r/{receipt}/")
    console.print()
