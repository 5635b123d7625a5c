"""RTP (RFC 3550): reading packets, putting them in order, saying where some are missing."""

from collections.abc import Iterator
from dataclasses import dataclass

from linli.cameras.sip.message import ProtocolError

# How many packets to wait for one that is late before it counts as lost.
PATIENCE = 64
LONGEST_FRAME = 65535


@dataclass(frozen=True, slots=True)
class Packet:
    """One packet: its number (16 bits), time stamp, source, payload type, mark and payload."""

    sequence: int
    timestamp: int
    ssrc: int
    payload_type: int
    marker: bool
    payload: bytes


def read_packet(data: bytes) -> Packet:
    """Read a packet; raises :class:`ProtocolError` on anything that is none."""
    if len(data) < 12 or data[0] >> 6 != 2:
        raise ProtocolError("not RTP")
    begins = 12 + 4 * (data[0] & 15)
    ends = len(data)
    if data[0] & 16:
        if len(data) < begins + 4:
            raise ProtocolError("an extension without its head")
        begins += 4 + 4 * int.from_bytes(data[begins + 2 : begins + 4])
    if data[0] & 32:
        ends -= data[-1]
    if begins > ends:
        raise ProtocolError("a packet shorter than it says")
    return Packet(
        sequence=int.from_bytes(data[2:4]),
        timestamp=int.from_bytes(data[4:8]),
        ssrc=int.from_bytes(data[8:12]),
        payload_type=data[1] & 127,
        marker=bool(data[1] & 128),
        payload=data[begins:ends],
    )


class Order:
    """Gives packets in the order they were sent, each with whether some before it were lost."""

    def __init__(self, patience: int = PATIENCE) -> None:
        self._patience = patience
        self._next: int | None = None
        self._held: dict[int, Packet] = {}

    def push(self, packet: Packet) -> Iterator[tuple[bool, Packet]]:
        """Take a packet in and give those whose turn has come: ``(after a gap, packet)``."""
        if self._next is None:
            self._next = packet.sequence
        ahead = (packet.sequence - self._next) & 0xFFFF
        if ahead >= 0x8000:
            if (self._next - packet.sequence) & 0xFFFF <= self._patience * 4:
                return  # too late, or a copy
            self._held.clear()
            self._next = packet.sequence  # the device began to count anew
        self._held[packet.sequence] = packet
        yield from self._due(after_gap=False)
        if len(self._held) > self._patience:
            self._next = min(self._held, key=lambda one: (one - (self._next or 0)) & 0xFFFF)
            yield from self._due(after_gap=True)

    def _due(self, *, after_gap: bool) -> Iterator[tuple[bool, Packet]]:
        while self._next is not None and (packet := self._held.pop(self._next, None)) is not None:
            self._next = (self._next + 1) & 0xFFFF
            yield after_gap, packet
            after_gap = False


class StreamFraming:
    """Packets on TCP (RFC 4571): two bytes of length before each."""

    def __init__(self) -> None:
        self._held = bytearray()

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Take bytes in and give each packet that is whole by now."""
        self._held += data
        while len(self._held) >= 2:
            whole = 2 + int.from_bytes(self._held[:2])
            if len(self._held) < whole:
                return
            yield bytes(self._held[2:whole])
            del self._held[:whole]
