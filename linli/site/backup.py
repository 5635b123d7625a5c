"""One file that holds all of an installation: database, attachments, keys, map; and the way back.

The file is a tar: ``manifest.json``, ``database.dump`` (pg_dump's custom format), ``secrets.json``,
``files/…`` and ``map/<version>/…``. It holds the keys to the personal data in it, so it is as secret
as the server. A large map stays out: the manifest then names the extract it was made of.
"""

import json
import os
import shutil
import subprocess
import tarfile
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection
from psycopg import sql

from linli.roads import store
from linli.site.home import home
from linli.site.postgres import BINARIES

FORMAT = 1
# Bytes on disk of the largest map that is taken along unasked; a larger one can be made again.
LARGEST_MAP = 256 * 1024 * 1024
# The part of a map's own manifest by which its extract is found again.
_EXTRACT = ("version", "source", "bytes", "sha256")


class BackupError(Exception):
    """The backup or restore was not done; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Done:
    """What a backup came to: bytes of the dump and of the whole, and the map that stayed out of it."""

    database: int
    file: int
    without: store.Version | None


def back_up(target: Path, *, with_map: bool | None = None) -> Done:
    """Write the backup to ``target``, complete or not at all.

    ``with_map``: take the map along; left open, unless it is larger than :data:`LARGEST_MAP`.
    """
    draft = target.with_name(f"{target.name}.part")
    dump = target.with_name(f"{target.name}.database")
    files = Path(settings.MEDIA_ROOT)
    # The map before the database: one that is imported meanwhile leaves this one where it is.
    used = store.current()
    taken = used if used and (_is_small(used) if with_map is None else with_map) else None
    try:
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        dump.touch(mode=0o600)
        # The database first: a file is written before the row that names it, and so is not missed.
        _run(_program("pg_dump"), "--format=custom", "--compress=1", f"--file={dump}", _url())
        size = dump.stat().st_size
        with os.fdopen(descriptor, "wb") as raw, tarfile.open(fileobj=raw, mode="w") as tar:
            _add_manifest(tar, draft.with_suffix(".manifest"), used)
            tar.add(dump, "database.dump")
            tar.add(home() / "secrets.json", "secrets.json")
            if files.exists():
                tar.add(files, "files")
            if _warning_keys().exists():
                tar.add(_warning_keys(), "cap")
            if taken:
                tar.add(taken.directory, f"map/{taken.name}")
            tar.close()
            raw.flush()
            os.fsync(raw.fileno())
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
        dump.unlink(missing_ok=True)
    return Done(size, target.stat().st_size, used if used and not taken else None)


def _is_small(version: store.Version) -> bool:
    files = (file for file in version.directory.rglob("*") if file.is_file())
    return sum(file.stat().st_size for file in files) <= LARGEST_MAP


def _warning_keys() -> Path:
    """Return where the key lies that signs warnings to the public."""
    return home() / "cap"


def _add_manifest(tar: tarfile.TarFile, draft: Path, used: store.Version | None) -> None:
    manifest = {
        "format": FORMAT,
        "linli": version("linli"),
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "postgresql": _server_version(),
        "map": {name: used.manifest.get(name) for name in _EXTRACT} if used else None,
    }
    draft.write_text(json.dumps(manifest, indent=1))
    tar.add(draft, "manifest.json")
    draft.unlink()


def restore(source: Path, *, force: bool) -> dict[str, Any] | None:
    """Put the installation of the backup ``source`` into LINLI_HOME and its database.

    Returns ``version``, ``source``, ``bytes`` and ``sha256`` of a map that was in use and is in
    neither: it has to be imported again from that extract. None where nothing is missing.

    Refuses when there is something already, unless ``force``. The database is restored beside the
    old one and takes its place when it is complete; so a damaged backup destroys nothing.
    """
    if not force and not is_empty():
        message = f"{home()} or its database is not empty. With --force it is replaced."
        raise BackupError(message)
    work = home() / "restore"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(mode=0o700)
    try:
        manifest = _unpack(source, work)
        _replace_database(work / "database.dump")
        _replace_files(work)
        return put_map(work / "map", manifest.get("map"))
    finally:
        shutil.rmtree(work, ignore_errors=True)


def is_empty() -> bool:
    """Say whether the database has no table and no file was ever attached."""
    files = Path(settings.MEDIA_ROOT)
    return not connection.introspection.table_names() and not (
        files.exists() and any(files.iterdir())
    )


def _unpack(source: Path, work: Path) -> dict[str, Any]:
    try:
        with tarfile.open(source) as tar:
            tar.extractall(work, filter="data")
        manifest: dict[str, Any] = json.loads((work / "manifest.json").read_text())
    except (OSError, tarfile.TarError, ValueError) as error:
        message = f"{source} is not a complete backup of Linli: {error}"
        raise BackupError(message) from error
    if manifest["format"] != FORMAT:
        message = f"{source} has format {manifest['format']}; this Linli reads format {FORMAT}."
        raise BackupError(message)
    return manifest


def _replace_database(dump: Path) -> None:
    name = settings.DATABASES["default"]["NAME"]
    draft, old = f"{name}_restored", f"{name}_replaced"
    with psycopg.connect(_url("postgres"), autocommit=True) as server:
        for left in (draft, old):
            _sql(server, "DROP DATABASE IF EXISTS {} WITH (FORCE)", left)
        server.execute(_creation(server, draft, like=name))
        if not server.execute("SELECT 1 FROM pg_roles WHERE rolname = 'linli_web'").fetchone():
            server.execute("CREATE ROLE linli_web NOLOGIN NOBYPASSRLS")  # the dump grants to it
            server.execute("GRANT linli_web TO CURRENT_USER WITH SET TRUE")
        try:
            _run(
                _program("pg_restore"),
                *("--exit-on-error", "--single-transaction", "--no-owner", "--no-comments"),
                f"--dbname={_url(draft)}",
                str(dump),
            )
        except BackupError:
            _sql(server, "DROP DATABASE {} WITH (FORCE)", draft)
            raise
        connection.close()
        server.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name]
        )
        _sql(server, "ALTER DATABASE {} RENAME TO {}", name, old)
        _sql(server, "ALTER DATABASE {} RENAME TO {}", draft, name)
        _sql(server, "DROP DATABASE {} WITH (FORCE)", old)


def _creation(server: psycopg.Connection, name: str, *, like: str) -> sql.Composed:
    """Return the statement that makes a database whose letters and order are those of ``like``."""
    found = server.execute(
        "SELECT pg_encoding_to_char(encoding), datlocprovider::text, datcollate, datctype, datlocale"
        " FROM pg_database WHERE datname = %s",
        [like],
    ).fetchone()
    assert found is not None, like  # noqa: S101 - we are connected to it
    encoding, provider, collate, ctype, locale = found
    statement = sql.SQL(
        "CREATE DATABASE {} TEMPLATE template0 ENCODING {} LC_COLLATE {} LC_CTYPE {}"
    ).format(sql.Identifier(name), sql.Literal(encoding), sql.Literal(collate), sql.Literal(ctype))
    own = {"b": "LOCALE_PROVIDER builtin BUILTIN_LOCALE", "i": "LOCALE_PROVIDER icu ICU_LOCALE"}
    if provider not in own:
        return statement
    return statement + sql.SQL(" {} {}").format(sql.SQL(own[provider]), sql.Literal(locale))


def _sql(server: psycopg.Connection, statement: str, *names: str) -> None:
    server.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def _replace_files(work: Path) -> None:
    files = Path(settings.MEDIA_ROOT)
    shutil.rmtree(files, ignore_errors=True)
    if (work / "files").exists():
        (work / "files").rename(files)
    if (work / "cap").exists():
        shutil.rmtree(_warning_keys(), ignore_errors=True)
        (work / "cap").rename(_warning_keys())
    (work / "secrets.json").chmod(0o600)
    (work / "secrets.json").replace(home() / "secrets.json")


def put_map(kept: Path, used: dict[str, Any] | None) -> dict[str, Any] | None:
    """Put the map in the directory ``kept`` into use, if there is one; else see whether it is here.

    Returns ``used``, what the backup says of the map, where its version is missing afterwards.
    """
    if used is None:
        return None
    for directory in kept.iterdir() if kept.exists() else ():
        target = store.root() / directory.name
        if not target.exists():  # a version is never changed: one of the same name is the same
            directory.rename(target)
    version = store.version_named(used["version"])
    if version is None:
        return used
    store.switch(version)
    return None


def _url(database: str | None = None) -> str:
    found = settings.DATABASES["default"]
    parts = {
        "dbname": database or found["NAME"],
        "user": found["USER"],
        "password": found["PASSWORD"],
        "host": found["HOST"],
        "port": found["PORT"],
    }
    others = {name: value for name, value in found["OPTIONS"].items() if name != "options"}
    return psycopg.conninfo.make_conninfo(**{k: v for k, v in (parts | others).items() if v})


def _server_version() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        return int(cursor.fetchone()[0])


def _program(name: str) -> str:
    """Return the program that came with Linli, or the system's when the server is newer."""
    own = BINARIES / name
    if _server_version() // 10000 <= 18 or not (system := shutil.which(name)):
        return str(own)
    return system


def _run(*words: str) -> None:
    result = subprocess.run(words, capture_output=True, text=True, check=False)
    if result.returncode:
        message = f"{Path(words[0]).name} failed:\n{result.stderr}"
        raise BackupError(message)
