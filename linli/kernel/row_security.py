"""Row security: SQL for migrations, and the scope a transaction runs under.

Three settings carry a transaction's scope: ``linli.areas`` and ``linli.units`` (comma-separated)
and ``linli.person``. They are set by literal ``SET LOCAL``, so that they end with the transaction,
reach every node of a sharded database, and never survive on a pooled connection.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.migrations.operations import RunSQL
from psycopg import sql

WEB_ROLE = "linli_web"

AREAS = "string_to_array(current_setting('linli.areas', true), ',')"
UNITS = "string_to_array(current_setting('linli.units', true), ',')::uuid[]"
USER = "nullif(current_setting('linli.person', true), '')::uuid"


def secure(table: str, using: str) -> RunSQL:
    """Put ``table`` under row security: the web role reads and changes rows where ``using`` holds.

    Writing is judged by the actions; what a row's writer may not read it can't change either.
    PostgreSQL asks the reading rule of an UPDATE or DELETE only where the statement reads a column,
    so the rule is said again for the rows that are there before.
    """
    return RunSQL(
        f"""
        ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
        CREATE POLICY {table}_read ON {table} FOR SELECT TO {WEB_ROLE} USING ({using});
        CREATE POLICY {table}_add ON {table} FOR INSERT TO {WEB_ROLE} WITH CHECK (true);
        CREATE POLICY {table}_change ON {table} FOR UPDATE TO {WEB_ROLE}
          USING ({using}) WITH CHECK (true);
        CREATE POLICY {table}_remove ON {table} FOR DELETE TO {WEB_ROLE} USING ({using});
        """,
        f"""
        DROP POLICY {table}_read ON {table}; DROP POLICY {table}_add ON {table};
        DROP POLICY {table}_change ON {table}; DROP POLICY {table}_remove ON {table};
        ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
        """,
    )


def append_only(table: str) -> RunSQL:
    """Make ``table`` refuse UPDATE, DELETE and TRUNCATE, for every role."""
    return RunSQL(
        f"""
        CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
          FOR EACH STATEMENT EXECUTE FUNCTION kernel_refuse_change();
        """,
        f"DROP TRIGGER {table}_append_only ON {table};",
    )


@contextmanager
def scoped(areas: Iterable[str], units: Iterable[object], user: object) -> Iterator[None]:
    """Run a block in a transaction as the web role, under one scope.

    Nested in a transaction that goes on afterwards (a test), the role is given back at the end;
    after an error the savepoint's rollback has already done so.
    """
    outer = connection.in_atomic_block
    with transaction.atomic():
        statement = sql.SQL(
            "SET LOCAL ROLE {role}; SET LOCAL linli.areas = {areas};"
            " SET LOCAL linli.units = {units}; SET LOCAL linli.person = {user}"
        ).format(
            role=sql.Identifier(WEB_ROLE),
            areas=sql.Literal(",".join(areas)),
            units=sql.Literal(",".join(str(unit) for unit in units)),
            user=sql.Literal(str(user or "")),
        )
        with connection.cursor() as cursor:
            cursor.execute(statement.as_string(cursor.connection))
        yield
        if outer:
            _leave()


@contextmanager
def lent(areas: Iterable[str], units: Iterable[object], user: object) -> Iterator[None]:
    """Run a block under another scope within one's own transaction, and go back to one's own.

    For what Linli does at its own desk for somebody who may have it done but has no desk there.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        before = _scope(cursor)
        values = (WEB_ROLE, ",".join(areas), ",".join(map(str, units)), str(user or ""))
        _set_scope(cursor, dict(zip(_NAMES, values, strict=True)))
        yield
        _set_scope(cursor, before)


@contextmanager
def unscoped() -> Iterator[None]:
    """Run a block as the owner, outside row security, and go back to the scope there was.

    For the few rules that must see more than the person who sets them off: handing on the cases of
    somebody an administrator lets go, or naming a case by its number in the audit log. The caller
    has checked that the actor may do this.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        before = _scope(cursor)
        cursor.execute("SET LOCAL ROLE NONE")
        yield
        _set_scope(cursor, before)


_NAMES = ("role", "linli.areas", "linli.units", "linli.person")


def _scope(cursor: CursorWrapper) -> dict[str, str | None]:
    cursor.execute("SELECT " + ", ".join(f"current_setting('{name}', true)" for name in _NAMES))
    return dict(zip(_NAMES, cursor.fetchone(), strict=True))


def _set_scope(cursor: CursorWrapper, scope: Mapping[str, str | None]) -> None:
    for name, value in scope.items():
        cursor.execute("SELECT set_config(%s, %s, true)", [name, value or ""])


def _leave() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SET LOCAL ROLE NONE; SET LOCAL linli.areas = ''; SET LOCAL linli.units = '';"
            " SET LOCAL linli.person = ''"
        )


@contextmanager
def as_owner() -> Iterator[None]:
    """Run a transaction as the owner, outside row security: for doors at which nobody is signed in.

    The door itself has checked who may. Not within another scope: there it is ``unscoped``.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL ROLE NONE")
        yield
