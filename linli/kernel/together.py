"""New rows and one question after them, sent to the database in one message."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Field, Model


def insert_and_ask(rows: Sequence[Model], question: str, values: Sequence[Any]) -> tuple[Any, ...]:
    """Insert ``rows`` in their order, then return the first row that ``question`` answers.

    Every message to the database costs both sides more than the insert of a row does. The rows are
    written as ``save(force_insert=True)`` writes them; a row that is refused refuses all.
    """
    with connection.cursor() as cursor:
        # Filled in one by one: psycopg remembers where the values of a short statement go, and reads
        # one as long as all of them together afresh each time, which cost 0.5 ms a registration.
        filled = []
        for row in rows:
            statement, fields = _insertion(type(row))
            given = [f.get_db_prep_save(f.pre_save(row, True), connection) for f in fields]
            filled.append(cursor.mogrify(statement, given))
        filled.append(cursor.mogrify(question, values))
        cursor.execute("; ".join(filled))
        while cursor.nextset():
            pass
        answer: tuple[Any, ...] = cursor.fetchone()
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias
    return answer


@cache
def _insertion(model: type[Model]) -> tuple[str, tuple["Field[Any, Any]", ...]]:
    fields = tuple(model._meta.concrete_fields)
    columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    places = ", ".join("%s" for _field in fields)
    table = connection.ops.quote_name(model._meta.db_table)
    return f"INSERT INTO {table} ({columns}) VALUES ({places})", fields  # noqa: S608 - from the model
