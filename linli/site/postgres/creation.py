"""Making a new database cluster, and the roles and database Linli uses in it."""

import locale
import os
import pwd
import shutil
import subprocess

import psycopg
from psycopg import sql

from linli.site.postgres.layout import BINARIES, Layout, StartError, identity

MAJOR = "18"
EXTENSIONS = ("pg_trgm", "btree_gin")


def make_cluster(layout: Layout, account: pwd.struct_passwd) -> None:
    """Run ``initdb`` unless there is a cluster; a half-made one of an earlier try is replaced."""
    version = layout.data / "PG_VERSION"
    if version.exists():
        _refuse_other_major(version.read_text().strip(), layout)
        return
    draft = layout.home / "postgres.new"
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    os.chown(draft, account.pw_uid, account.pw_gid)
    # pg_trgm asks the C library what a letter is: with LC_CTYPE=C it would drop Chinese silently.
    letters = _utf8_locale()
    command = [BINARIES / "initdb", "-D", draft, "-U", "postgres", "--encoding=UTF8"]
    command += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", f"--locale={letters}"]
    command += ["--data-checksums", "--auth=peer"]
    result = subprocess.run(  # type: ignore[call-overload]
        command, check=False, capture_output=True, text=True, cwd=draft, **identity(account)
    )
    if result.returncode:
        message = f"initdb failed in {draft}:\n{result.stderr}"
        raise StartError(message)
    draft.rename(layout.data)


def _refuse_other_major(found: str, layout: Layout) -> None:
    if found != MAJOR:
        message = (
            f"{layout.data} was made by PostgreSQL {found} and this Linli brings {MAJOR}. "
            "Make a backup with the Linli that made it and restore it here (docs/howto/upgrade.md)."
        )
        raise StartError(message)


def _utf8_locale() -> str:
    kept = locale.setlocale(locale.LC_CTYPE)
    try:
        for name in ("C.UTF-8", "en_US.UTF-8"):
            try:
                locale.setlocale(locale.LC_CTYPE, name)
            except locale.Error:
                continue
            return name
    finally:
        locale.setlocale(locale.LC_CTYPE, kept)
    message = (
        "This system has neither the locale C.UTF-8 nor en_US.UTF-8, which Chinese text needs."
    )
    raise StartError(message)


def prepare_roles(layout: Layout) -> None:
    """Make the roles ``linli`` and ``linli_web`` and the database ``linli``, where missing.

    ``linli`` owns the database and is no superuser; ``linli_web`` cannot sign in, owns nothing, and
    is what a web worker's connection becomes: row security binds it.
    """
    with psycopg.connect(layout.url("postgres", "postgres"), autocommit=True) as connection:
        roles = {row[0] for row in connection.execute("SELECT rolname FROM pg_roles")}
        if "linli_web" not in roles:
            connection.execute("CREATE ROLE linli_web NOLOGIN NOBYPASSRLS")
        if "linli" not in roles:
            connection.execute("CREATE ROLE linli LOGIN CREATEROLE CREATEDB NOBYPASSRLS")
            # The owner may become the web role but does not come under its policies by itself.
            connection.execute("GRANT linli_web TO linli WITH INHERIT FALSE, SET TRUE")
        databases = {row[0] for row in connection.execute("SELECT datname FROM pg_database")}
    if "linli" not in databases:
        _add_extensions(layout, "template1")
        with psycopg.connect(layout.url("postgres", "postgres"), autocommit=True) as connection:
            connection.execute("CREATE DATABASE linli OWNER linli")
        _add_extensions(layout, "linli")


def _add_extensions(layout: Layout, database: str) -> None:
    with psycopg.connect(layout.url("postgres", database), autocommit=True) as connection:
        for name in EXTENSIONS:
            statement = sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(name))
            connection.execute(statement)
