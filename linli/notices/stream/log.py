"""The table of recent events, read by the stream's process: numbers are given, then read on from."""

from collections.abc import Collection
from typing import Any

import psycopg
from django.db import connection

from linli.notices.stream.publish import WAKE
from linli.notices.stream.topics import nested

type Row = tuple[int, str, str, Any]
type Connection = psycopg.AsyncConnection[Any]

__all__ = ["WAKE", "after", "connect", "head", "number", "since"]

# Numbers in the order of ids. Whoever holds the head's row gives them; a second process that waited
# for it finds its rows numbered already and leaves them (the condition is judged again then).
_NUMBER = """
WITH head AS (
  SELECT last FROM notices_streamhead WHERE id = 1
    AND EXISTS (SELECT FROM notices_streamevent WHERE sequence IS NULL) FOR UPDATE
), fresh AS (
  SELECT id, row_number() OVER (ORDER BY id) AS place FROM notices_streamevent
  WHERE sequence IS NULL
), numbered AS (
  UPDATE notices_streamevent e SET sequence = head.last + fresh.place FROM head, fresh
  WHERE e.id = fresh.id AND e.sequence IS NULL RETURNING e.sequence, e.topic, e.kind, e.data
), moved AS (
  UPDATE notices_streamhead SET last = (SELECT max(sequence) FROM numbered)
  WHERE id = 1 AND EXISTS (SELECT FROM numbered)
)
SELECT sequence, topic, kind, data FROM numbered ORDER BY sequence
"""
_AFTER = """
SELECT sequence, topic, kind, data FROM notices_streamevent
WHERE sequence > %s ORDER BY sequence LIMIT 1000
"""
_SINCE = """
SELECT sequence, topic, kind, data FROM notices_streamevent
WHERE sequence > %s AND (topic = ANY (%s) OR topic ^@ ANY (%s::text[])) ORDER BY sequence LIMIT 1000
"""


async def connect() -> Connection:
    """Return a connection of its own to the application's database."""
    given = connection.get_connection_params()
    kept = {
        name: value
        for name, value in given.items()
        if name in {"dbname", "user", "password", "host", "port", "options"} and value
    }
    return await psycopg.AsyncConnection.connect(**kept, autocommit=True)


async def number(events: Connection) -> list[Row]:
    """Give a number to every event that has none yet, and return those, in their order."""
    return await (await events.execute(_NUMBER)).fetchall()


async def after(events: Connection, sequence: int) -> list[Row]:
    """Return numbered events behind ``sequence``, a thousand at most."""
    return await (await events.execute(_AFTER, [sequence])).fetchall()


async def since(events: Connection, sequence: int, topics: Collection[str]) -> list[Row]:
    """Return those that listeners to ``topics`` hear."""
    asked = [sequence, list(topics), nested(topics)]
    return await (await events.execute(_SINCE, asked)).fetchall()


async def head(events: Connection) -> tuple[int, int]:
    """Return the last number given, and the last that is no longer kept."""
    found = await events.execute("SELECT last, forgotten FROM notices_streamhead WHERE id = 1")
    row = await found.fetchone()
    return (row[0], row[1]) if row else (0, 0)
