"""Video of a GB/T 28181 channel for the keeper: called, received, and piped into ffmpeg."""

import asyncio
from dataclasses import dataclass
from pathlib import Path as Folder

from linli.cameras.media.inputs import SourceError, program_stream
from linli.cameras.media.packager import Packager, live_words, recording_words
from linli.cameras.media.wanted import Wanted
from linli.cameras.sip.call import Call, CallError, invite
from linli.cameras.sip.engine import Engine
from linli.cameras.sip.message import ProtocolError, read_uri
from linli.cameras.sip.receive import Port, Receiver, open_port
from linli.cameras.sip.sdp import Offer, ssrc_of

# Seconds until the first frame, and without any more, before the device counts as silent.
FIRST_FRAME, NO_FRAME = 12.0, 10.0


@dataclass(frozen=True, slots=True)
class Media:
    """Where devices send video: the address they are told, the one we listen on, which ports."""

    address: str
    bind: str
    ports: range


class SipVideo:
    """One channel's video, live or from the device's recordings."""

    def __init__(
        self, engine: Engine, media: Media, wish: Wanted, folder: Folder, *, by_tcp: bool = False
    ) -> None:
        try:
            self.device = read_uri(wish.source.address).user
        except ProtocolError as error:
            raise SourceError("the address of the source is wrong") from error
        self._engine, self._media, self._wish, self._folder = engine, media, wish, folder
        self._by_tcp = by_tcp
        self._receiver = Receiver(self._take)
        self._first: asyncio.Event = asyncio.Event()
        self._packager: Packager | None = None
        self._held: list[bytes] = []
        self._port: Port | None = None
        self._call: Call | None = None
        self._has_ended = False
        self._packets, self._packets_at = 0, 0.0

    @property
    def segments(self) -> int:
        """How many segments have been seen."""
        return self._packager.segments if self._packager else 0

    @property
    def has_hung(self) -> bool:
        """Whether ffmpeg hung."""
        return self._packager.has_hung if self._packager else False

    @property
    def said(self) -> str:
        """What went wrong."""
        if self._has_ended:
            return "the device ended the call"
        if self._packager is not None and not self._packager.is_running:
            return self._packager.said
        return "the device sends nothing any more"

    async def start(self) -> None:
        """Call the channel and wait for its first frame. Raises :class:`CallError` or ``OSError``."""
        self._port = await open_port(
            self._receiver, self._media.bind, self._media.ports, by_tcp=self._by_tcp
        )
        recorded = self._wish.kind == "playback"
        offer = Offer(
            platform=self._engine.identity.number,
            channel=self._wish.source.channel,
            host=self._media.address,
            port=self._port.number,
            ssrc=ssrc_of(self._engine.identity.number, self._port.number, recorded=recorded),
            by_tcp=self._by_tcp,
            span=self._wish.span if recorded else None,
        )
        self._receiver.ssrc = int(offer.ssrc)
        self._call = await invite(self._engine, self.device, offer, when_ended=self._ended)
        accepted = self._call.accepted
        self._receiver.payload = accepted.payload
        if accepted.ssrc is not None:
            self._receiver.ssrc = accepted.ssrc
        try:
            await asyncio.wait_for(self._first.wait(), FIRST_FRAME)
        except TimeoutError:
            raise CallError(self._nothing_came()) from None
        await self._pack()

    def _nothing_came(self) -> str:
        counts = self._receiver.counts
        if counts.packets:
            return "the device sends no program stream"
        if counts.foreign:
            return "the device sends something else than it said"
        return "the device took the call and sends nothing"

    async def _pack(self) -> None:
        source = program_stream(codec_of(self._held))
        is_kept = self._wish.kind == "recorded"
        if is_kept:
            words = recording_words(source, self._folder)
        else:
            words = live_words(source, self._folder, endless=self._wish.kind == "live")
        packager = Packager(words, self._folder, piped=True, keep=is_kept)
        await packager.start()
        for pack in self._held:
            packager.push(pack)
        self._held.clear()
        self._packager = packager
        self._packets_at = self._engine.clock()

    def _take(self, pack: bytes) -> None:
        if self._packager is not None:
            self._packager.push(pack)
        elif len(self._held) < 250:
            self._held.append(pack)
            self._first.set()

    def _ended(self) -> None:
        self._has_ended = True

    def look(self) -> bool:
        """Say whether it goes well. What was recorded may end: then all of it is there."""
        if self._packager is None:
            return False
        if self._wish.kind == "playback" and self._has_ended:
            return True
        now, packets = self._engine.clock(), self._receiver.counts.packets
        if packets != self._packets:
            self._packets, self._packets_at = packets, now
        if self._has_ended or now - self._packets_at > NO_FRAME:
            return False
        return self._packager.look()

    async def stop(self) -> None:
        """Hang up, close the port, end ffmpeg."""
        if self._call is not None:
            self._call.hang_up()
        if self._port is not None:
            self._port.close()
        if self._packager is not None:
            await self._packager.stop()


def codec_of(packs: list[bytes]) -> str:
    """Return which codec a key frame is in, as far as its parameters tell: h264, h265 or nothing."""
    start = b"".join(packs[:4])
    if b"\x00\x00\x01\x40\x01" in start:
        return "h265"
    if b"\x00\x00\x01\x67" in start or b"\x00\x00\x01\x27" in start:
        return "h264"
    return ""
