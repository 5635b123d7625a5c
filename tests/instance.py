"""A whole Linli in a directory of its own, started and ended as a user or a power cut would."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[1]
LINLI = [sys.executable, "-c", "from linli.site.cli import main; main()"]


class Instance:
    """One LINLI_HOME with a port; ``start`` serves it, ``kill`` ends everything without warning."""

    def __init__(self, home: Path, database_url: str | None = None) -> None:
        self.home = home
        self.database_url = database_url
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.process: subprocess.Popen[bytes] | None = None
        self.inside: subprocess.Popen[str] | None = None

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if "DATABASE" not in name}
        mine = {
            "LINLI_HOME": str(self.home),
            "LINLI_PORT": str(self.port),
            "LINLI_DEMO": "0",
            "LINLI_WORKERS": "1",
        }
        served = {"DATABASE_URL": self.database_url} if self.database_url else {}
        return kept | mine | served

    def linli(self, *words: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run a command on this instance and return what it printed."""
        result = subprocess.run(
            [*LINLI, *words],
            env=self.environment,
            cwd=ROOT,
            check=False,
            capture_output=True,
            text=True,
        )
        assert result.returncode == 0 or not check, result.stderr
        return result

    def tell(self, script: str) -> None:
        """Run Python inside the instance, as the owner of its data; one process runs all of it."""
        if self.inside is None:
            self.inside = subprocess.Popen(
                [sys.executable, "-m", "tests.inside"],
                env=self.environment | {"DJANGO_SETTINGS_MODULE": "linli.site.settings"},
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
        assert self.inside.stdin
        assert self.inside.stdout
        self.inside.stdin.write(f"{json.dumps(script)}\n")
        self.inside.stdin.flush()
        answer = self.inside.stdout.readline()
        wrong = json.loads(answer) if answer else "the process has ended"
        assert not wrong, wrong

    def start(self) -> None:
        """Start serving and wait until the pages answer."""
        log = (self.home / "output.log").open("ab")
        self.process = subprocess.Popen(
            [*LINLI, "run"],
            env=self.environment,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        self.wait_for(self.healthy, "the pages to answer")

    def stop(self) -> float:
        """Ask it to stop; return how many seconds it took."""
        assert self.process
        began = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(30)
        return time.monotonic() - began

    def healthy(self) -> bool:
        with suppress(OSError, urllib.error.HTTPError):
            url = f"http://127.0.0.1:{self.port}/healthz"
            with urllib.request.urlopen(url, timeout=2) as answer:
                return bool(answer.status == 200)
        return False

    def processes(self) -> list[psutil.Process]:
        """Return every living process that belongs to this instance."""
        found = []
        for process in psutil.process_iter():
            with suppress(psutil.Error):
                mine = process.environ().get("LINLI_HOME") == str(self.home)
                mine = mine or process.cwd() == str(self.home / "postgres")
                if mine and process.status() != psutil.STATUS_ZOMBIE:
                    found.append(process)
        return found

    def named(self, words: str) -> list[psutil.Process]:
        """Return this instance's processes whose command line holds ``words``."""
        found = []
        for process in self.processes():
            with suppress(psutil.Error):
                if words in " ".join(process.cmdline()):
                    found.append(process)
        return found

    def kill(self) -> None:
        """End all processes with SIGKILL, and those that were being started meanwhile."""
        while processes := self.processes():
            for process in processes:
                with suppress(psutil.Error):
                    process.kill()
            psutil.wait_procs(processes, timeout=5)
        for started in (self.process, self.inside):
            if started:
                started.wait()

    def wait_for(self, condition: object, what: str, seconds: float = 60) -> None:
        """Wait until ``condition()`` is true; fail with the log when it takes too long."""
        deadline = time.monotonic() + seconds
        while not condition():  # type: ignore[operator]
            if time.monotonic() > deadline:
                log = self.home / "output.log"
                output = log.read_text() if log.exists() else ""
                message = f"waited {seconds} s for {what}\n{output}"
                raise AssertionError(message)
            time.sleep(0.05)


@contextmanager
def instance(home: Path, database_url: str | None = None) -> Iterator[Instance]:
    """Give an instance and leave no process of it behind."""
    home.mkdir(parents=True, exist_ok=True)
    made = Instance(home, database_url)
    try:
        yield made
    finally:
        made.kill()
