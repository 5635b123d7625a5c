"""Statements that need no answer before the next one are sent without waiting for it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def pipelined() -> Iterator[None]:
    """Send the block's statements in one stream (libpq's pipeline mode).

    For writes one after another: whoever fetches a row waits for all that was sent so far, and a
    failed statement is told at the next fetch or at the block's end.
    """
    connection.ensure_connection()
    with connection.connection.pipeline():
        yield
