"""The scope of a receipt: whoever holds its code sees one report, and no case at all.

``linli.receipt`` carries the hash of the code, as ``linli.areas`` and ``linli.units`` carry a
person's reach; both are empty here. A session that doesn't know the hash has no row to guess at.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from psycopg import sql

from linli.kernel.row_security import scoped

RECEIPT = "decode(nullif(current_setting('linli.receipt', true), ''), 'hex')"


@contextmanager
def holding(token_hash: bytes) -> Iterator[None]:
    """Run a block in a transaction as the web role, under the receipt alone."""
    with scoped((), (), None):
        _say(token_hash.hex())
        yield
        _say("")


@contextmanager
def by_nobody() -> Iterator[None]:
    """Run a block as the web role without any reach: what everybody may read."""
    with scoped((), (), None):
        yield


def _say(value: str) -> None:
    statement = sql.SQL("SET LOCAL linli.receipt = {}").format(sql.Literal(value))
    with connection.cursor() as cursor:
        cursor.execute(statement.as_string(cursor.connection))
