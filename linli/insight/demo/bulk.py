"""Loading a great many rows: without indexes and foreign keys, which are made again at the end."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import connection
from psycopg import sql

# Those that stand behind a constraint stay: a primary key that grows in order costs little.
_INDEXES = """
SELECT x.relname, pg_get_indexdef(i.indexrelid) FROM pg_index i
JOIN pg_class x ON x.oid = i.indexrelid
WHERE i.indrelid = ANY (%s::text[]::regclass[])
  AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid)
ORDER BY x.relname
"""
_KEYS = """
SELECT c.conrelid::regclass::text, c.conname, pg_get_constraintdef(c.oid) FROM pg_constraint c
WHERE c.contype = 'f' AND c.conrelid = ANY (%s::text[]::regclass[]) ORDER BY c.conname
"""


@contextmanager
def bare(tables: Sequence[str]) -> Iterator[None]:
    """Take indexes and foreign keys off ``tables`` for a block inside a transaction."""
    with connection.cursor() as cursor:
        # Foreign keys that still wait for the end of the transaction would forbid the change.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(_INDEXES, [list(tables)])
        indexes = cursor.fetchall()
        cursor.execute(_KEYS, [list(tables)])
        keys = cursor.fetchall()
        for table, name, _definition in keys:
            _run("ALTER TABLE {table} DROP CONSTRAINT {name}", table=table, name=name)
        for name, _definition in indexes:
            _run("DROP INDEX {name}", name=name)
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    yield
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
        for _name, definition in indexes:
            cursor.execute(definition)
        for table, name, definition in keys:
            _run(
                f"ALTER TABLE {{table}} ADD CONSTRAINT {{name}} {definition}",
                table=table,
                name=name,
            )


def _run(statement: str, **names: str) -> None:
    named = {word: sql.Identifier(name) for word, name in names.items()}
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(statement).format(**named).as_string(cursor.connection))
