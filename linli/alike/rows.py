"""Writing many rows of a table over those that are there, as owner."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Model
from psycopg import sql

_PUT = """
INSERT INTO {table} ({columns}) SELECT {values} FROM unnest({arrays}) AS r ({columns})
ON CONFLICT ({key}) DO UPDATE SET {changes}
"""


def put(model: type[Model], rows: Sequence[tuple[Any, ...]]) -> None:
    """Write ``rows``, each the values of all columns in the order of the model's fields.

    They travel as one array a column: the statement is of one length for one row and a thousand,
    and nothing is spent on instances. JSON comes as text. A row with the key is replaced; the same
    key twice is an error of the database.
    """
    if not rows:
        return
    statement, lists = _form_of(model)
    columns = [list(column) for column in zip(*rows, strict=True)]
    for place in lists:
        columns[place] = ["{" + ",".join(map(str, numbers)) + "}" for numbers in columns[place]]
    with connection.cursor() as cursor:
        cursor.execute(statement, columns)


@cache
def _form_of(model: type[Model]) -> tuple[str, tuple[int, ...]]:
    """Return the statement, and the places of columns that are lists themselves."""
    fields = list(model._meta.concrete_fields)
    names = [sql.Identifier(str(field.column)) for field in fields]
    types = [str(field.db_type(connection)) for field in fields]
    lists = tuple(place for place, kind in enumerate(types) if kind.endswith("[]"))
    values = [
        sql.SQL("{}::{}").format(name, sql.SQL(kind)) if place in lists else name
        for place, (name, kind) in enumerate(zip(names, types, strict=True))
    ]
    # A cast to varchar(n) would cut in silence what the column refuses; a list of lists has no
    # type of its own and comes as text.
    sent = ["text" if kind.startswith("varchar") or kind.endswith("[]") else kind for kind in types]
    statement = sql.SQL(_PUT).format(
        table=sql.Identifier(model._meta.db_table),
        columns=sql.SQL(", ").join(names),
        values=sql.SQL(", ").join(values),
        arrays=sql.SQL(", ").join(sql.SQL("%s::{}[]").format(sql.SQL(kind)) for kind in sent),
        key=sql.Identifier(str(model._meta.pk.column)),
        changes=sql.SQL(", ").join(sql.SQL("{0} = excluded.{0}").format(name) for name in names),
    )
    connection.ensure_connection()
    return statement.as_string(connection.connection), lists
