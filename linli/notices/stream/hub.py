"""The hub: one reader of the database, and who in this process listens to what."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson
import psycopg

from linli.notices.stream import log
from linli.notices.stream.topics import heard_by

logger = logging.getLogger(__name__)

# What may wait for a slow browser before its connection is closed; it comes back and reads on.
BACKLOG = 512
# Even unwoken the reader looks this often; how often connections are looked after; and the longest
# silence in one (seconds).
LOOK, TEND, SILENCE = 15.0, 5.0, 20.0


def frame(sequence: int, kind: str, data: Any) -> bytes:
    """Return one event as it goes over the wire."""
    return b"id: %d\nevent: %s\ndata: %s\n\n" % (sequence, kind.encode(), orjson.dumps(data))


@dataclass(eq=False, slots=True)
class Listener:
    """One browser's connection: what it listens to, and what waits for it."""

    topics: frozenset[str]
    waiting: list[tuple[int, bytes]] = field(default_factory=list)
    over: bool = False
    heard: float = 0.0
    _wake: asyncio.Event = field(default_factory=asyncio.Event)

    def give(self, sequence: int, event: bytes) -> None:
        """Let an event wait for the browser; one that is too slow is told to come again."""
        self.waiting.append((sequence, event))
        if len(self.waiting) > BACKLOG:
            self.end()
        self._wake.set()

    def end(self) -> None:
        """Close the connection, whatever waits."""
        self.over = True
        self._wake.set()

    def tend(self, now: float) -> None:
        """Break a long silence, so that no proxy takes the connection for dead."""
        if now - self.heard > SILENCE:
            self.heard = now
            self._wake.set()

    async def parts(self, seen: int) -> AsyncIterator[bytes]:
        """Yield what comes behind ``seen`` until the connection is over; all that waits at once."""
        while True:
            await self._wake.wait()
            self._wake.clear()
            if self.over:
                return
            given, self.waiting = self.waiting, []
            events = [event for sequence, event in given if sequence > seen]
            self.heard = asyncio.get_running_loop().time()
            yield b"".join(events) or b":\n\n"


class Hub:
    """Reads new events once for all browsers and hands each to those who listen."""

    def __init__(self) -> None:
        self.at = 0
        self._by_topic: defaultdict[str, set[Listener]] = defaultdict(set)
        self._tasks: list[asyncio.Task[None]] = []
        self.ready = asyncio.Event()

    def start(self) -> None:
        """Begin to read, and to look after connections."""
        self._tasks = [
            asyncio.create_task(self._read_for_ever()),
            asyncio.create_task(self._tend_for_ever()),
        ]

    async def stop(self) -> None:
        """Stop reading and close every connection."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for listener in self._listeners():
            listener.end()

    def _listeners(self) -> set[Listener]:
        return set().union(*self._by_topic.values())

    async def _tend_for_ever(self) -> None:
        while True:
            await asyncio.sleep(TEND)
            now = asyncio.get_running_loop().time()
            for listener in self._listeners():
                listener.tend(now)

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
        rows = await log.number(events)
        # What was numbered just now is what comes next, unless another process has numbered too:
        # every question to the database is time in which a board waits.
        if rows and rows[0][0] == self.at + 1:
            self._spread_all(rows)
            return
        while rows := await log.after(events, self.at):
            self._spread_all(rows)

    def _spread_all(self, rows: Sequence[log.Row]) -> None:
        for sequence, topic, kind, data in rows:
            self._spread(sequence, topic, kind, data)
        self.at = rows[-1][0]

    def _spread(self, sequence: int, topic: str, kind: str, data: Any) -> None:
        listeners: set[Listener] = set()
        for name in heard_by(topic):
            listeners.update(self._by_topic.get(name, ()))
        if listeners:
            event = frame(sequence, kind, data)
            for listener in listeners:
                listener.give(sequence, event)


def past(rows: Iterable[tuple[int, str, str, Any]]) -> Iterable[tuple[int, bytes]]:
    """Return events read from the table as they wait in a queue."""
    for sequence, _topic, kind, data in rows:
        yield sequence, frame(sequence, kind, data)
