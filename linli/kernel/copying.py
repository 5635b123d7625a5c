"""Many new rows of a model in one stream (COPY), as owner: PostgreSQL refuses it to the web role."""

import json
from collections.abc import Callable, Sequence
from functools import cache
from operator import attrgetter
from typing import Any

from django.db import connection
from django.db.models import AutoField, JSONField, Model
from psycopg import sql

type Row = tuple[Any, ...]


def copy_in(rows: Sequence[Model]) -> None:
    """Write unsaved instances of one model; triggers and constraints hold as for any insert.

    Defaults are those of the instances; what only the database fills in (generated columns) it does.
    """
    if not rows:
        return
    statement, values, texts = _form_of(type(rows[0]))
    with (
        connection.wrap_database_errors,
        connection.cursor() as cursor,
        cursor.copy(statement) as copy,
    ):
        for row in rows:
            found = values(row)
            if texts:
                written = list(found)
                for place in texts:
                    written[place] = json.dumps(written[place], ensure_ascii=False, default=str)
                found = tuple(written)
            copy.write_row(found)


@cache
def _form_of(model: type[Model]) -> tuple[str, Callable[[Model], Row], tuple[int, ...]]:
    """Return the statement, what reads an instance's values, and which of them are JSON."""
    # Numbers that the database gives stay with the database.
    fields = [f for f in model._meta.concrete_fields if not isinstance(f, AutoField)]
    statement = sql.SQL("COPY {table} ({columns}) FROM STDIN").format(
        table=sql.Identifier(model._meta.db_table),
        columns=sql.SQL(", ").join(sql.Identifier(str(field.column)) for field in fields),
    )
    connection.ensure_connection()
    texts = tuple(n for n, field in enumerate(fields) if isinstance(field, JSONField))
    return (
        statement.as_string(connection.connection),
        attrgetter(*(field.attname for field in fields)),
        texts,
    )
