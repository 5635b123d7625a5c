"""A small RTSP camera on this machine: Digest, DESCRIBE, and H.264 over the same connection."""

import hashlib
import re
import socketserver
import struct
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import imageio_ffmpeg

REALM, NONCE = "camera", "5f2c"
LARGEST = 1200


def film(file: Path, source: str, seconds: int = 3) -> Path:
    """Write a generated picture as H.264 (Annex B) and return the file."""
    command = [
        imageio_ffmpeg.get_ffmpeg_exe(), "-loglevel", "error", "-f", "lavfi", "-i", source,
        "-t", str(seconds), "-r", "10", "-c:v", "libx264", "-preset", "ultrafast", "-g", "5",
        "-pix_fmt", "yuv420p", "-f", "h264", "-y", str(file),
    ]  # fmt: skip
    subprocess.run(command, check=True, timeout=30)
    return file


class Peer:
    """What a camera does: who may see it, what it plays, how late it is."""

    def __init__(self, stream: bytes, *, user: str = "", password: str = "") -> None:
        self.units = [one for one in re.split(rb"\x00\x00\x00?\x01", stream) if one]
        self.user, self.password = user, password
        self.clock_off = 0.0
        # What is answered instead of RTSP, if anything.
        self.instead = b""
        self.stalls = False
        self.port = 0

    @property
    def address(self) -> str:
        """The address without credentials."""
        return f"rtsp://127.0.0.1:{self.port}/live"


class _Handler(socketserver.StreamRequestHandler):
    server: Any

    def handle(self) -> None:
        peer: Peer = self.server.peer
        with suppress(OSError, ValueError):
            while request := self._request():
                if peer.instead:
                    self.wfile.write(peer.instead)
                    return
                method, sequence, authorization = request
                if peer.stalls and method == "PLAY":
                    time.sleep(30)
                self._answer(peer, method, sequence, authorization)
                if method == "PLAY":
                    self._play(peer)

    def _request(self) -> tuple[str, str, str] | None:
        first = self.rfile.readline().decode()
        if not first:
            return None
        fields = {}
        while (line := self.rfile.readline().decode().strip()) != "":
            name, _, value = line.partition(":")
            fields[name.lower()] = value.strip()
        return first.split()[0], fields.get("cseq", "0"), fields.get("authorization", "")

    def _answer(self, peer: Peer, method: str, sequence: str, authorization: str) -> None:
        body, status, more = "", "200 OK", []
        closed = peer.user and method in ("DESCRIBE", "SETUP", "PLAY")
        if closed and not _lets_in(peer, method, authorization):
            status = "401 Unauthorized"
            more = [f'WWW-Authenticate: Digest realm="{REALM}", nonce="{NONCE}"']
        if method == "OPTIONS":
            more = ["Public: OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN"]
        if method == "DESCRIBE" and status == "200 OK":
            body = (
                "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=live\r\nc=IN IP4 0.0.0.0\r\nt=0 0\r\n"
                "m=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\n"
                "a=fmtp:96 packetization-mode=1\r\na=control:trackID=0\r\n"
            )
            more = ["Content-Type: application/sdp"]
        if method in ("SETUP", "PLAY") and status == "200 OK":
            more = ["Session: 7", "Transport: RTP/AVP/TCP;unicast;interleaved=0-1"]
        there = datetime.fromtimestamp(time.time() + peer.clock_off, UTC)
        lines = [
            f"RTSP/1.0 {status}", f"CSeq: {sequence}",
            f"Date: {format_datetime(there, usegmt=True)}", *more, f"Content-Length: {len(body)}",
        ]  # fmt: skip
        self.wfile.write(("\r\n".join(lines) + "\r\n\r\n" + body).encode())

    def _play(self, peer: Peer) -> None:
        number, stamp = 0, 0
        for _round in range(200):
            for unit in peer.units:
                kind = unit[0] & 31
                for payload, is_last in _payloads(unit):
                    mark = 0x80 if is_last and kind in (1, 5) else 0
                    head = struct.pack(">BBHII", 0x80, 96 | mark, number & 0xFFFF, stamp, 1)
                    packet = head + payload
                    self.wfile.write(b"$\x00" + struct.pack(">H", len(packet)) + packet)
                    number += 1
                if kind in (1, 5):
                    stamp = (stamp + 9000) & 0xFFFFFFFF


def _payloads(unit: bytes) -> Iterator[tuple[bytes, bool]]:
    if len(unit) <= LARGEST:
        yield unit, True
        return
    indicator, kind, body = unit[0] & 0xE0 | 28, unit[0] & 31, unit[1:]
    for start in range(0, len(body), LARGEST):
        end = start + LARGEST >= len(body)
        head = kind | (0x80 if start == 0 else 0) | (0x40 if end else 0)
        yield bytes([indicator, head]) + body[start : start + LARGEST], end


def _lets_in(peer: Peer, method: str, authorization: str) -> bool:
    said = dict(re.findall(r'(\w+)="([^"]*)"', authorization))

    def hashed(text: str) -> str:
        return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()

    first = hashed(f"{peer.user}:{REALM}:{peer.password}")
    second = hashed(f"{method}:{said.get('uri', '')}")
    return said.get("response") == hashed(f"{first}:{NONCE}:{second}")


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 64


@contextmanager
def serving(peer: Peer) -> Iterator[Peer]:
    """Let a camera stand on a free port of this machine."""
    with _Server(("127.0.0.1", 0), _Handler) as server:
        server.peer = peer  # type: ignore[attr-defined]
        peer.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield peer
        finally:
            server.shutdown()
