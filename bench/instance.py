"""An instance of Linli of the benchmark's own, started as users start it, with its CPU counted."""

import os
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parent.parent
LINLI = ROOT / ".venv" / "bin" / "linli"


@dataclass(frozen=True, slots=True)
class Instance:
    """A served instance: its data directory and port."""

    home: Path
    port: int

    def cpu_seconds(self) -> float:
        """Return the processor time of every process of this instance, PostgreSQL's included."""
        return sum(_times(process) for process in _processes(self.home))

    def settle(self, patience: float = 300.0) -> None:
        """Wait until the instance is idle: clocks that ran up while it stood still have acted."""
        began = time.monotonic()
        while time.monotonic() - began < patience:
            before = self.cpu_seconds()
            time.sleep(5)
            if self.cpu_seconds() - before < 0.5:
                return
        raise RuntimeError("the instance does not come to rest")


def _processes(home: Path) -> Iterator[psutil.Process]:
    """Yield the supervisor, PostgreSQL's keeper, and all that descend from either."""
    seen: set[int] = set()
    for process in psutil.process_iter(["pid"]):
        try:
            mine = process.environ().get("LINLI_HOME") == str(home)
            line = process.cmdline()
        except psutil.Error:
            continue
        if mine or any(str(home) in part for part in line):
            for found in [process, *process.children(recursive=True)]:
                if found.pid not in seen and found.pid != os.getpid():
                    seen.add(found.pid)
                    yield found


def _times(process: psutil.Process) -> float:
    try:
        times = process.cpu_times()
    except psutil.Error:
        return 0.0
    return float(times.user + times.system)


def command(home: Path, *words: str, **more: str) -> str:
    """Run one ``linli`` command on the instance and return what it printed.

    It finds the tests' cast, wherever it is started from.
    """
    environment = {
        **os.environ, "LINLI_HOME": str(home), "LINLI_DEMO": "0", "PYTHONPATH": str(ROOT), **more
    }  # fmt: skip
    done = subprocess.run(
        [str(LINLI), *words], env=environment, check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout


@contextmanager
def served(home: Path) -> Iterator[Instance]:
    """Serve the instance until the block ends."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        **os.environ, "LINLI_HOME": str(home), "LINLI_PORT": str(port), "LINLI_DEMO": "0",
    }  # fmt: skip
    server = subprocess.Popen([str(LINLI), "run"], env=environment, stdout=subprocess.DEVNULL)
    try:
        _wait(f"http://127.0.0.1:{port}/healthz", server)
        yield Instance(home, port)
    finally:
        server.terminate()
        server.wait(60)


def _wait(address: str, server: "subprocess.Popen[bytes]") -> None:
    for _attempt in range(600):
        if server.poll() is not None:
            raise RuntimeError("linli run ended before it served a page")
        try:
            with urllib.request.urlopen(address, timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"no answer from {address}")
