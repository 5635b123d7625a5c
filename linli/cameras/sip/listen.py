"""The process that listens for devices: ``python -m linli.cameras.sip.listen``. UDP and TCP."""

import asyncio
import logging
import os
import signal
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path as Folder
from typing import TYPE_CHECKING

import django

from linli.cameras.sip.engine import Directory, Engine, Identity, Path
from linli.cameras.sip.framing import Framing
from linli.cameras.sip.message import Message, ProtocolError, parse

if TYPE_CHECKING:
    from linli.cameras.media.keeper import Opener
    from linli.cameras.sip.video import Media

log = logging.getLogger(__name__)

# Messages being worked on at once, and open TCP connections: more are dropped.
MOST_AT_ONCE, MOST_CONNECTIONS = 2_000, 2_000
LOOK_EVERY = 10.0
# A connection that says nothing for so long is closed, in seconds.
IDLE = 300.0


class Listener:
    """The sockets around an engine. Whatever arrives, it goes on listening."""

    def __init__(self, identity: Identity, directory: Directory) -> None:
        loop = asyncio.get_running_loop()
        self.engine = Engine(identity, directory, self._send, loop.time)
        self.port = 0
        self._datagrams: asyncio.DatagramTransport | None = None
        self._server: asyncio.Server | None = None
        self._writers: dict[int, asyncio.StreamWriter] = {}
        self._last = 0
        self._at_work: set[asyncio.Task[None]] = set()

    async def open(self, host: str, port: int) -> None:
        """Listen on one port for UDP and TCP; port 0 takes a free one. Raises ``OSError``."""
        loop = asyncio.get_running_loop()
        self._server = await asyncio.start_server(self._connected, host, port)
        self.port = self._server.sockets[0].getsockname()[1]
        self._datagrams, _ = await loop.create_datagram_endpoint(
            lambda: _Datagrams(self._arrived), local_addr=(host, self.port)
        )

    async def close(self) -> None:
        """Stop listening."""
        if self._datagrams is not None:
            self._datagrams.close()
        if self._server is not None:
            self._server.close()
        for writer in list(self._writers.values()):
            writer.close()
        for task in list(self._at_work):
            task.cancel()
        await asyncio.gather(*self._at_work, return_exceptions=True)

    def _arrived(self, data: bytes, sender: tuple[str, int]) -> None:
        if not data.strip(b"\r\n\0 "):
            return  # keeps a way through a firewall open
        try:
            message = parse(data)
        except ProtocolError as error:
            self.engine.refused += 1
            log.info("SIP from %s: %s", sender[0], error)
            return
        self._work(message, Path("udp", sender[0], sender[1]))

    def _work(self, message: Message, path: Path) -> None:
        if len(self._at_work) >= MOST_AT_ONCE:
            self.engine.refused += 1
            return
        task = asyncio.create_task(self._take(message, path))
        self._at_work.add(task)
        task.add_done_callback(self._at_work.discard)

    async def _take(self, message: Message, path: Path) -> None:
        try:
            await self.engine.take(message, path)
        except Exception:
            # One message's affair, whatever it was: the others go on.
            log.exception("SIP from %s could not be handled", path.host)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        host, port, *_ = writer.get_extra_info("peername")
        if len(self._writers) >= MOST_CONNECTIONS:
            writer.close()
            return
        self._last += 1
        number, framing = self._last, Framing()
        self._writers[number] = writer
        try:
            while data := await asyncio.wait_for(reader.read(65536), IDLE):
                for message in framing.feed(data):
                    self._work(message, Path("tcp", host, port, number))
        except ProtocolError as error:
            self.engine.refused += 1
            log.info("SIP from %s: %s", host, error)
        except (OSError, TimeoutError):
            pass
        finally:
            self._writers.pop(number, None)
            writer.close()

    def _send(self, path: Path, data: bytes) -> None:
        if path.transport == "udp" and self._datagrams is not None:
            self._datagrams.sendto(data, (path.host, path.port))
        elif (writer := self._writers.get(path.connection)) is not None:
            writer.write(data)


class _Datagrams(asyncio.DatagramProtocol):
    def __init__(self, arrived: Callable[[bytes, tuple[str, int]], None]) -> None:
        self._arrived = arrived

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        self._arrived(data, addr)

    def error_received(self, exc: Exception) -> None:
        # A device that was switched off answers with ICMP; its silence is noticed elsewhere.
        log.debug("SIP: %s", exc)


async def look_on(engine: Engine) -> None:
    """Let go of what has ended, again and again."""
    while True:
        await asyncio.sleep(LOOK_EVERY)
        await engine.look()


def main() -> None:
    """Listen until SIGTERM or SIGINT."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.site.settings")
    django.setup()
    asyncio.run(_listen())


async def _listen() -> None:
    from django.conf import settings

    from linli.cameras.media.keeper import Keeper
    from linli.cameras.sip.kept import Kept
    from linli.cameras.sip.video import Media

    identity = Identity(
        settings.LINLI_SIP_NUMBER,
        settings.LINLI_SIP_REALM,
        settings.LINLI_SIP_ADDRESS,
        settings.LINLI_SIP_PORT,
    )
    first, last = (int(one) for one in settings.LINLI_SIP_MEDIA.split("-"))
    media = Media(settings.LINLI_SIP_ADDRESS, settings.LINLI_SIP_BIND, range(first, last + 1))
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    listener = Listener(identity, Kept())
    await listener.open(settings.LINLI_SIP_BIND, settings.LINLI_SIP_PORT)
    looking = asyncio.create_task(look_on(listener.engine))
    keeper = Keeper(("gb28181",), opener(listener.engine, media))
    await keeper.run(stop)
    looking.cancel()
    with suppress(asyncio.CancelledError):
        await looking
    await listener.close()


def opener(engine: Engine, media: "Media") -> "Opener":
    """Return how the keeper opens a channel of a device that is registered here."""
    from linli.cameras.media.wanted import Wanted
    from linli.cameras.sip.video import SipVideo

    def opened(wish: Wanted, folder: Folder) -> SipVideo:
        return SipVideo(engine, media, wish, folder, by_tcp=wish.by_tcp)

    return opened


if __name__ == "__main__":
    main()
