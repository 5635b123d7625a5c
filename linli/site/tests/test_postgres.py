"""The embedded server: made right, shared, gone after its last user, fit after a kill."""

import fcntl
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from linli.site.home import socket_directory
from linli.site.postgres import Layout, attached, is_running, wait_until_stopped

LAX = {"fsync": "off", "shared_buffers": "32MB"}


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    return Layout(tmp_path.resolve())


def test_chinese_words_have_trigrams_and_the_web_role_owns_nothing(layout: Layout) -> None:
    with attached(layout.home, LAX) as url:
        with psycopg.connect(url) as connection:
            connection.execute("CREATE TABLE thing (name text)")
            row = connection.execute(
                "SELECT show_trgm('宅基地'), current_setting('data_checksums')"
            )
            assert row.fetchone() == (["0x9325f2", "0x9fa7af", "0x142d5d", "0x1feab2"], "on")
            roles = connection.execute(
                "SELECT rolname, rolsuper, rolbypassrls, rolcanlogin FROM pg_roles "
                "WHERE rolname LIKE 'linli%' ORDER BY 1"
            ).fetchall()
            assert roles == [("linli", False, False, True), ("linli_web", False, False, False)]
        with (
            psycopg.connect(url, options="-c role=linli_web") as connection,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            connection.execute("SELECT * FROM thing")
    assert wait_until_stopped(layout)


def test_a_long_path_moves_the_socket_to_a_short_one(tmp_path: Path) -> None:
    home = (tmp_path / ("x" * 90)).resolve()
    assert len(str(socket_directory(home))) < 40
    with attached(home, LAX) as url, psycopg.connect(url) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    assert wait_until_stopped(Layout(home))
    socket_directory(home).rmdir()


def test_the_server_stays_for_the_second_user_and_stops_after_the_last(layout: Layout) -> None:
    with attached(layout.home, LAX):
        other = _another_user(layout)
    assert not wait_until_stopped(layout)
    os.kill(other.pid, signal.SIGKILL)
    other.wait()
    assert wait_until_stopped(layout)


def test_after_killing_everything_the_next_start_recovers(layout: Layout) -> None:
    with attached(layout.home, LAX) as url, psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE TABLE kept AS SELECT generate_series(1, 1000) AS n")
        _kill_server(layout)
    assert not is_running(layout)
    with attached(layout.home, LAX) as url, psycopg.connect(url) as connection:
        assert connection.execute("SELECT count(*) FROM kept").fetchone() == (1000,)
    assert wait_until_stopped(layout)


def test_a_stale_pid_file_naming_a_living_stranger_does_no_harm(layout: Layout) -> None:
    with attached(layout.home, LAX):
        pass
    assert wait_until_stopped(layout)
    layout.pid_file.write_text(f"{os.getpid()}\n{layout.data}\n")
    assert not is_running(layout)
    with attached(layout.home, LAX) as url, psycopg.connect(url) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    assert wait_until_stopped(layout)


def _another_user(layout: Layout) -> subprocess.Popen[bytes]:
    code = (
        "import sys, time, pathlib; from linli.site.postgres import attached\n"
        "with attached(pathlib.Path(sys.argv[1])): print(flush=True); time.sleep(60)"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(layout.home)], stdout=subprocess.PIPE
    )
    assert process.stdout
    process.stdout.readline()
    return process


def _kill_server(layout: Layout) -> None:
    """Kill the server's head and its children at once, as a power cut or the OOM killer would."""
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if (process / "cwd").readlink() == layout.data:
                os.kill(int(process.name), signal.SIGKILL)
        except OSError:
            continue
    with (layout.home / "postgres.users").open("ab") as users:
        deadline = time.monotonic() + 5
        while is_running(layout) and time.monotonic() < deadline:
            time.sleep(0.02)
        fcntl.flock(users, fcntl.LOCK_SH)
