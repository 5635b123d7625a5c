"""The process that runs the embedded server for as long as anybody uses it.

Every user of the server (``linli run``, a command, a test run) holds a shared lock on
``postgres.users``. The keeper waits for the exclusive lock: it gets it when the last user is gone,
in whatever way, kill -9 included, because the kernel drops a dead process's locks. Then it stops
the server. Should the keeper itself be killed, the kernel tells the server to stop.

Run as ``python -m linli.site.postgres.keeper HOME``.
"""

import fcntl
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

from linli.site.postgres.layout import BINARIES, Layout, identity, owner
from linli.site.process import stop_with_parent

LOG_LIMIT = 20 * 1024 * 1024


def _stop_when_unused(layout: Layout, server: subprocess.Popen[bytes]) -> None:
    with (layout.home / "postgres.users").open("rb") as users:
        fcntl.flock(users, fcntl.LOCK_EX)
        server.send_signal(signal.SIGINT)  # fast: roll back what is open, write all, end
        server.wait()
        os._exit(0)


def main() -> int:
    """Run the server and return its exit status."""
    layout = Layout(Path(sys.argv[1]))
    account = owner(layout)
    if layout.log.exists() and layout.log.stat().st_size > LOG_LIMIT:
        layout.log.replace(layout.log.with_suffix(".log.1"))
    # A user's Ctrl-C or a closed terminal is the users' affair; the lock tells when they are gone.
    for number in (signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    with layout.log.open("ab") as log:
        server = subprocess.Popen(  # type: ignore[call-overload]
            [BINARIES / "postgres", "-D", layout.data],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=layout.data,
            start_new_session=True,
            preexec_fn=stop_with_parent(signal.SIGINT),  # noqa: PLW1509 - no threads yet
            **identity(account),
        )
    signal.signal(signal.SIGTERM, lambda *_: server.send_signal(signal.SIGINT))
    threading.Thread(target=_stop_when_unused, args=[layout, server], daemon=True).start()
    return int(server.wait())


if __name__ == "__main__":
    sys.exit(main())
