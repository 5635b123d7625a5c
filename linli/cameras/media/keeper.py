"""Keeps packing what is wanted: one packager a camera, shared by all who look, gone when nobody does.

A process runs one keeper; which sources are its own decides the ``opener`` it is given. Each round
compares what the database wants with what runs. A failure is one camera's affair: it is named at the
camera and tried again, later each time.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID

from django.db import Error, close_old_connections
from django.utils import timezone

from linli.cameras.media import store
from linli.cameras.media.inputs import SourceError
from linli.cameras.media.wanted import Wanted, drop, tell, wanted
from linli.cameras.viewing_choices import FeedState

log = logging.getLogger(__name__)

ROUND = 0.5
FIRST_PAUSE, LONGEST_PAUSE = 4.0, 60.0


class Job(Protocol):
    """Something that fills a folder with segments."""

    @property
    def segments(self) -> int:
        """How many segments have been seen."""

    @property
    def has_hung(self) -> bool:
        """Whether it had to be killed."""

    async def start(self) -> None:
        """Begin. Raises what its opener may raise."""

    def look(self) -> bool:
        """Say whether it goes well."""

    async def stop(self) -> None:
        """End it; nothing of it is left."""

    @property
    def said(self) -> str:
        """What it last said, without passwords."""


type Opener = Callable[[Wanted, Path], Job]


@dataclass
class _Running:
    wanted: Wanted
    job: Job
    starting: "asyncio.Task[None]"
    told: str = FeedState.STARTING
    settled: float = 0


@dataclass
class _Failed:
    again: float
    pause: float


class Keeper:
    """The packagers of one process."""

    def __init__(
        self,
        protocols: Sequence[str],
        opener: Opener,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.protocols = protocols
        self.running: dict[tuple[str, UUID, UUID | None], _Running] = {}
        self._opener, self._clock = opener, clock
        self._failed: dict[tuple[str, UUID, UUID | None], _Failed] = {}
        self._database = ThreadPoolExecutor(1, "video-database")

    async def run(self, stop: asyncio.Event) -> None:
        """Keep until ``stop`` is set; then end everything."""
        while not stop.is_set():
            try:
                await self.round()
            except Error as error:
                log.warning("video: the database does not answer (%s)", type(error).__name__)
                await self.ask(close_old_connections)
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), ROUND)
        await asyncio.gather(*(self._end(key) for key in list(self.running)))

    async def ask[**P, T](self, read: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Ask the database, in the one thread that talks to it."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._database, lambda: read(*args, **kwargs))

    async def round(self) -> None:
        """Look once at what is wanted and at what runs."""
        now = timezone.now()
        wishes = {one.key: one for one in await self.ask(wanted, self.protocols, now)}
        for key in [key for key in self.running if key not in wishes]:
            gone = self.running[key].wanted
            await self._end(key)
            await self.ask(drop, gone, now)
        for key in [key for key in self._failed if key not in wishes]:
            del self._failed[key]
        for key, wish in wishes.items():
            if key not in self.running:
                await self._begin(wish)
        for running in list(self.running.values()):
            await self._look(running, now)

    async def _begin(self, wish: Wanted) -> None:
        failed = self._failed.get(wish.key)
        if failed is not None and self._clock() < failed.again:
            return
        try:
            job = self._opener(wish, folder_of(wish))
        except SourceError as error:
            await self._fail(wish, str(error))
            return
        starting = asyncio.create_task(job.start())
        self.running[wish.key] = _Running(wish, job, starting)
        await self.ask(tell, wish, FeedState.STARTING, "", timezone.now())

    async def _look(self, running: _Running, now: datetime) -> None:
        wish, job = running.wanted, running.job
        if not running.starting.done():
            return
        fault: Any = running.starting.exception()
        if fault is not None or not job.look():
            said = str(fault) if fault is not None else _why(job)
            await self._end(wish.key)
            await self._fail(wish, said)
            return
        if job.segments and running.told != FeedState.RUNNING:
            running.told = FeedState.RUNNING
            self._failed.pop(wish.key, None)
            await self.ask(tell, wish, FeedState.RUNNING, "", now)
        if wish.kind == "recorded" and self._clock() - running.settled > store.RECORDED_SECONDS:
            running.settled = self._clock()
            await asyncio.to_thread(store.settle, wish.camera)

    async def _fail(self, wish: Wanted, said: str) -> None:
        before = self._failed.get(wish.key)
        pause = min(before.pause * 2, LONGEST_PAUSE) if before else FIRST_PAUSE
        self._failed[wish.key] = _Failed(self._clock() + pause, pause)
        log.warning("video of camera %s: %s", wish.camera, said)
        await self.ask(tell, wish, FeedState.FAILED, said[:200], timezone.now())

    async def _end(self, key: tuple[str, UUID, UUID | None]) -> None:
        running = self.running.pop(key, None)
        if running is None:
            return
        running.starting.cancel()
        await asyncio.gather(running.starting, return_exceptions=True)
        await running.job.stop()


def folder_of(wish: Wanted) -> Path:
    """Return where a wish's segments go."""
    if wish.kind == "recorded":
        return store.recorded(wish.camera) / "incoming"
    if wish.grant is not None:
        return store.playback(wish.grant, wish.camera)
    return store.live(wish.camera)


def _why(job: Job) -> str:
    if job.has_hung:
        return "ffmpeg hung and was ended"
    return job.said or "the video ended"
