"""Receiving a call's RTP, by UDP or on a TCP connection that the device opens."""

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass

from linli.cameras.sip.message import ProtocolError
from linli.cameras.sip.ps import Packs
from linli.cameras.sip.rtp import Order, StreamFraming, read_packet


@dataclass
class Counts:
    """What came in: packs given on, packets that were not of this call or no RTP, losses."""

    packs: int = 0
    packets: int = 0
    foreign: int = 0
    lost: int = 0


class Receiver:
    """Takes packets of one source, orders them and gives whole packs to ``sink``."""

    def __init__(self, sink: Callable[[bytes], None]) -> None:
        self.counts = Counts()
        self.ssrc: int | None = None
        self.payload = 96
        self._order, self._packs = Order(), Packs()
        self._sink = sink
        self._from: str | None = None

    def take(self, data: bytes, sender: str) -> None:
        """Take a packet in; what is none of this call is counted and dropped."""
        try:
            packet = read_packet(data)
        except ProtocolError:
            self.counts.foreign += 1
            return
        mine = self.ssrc is None or packet.ssrc == self.ssrc
        if not mine or packet.payload_type != self.payload or self._from not in (None, sender):
            self.counts.foreign += 1
            return
        self._from = sender
        self.ssrc = packet.ssrc
        self.counts.packets += 1
        for after_gap, ordered in self._order.push(packet):
            for pack in self._packs.push(ordered, after_gap=after_gap):
                self.counts.packs += 1
                self._sink(pack)
        self.counts.lost = self._packs.lost


class _Datagrams(asyncio.DatagramProtocol):
    def __init__(self, receiver: Receiver) -> None:
        self._receiver = receiver

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        self._receiver.take(data, addr[0])


@dataclass
class Port:
    """An open port of a call; ``close`` gives it back."""

    number: int
    close: Callable[[], None]


async def open_port(receiver: Receiver, host: str, ports: range, *, by_tcp: bool) -> Port:
    """Open the first free port of the range (even ones, as RTP wants them). Raises ``OSError``."""
    loop = asyncio.get_running_loop()
    for number in ports[::2]:
        with suppress(OSError):
            if by_tcp:
                server = await asyncio.start_server(_reader(receiver), host, number)
                return Port(number, server.close)
            transport, _ = await loop.create_datagram_endpoint(
                lambda: _Datagrams(receiver), local_addr=(host, number)
            )
            return Port(number, transport.close)
    message = "every port for video is in use"
    raise OSError(message)


def _reader(
    receiver: Receiver,
) -> Callable[[asyncio.StreamReader, asyncio.StreamWriter], Coroutine[None, None, None]]:
    async def read(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        framing, sender = StreamFraming(), str(writer.get_extra_info("peername")[0])
        try:
            while data := await reader.read(65536):
                for packet in framing.feed(data):
                    receiver.take(packet, sender)
        except OSError:
            pass
        finally:
            writer.close()

    # A coroutine, as then the connection holds its task; nothing else would (it could be collected).
    return read
