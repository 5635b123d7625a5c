"""The directory of devices in the database, for the engine: asked in a thread, never raising."""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from time import monotonic

from django.db import Error, close_old_connections
from django.utils import timezone

from linli.cameras.actions import know_device
from linli.cameras.sip.engine import Path
from linli.cameras.sip.manscdp import Channel

log = logging.getLogger(__name__)

# A stranger that asks again and again is written down once a minute, and no more than so many.
_STRANGER_SECONDS, _STRANGERS_A_MINUTE = 60.0, 60


class Kept:
    """Devices as the database knows them."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, "sip-database")
        self._strangers: dict[str, float] = {}

    async def _ask[**P, T](self, do: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T | None:
        loop = asyncio.get_running_loop()
        try:
            return await loop.run_in_executor(self._thread, lambda: do(*args, **kwargs))
        except Error as error:
            # The device asks again: nothing is lost but a moment.
            log.warning("SIP: the database does not answer (%s)", type(error).__name__)
            await loop.run_in_executor(self._thread, close_old_connections)
            return None

    async def password_of(self, device: str) -> str | None:
        """Return the password of an accepted device."""
        return await self._ask(know_device.password_of, device)

    async def asked(self, device: str, host: str) -> None:
        """Note a stranger, now and then."""
        now = monotonic()
        known = {one: at for one, at in self._strangers.items() if now - at < _STRANGER_SECONDS}
        self._strangers = known
        if device not in known and len(known) < _STRANGERS_A_MINUTE:
            known[device] = now
            await self._ask(know_device.note_stranger, device, host, timezone.now())

    async def registered(self, device: str, path: Path, seconds: int) -> None:
        """Note a registration."""
        await self._ask(know_device.note_registered, device, path.host, seconds, timezone.now())

    async def alive(self, device: str, *, fault: bool) -> None:
        """Note a keepalive."""
        await self._ask(know_device.note_alive, device, timezone.now(), fault=fault)

    async def gone(self, device: str) -> None:
        """Note that a device is away."""
        await self._ask(know_device.note_gone, device)

    async def catalogue(self, device: str, channels: list[Channel]) -> None:
        """Keep a catalogue."""
        await self._ask(know_device.keep_catalogue, device, channels, timezone.now())
