"""MPEG program streams in RTP: whole packs only, and after a loss nothing until the next key frame.

What comes out is a program stream that ``ffmpeg -f mpeg`` reads. A pack begins with a pack header
(``00 00 01 BA``); before a key frame devices write a system header (``BB``) and a map (``BC``).
"""

from collections.abc import Iterator

from linli.cameras.sip.rtp import Packet

PACK = b"\x00\x00\x01\xba"
_MAP = b"\x00\x00\x01\xbc"
_SYSTEM = b"\x00\x00\x01\xbb"
# Parameters of H.264 (a sequence parameter set) and H.265 (a video parameter set).
_PARAMETERS = (b"\x00\x00\x01\x67", b"\x00\x00\x01\x27", b"\x00\x00\x01\x40\x01")
# A frame of 8 megapixels at the best quality fits; more than this is no frame.
LONGEST_PACK = 4 * 1024 * 1024


class Packs:
    """Puts the payloads of ordered packets together to packs."""

    def __init__(self) -> None:
        self._pack = bytearray()
        self._waits_for_key = True
        self.lost = 0

    def push(self, packet: Packet, *, after_gap: bool) -> Iterator[bytes]:
        """Take the next packet in; give each pack that is whole."""
        if after_gap:
            # Half a frame shows as grey blocks until the next key frame: leave it out.
            self._pack.clear()
            self._waits_for_key = True
            self.lost += 1
        if packet.payload.startswith(PACK):
            yield from self._finish()
            self._pack += packet.payload
        elif self._pack:
            self._pack += packet.payload
        if len(self._pack) > LONGEST_PACK:
            self._pack.clear()
            self._waits_for_key = True
        elif packet.marker and self._pack:
            yield from self._finish()

    def _finish(self) -> Iterator[bytes]:
        if not self._pack:
            return
        whole = bytes(self._pack)
        self._pack.clear()
        if self._waits_for_key and not begins_key_frame(whole):
            return
        self._waits_for_key = False
        yield whole


def begins_key_frame(pack: bytes) -> bool:
    """Say whether a pack brings what stands before a key frame: a map, headers, or parameters."""
    head = pack[:512]
    return _MAP in head or _SYSTEM in head or any(one in pack for one in _PARAMETERS)
