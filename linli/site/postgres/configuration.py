"""The embedded server's configuration, written anew at every start."""

import os
import pwd
from collections.abc import Mapping

from linli.site.postgres.layout import Layout

MEBIBYTE = 1024 * 1024

SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "80",
    "work_mem": "16MB",
    "max_wal_size": "4GB",
    "min_wal_size": "256MB",
    "checkpoint_timeout": "15min",
    # A commit that was answered is on disk; turning this off gained nothing where it was measured.
    "synchronous_commit": "on",
    "random_page_cost": "1.1",
    # Linli's queries are short: compiling them costs more than it saves.
    "jit": "off",
    "max_parallel_workers_per_gather": "1",
    "autovacuum_vacuum_scale_factor": "0.05",
    "autovacuum_analyze_scale_factor": "0.05",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "lc_messages": "C",
    # The log names what failed, never the values: statements and details can hold personal data.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length": "0",
    "log_line_prefix": "%m [%p] %q%u@%d ",
    "log_checkpoints": "off",
}


def _memory() -> int:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


def _sizes() -> dict[str, str]:
    memory = _memory() // MEBIBYTE
    shared = max(128, min(memory // 8, 4096))
    return {
        "shared_buffers": f"{shared}MB",
        "effective_cache_size": f"{memory // 2}MB",
        "maintenance_work_mem": f"{max(64, min(memory // 32, 1024))}MB",
    }


def _quoted(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def write_configuration(
    layout: Layout, account: pwd.struct_passwd, extra: Mapping[str, str]
) -> None:
    """Write ``postgresql.conf``, ``pg_hba.conf`` and ``pg_ident.conf`` into the data directory.

    A city's own settings stand in ``postgresql.conf`` of LINLI_HOME and win; ``extra`` wins over
    all. Only the system accounts of this installation get in, over the socket, without a password:
    the kernel says who is calling.
    """
    chosen = SETTINGS | _sizes() | {"unix_socket_directories": str(layout.socket)}
    lines = [f"{name} = {_quoted(value)}" for name, value in chosen.items()]
    if (own := layout.home / "postgresql.conf").exists():
        lines.append(f"include = {_quoted(str(own))}")
    lines += [f"{name} = {_quoted(value)}" for name, value in extra.items()]
    _write(layout, "postgresql.conf", account, "\n".join(lines))
    _write(layout, "pg_hba.conf", account, "local all all peer map=linli")
    names = sorted({account.pw_name, "root", pwd.getpwuid(os.geteuid()).pw_name})
    _write(layout, "pg_ident.conf", account, "\n".join(f'linli "{name}" all' for name in names))


def _write(layout: Layout, name: str, account: pwd.struct_passwd, text: str) -> None:
    path = layout.data / name
    path.write_text(f"# Written by linli at every start.\n{text}\n")
    os.chown(path, account.pw_uid, account.pw_gid)
    path.chmod(0o600)
