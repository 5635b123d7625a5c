"""Starting the embedded server, or joining the one that runs."""

import fcntl
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg

from linli.site.postgres.configuration import write_configuration
from linli.site.postgres.creation import make_cluster, prepare_roles
from linli.site.postgres.layout import (
    Layout,
    StartError,
    let_through,
    make_programs_usable,
    owner,
)


def is_running(layout: Layout) -> bool:
    """Say whether the server of this installation is alive (it may still be recovering)."""
    return _server_pid(layout) is not None


def _server_pid(layout: Layout) -> int | None:
    """Return the server's process number, and None when its pid file is stale or missing.

    After a hard kill the number in the file may belong to anything; a server's working directory
    is its data directory, whatever else happened.
    """
    try:
        pid = int(layout.pid_file.read_text().split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        return None
    return pid if _works_in(pid, layout.data) else None


def _works_in(pid: int, directory: Path) -> bool:
    if not Path("/proc/self/cwd").exists():  # no procfs: trust the file, as pg_ctl does
        with suppress(ProcessLookupError):
            os.kill(pid, 0)
            return True
        return False
    try:
        return Path(f"/proc/{pid}/cwd").readlink() == directory and not _is_zombie(pid)
    except OSError:
        return False


def _is_zombie(pid: int) -> bool:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"


def _end_orphans(layout: Layout) -> None:
    """End the processes of a server whose head was killed, and drop its stale pid and lock files.

    PostgreSQL will not start while one of them still holds the shared memory. They notice the loss
    by themselves unless they are deep in a statement.
    """
    deadline = time.monotonic() + 3
    while orphans := [int(p.name) for p in Path("/proc").glob("[0-9]*") if _is_ours(p, layout)]:
        for pid in orphans:
            with suppress(ProcessLookupError):
                late = time.monotonic() > deadline
                os.kill(pid, signal.SIGKILL if late else signal.SIGQUIT)
        time.sleep(0.1)
    for left in (layout.pid_file, *layout.socket.glob(".s.PGSQL.*")):
        left.unlink(missing_ok=True)


def _is_ours(process: Path, layout: Layout) -> bool:
    return int(process.name) != os.getpid() and _works_in(int(process.name), layout.data)


@contextmanager
def attached(home: Path, settings: Mapping[str, str] | None = None) -> Iterator[str]:
    """Give the address of the server of ``home`` and keep it up until the block ends.

    Starts the server if it is down, making it first if there is none; the last one out has it
    stopped. ``settings`` (PostgreSQL's own names) apply only if this call starts it. Raises
    :class:`StartError`.
    """
    home.mkdir(mode=0o711, parents=True, exist_ok=True)
    layout = Layout(home.resolve())
    users = (layout.home / "postgres.users").open("ab")
    try:
        with (layout.home / "postgres.lock").open("ab") as lock:
            _wait_for(lock.fileno(), fcntl.LOCK_EX, "another linli to start or stop the database")
            _wait_for(users.fileno(), fcntl.LOCK_SH, "the database to stop")
            _ensure(layout, settings or {})
        yield layout.url()
    finally:
        users.close()


def revive(layout: Layout) -> None:
    """Start the server again after it died while this process was attached to it."""
    with (layout.home / "postgres.lock").open("ab") as lock:
        _wait_for(lock.fileno(), fcntl.LOCK_EX, "another linli to start the database")
        _ensure(layout, {})


def _ensure(layout: Layout, settings: Mapping[str, str]) -> None:
    if is_running(layout):
        _wait_until_ready(layout, None)
    else:
        _start(layout, settings)


def _wait_for(descriptor: int, kind: int, what: str) -> None:
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        print(f"linli: waiting for {what} …", file=sys.stderr)
        fcntl.flock(descriptor, kind)


def _start(layout: Layout, settings: Mapping[str, str]) -> None:
    account = owner(layout)
    make_programs_usable(account)
    let_through(layout.data, account, layout.home)
    make_cluster(layout, account)
    _end_orphans(layout)
    write_configuration(layout, account, settings)
    layout.socket.mkdir(mode=0o700, exist_ok=True)
    os.chown(layout.socket, account.pw_uid, account.pw_gid)
    with layout.log.open("ab") as log:
        keeper = subprocess.Popen(
            [sys.executable, "-m", "linli.site.postgres.keeper", str(layout.home)],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            cwd=Path(__file__).parents[3],
        )
    _wait_until_ready(layout, keeper)
    prepare_roles(layout)


def _wait_until_ready(layout: Layout, keeper: subprocess.Popen[bytes] | None) -> None:
    """Wait for as long as the server is alive: recovery after a crash takes what it takes."""
    began = told = time.monotonic()
    while True:
        try:
            psycopg.connect(layout.url("postgres", "postgres"), connect_timeout=5).close()
        except psycopg.OperationalError as error:
            gone = keeper.poll() is not None if keeper else not is_running(layout)
            if gone:
                message = f"The database did not start: {error}\n{_end_of(layout.log)}"
                raise StartError(message) from error
            if time.monotonic() - told > 5:
                told = time.monotonic()
                waited = round(told - began)
                print(f"linli: the database is still starting ({waited} s) …", file=sys.stderr)
            time.sleep(0.03)
        else:
            return


def _end_of(log: Path) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-15:]) if log.exists() else ""


def wait_until_stopped(layout: Layout, seconds: float = 60) -> bool:
    """Wait for the server to stop after the last user left; False if somebody still uses it."""
    deadline = time.monotonic() + seconds
    free_since: float | None = None
    while is_running(layout) and time.monotonic() < deadline:
        with (layout.home / "postgres.users").open("ab") as users:
            try:
                fcntl.flock(users, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:  # the keeper has it: the server is stopping
                free_since = None
            else:
                free_since = free_since or time.monotonic()
        if free_since and time.monotonic() - free_since > 1:
            return False
        time.sleep(0.05)
    return not is_running(layout)
