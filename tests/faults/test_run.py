"""``linli run``: ends cleanly, survives the death of any part, and leaves nothing behind."""

import signal

import pytest

from linli.site.postgres import Layout, is_running
from tests.instance import Instance

pytestmark = pytest.mark.fault


def test_it_stops_within_seconds_and_leaves_no_process(linli: Instance) -> None:
    linli.start()
    again = linli.linli("run", check=False)
    assert again.returncode == 1
    assert "already runs" in again.stderr
    assert linli.stop() < 8
    assert linli.processes() == []
    log = (linli.home / "postgres.log").read_text()
    assert log.rstrip().endswith("database system is shut down")


def test_after_kill_9_of_everything_it_starts_again(linli: Instance) -> None:
    linli.start()
    linli.kill()
    assert linli.processes() == []
    linli.start()
    assert "was not properly shut down" in (linli.home / "postgres.log").read_text()
    linli.stop()
    assert linli.processes() == []


def test_nothing_stays_when_only_the_supervisor_is_killed(linli: Instance) -> None:
    linli.start()
    assert linli.process
    linli.process.kill()
    linli.process.wait()
    linli.wait_for(lambda: not linli.processes(), "the orphans to end")
    assert not is_running(Layout(linli.home))


def test_a_killed_part_comes_back(linli: Instance) -> None:
    linli.start()
    for part in ("granian", "linli.site.worker"):
        (head, *_) = linli.named(part)
        head.kill()
        linli.wait_for(
            lambda part=part, head=head: (
                head.pid not in {p.pid for p in linli.named(part)} and linli.named(part)
            ),
            f"{part} to come back",
        )
    linli.wait_for(linli.healthy, "the pages to answer")


def test_the_database_may_die_while_serving(linli: Instance) -> None:
    linli.start()
    (server,) = linli.named("bin/postgres -D")
    server.send_signal(signal.SIGQUIT)
    linli.wait_for(lambda: not server.is_running(), "the database to die")
    linli.wait_for(linli.healthy, "the pages to answer again")
    (server,) = linli.named("bin/postgres -D")
    server.kill()
    linli.wait_for(lambda: not server.is_running(), "the database to be gone")
    linli.wait_for(linli.healthy, "the pages to answer once more")
    linli.wait_for(lambda: linli.named("linli.site.worker"), "the worker")
    assert linli.stop() < 8
    assert linli.processes() == []


def test_a_command_starts_a_stopped_server_and_leaves_a_running_one(linli: Instance) -> None:
    linli.linli("manage", "check", "--database", "default")
    linli.wait_for(lambda: not linli.processes(), "the database to stop after the command")
    linli.start()
    linli.linli("manage", "check", "--database", "default")
    assert linli.healthy()
