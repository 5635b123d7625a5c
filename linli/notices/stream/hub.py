"""The hub: one reader of the database, and who in this process listens to what."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import orjson
import psycopg

from linli.notices.stream import log

logger = logging.getLogger(__name__)

# What may wait for a slow browser before its connection is closed; it comes back and reads on.
BACKLOG = 512
# Even unwoken the reader looks this often (seconds).
LOOK = 15.0


def frame(sequence: int, kind: str, data: Any) -> bytes:
    """Return one event as it goes over the wire."""
    return b"id: %d\nevent: %s\ndata: %s\n\n" % (sequence, kind.encode(), orjson.dumps(data))


@dataclass(eq=False, slots=True)
class Listener:
    """One browser's connection: what it listens to and what waits for it."""

    topics: frozenset[str]
    waiting: asyncio.Queue[tuple[int, bytes] | None] = field(
        default_factory=lambda: asyncio.Queue(BACKLOG)
    )

    def give(self, sequence: int, event: bytes) -> None:
        """Let an event wait for the browser; one that is too slow is told to come again."""
        try:
            self.waiting.put_nowait((sequence, event))
        except asyncio.QueueFull:
            self.end()

    def end(self) -> None:
        """Close the connection, whatever waits."""
        while not self.waiting.empty():
            self.waiting.get_nowait()
        self.waiting.put_nowait(None)


class Hub:
    """Reads new events once for all browsers and hands each to those who listen."""

    def __init__(self) -> None:
        self.at = 0
        self._by_topic: defaultdict[str, set[Listener]] = defaultdict(set)
        self._task: asyncio.Task[None] | None = None
        self.ready = asyncio.Event()

    def start(self) -> None:
        """Begin to read."""
        self._task = asyncio.create_task(self._read_for_ever())

    async def stop(self) -> None:
        """Stop reading and close every connection."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
        for listener in set().union(*self._by_topic.values()):
            listener.end()

    def join(self, listener: Listener) -> None:
        """Let a listener hear what comes from now on."""
        for topic in listener.topics:
            self._by_topic[topic].add(listener)

    def leave(self, listener: Listener) -> None:
        """Forget a listener."""
        for topic in listener.topics:
            self._by_topic[topic].discard(listener)
            if not self._by_topic[topic]:
                del self._by_topic[topic]

    async def _read_for_ever(self) -> None:
        while True:
            try:
                await self._read()
            except (psycopg.Error, OSError) as error:
                # Browsers keep their connections; what was missed is read when the database is back.
                logger.warning("the stream lost the database: %s", type(error).__name__)
                await asyncio.sleep(1)

    async def _read(self) -> None:
        async with await log.connect() as wakes, await log.connect() as events:
            await wakes.execute(f"LISTEN {log.WAKE}")
            if not self.at:
                self.at = (await log.head(events))[0]
            self.ready.set()
            while True:
                await self._catch_up(events)
                async for _ in wakes.notifies(timeout=LOOK, stop_after=1):
                    pass

    async def _catch_up(self, events: psycopg.AsyncConnection[Any]) -> None:
        await log.number(events)
        while rows := await log.after(events, self.at):
            for sequence, topic, kind, data in rows:
                self._spread(sequence, topic, kind, data)
            self.at = rows[-1][0]

    def _spread(self, sequence: int, topic: str, kind: str, data: Any) -> None:
        listeners: Collection[Listener] = self._by_topic.get(topic, ())
        if listeners:
            event = frame(sequence, kind, data)
            for listener in tuple(listeners):
                listener.give(sequence, event)


def past(rows: Iterable[tuple[int, str, str, Any]]) -> Iterable[tuple[int, bytes]]:
    """Return events read from the table as they wait in a queue."""
    for sequence, _topic, kind, data in rows:
        yield sequence, frame(sequence, kind, data)
