"""A small HLS camera on this machine: a directory over HTTP, with a password if wanted."""

import base64
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import imageio_ffmpeg

BLACK = "color=black:size=640x360:rate=10"
BUSY = "testsrc2=size=640x360:rate=10"
STILL = "smptebars=size=640x360:rate=10"
BLURRED = "testsrc2=size=640x360:rate=10,gblur=sigma=60"


def film(directory: Path, source: str, *, seconds: int = 4) -> Path:
    """Write a generated picture as a playlist with pieces of two seconds; return the playlist."""
    directory.mkdir(parents=True, exist_ok=True)
    command = [
        imageio_ffmpeg.get_ffmpeg_exe(), "-loglevel", "error", "-f", "lavfi", "-i", source,
        "-t", str(seconds), "-c:v", "libx264", "-preset", "ultrafast", "-g", "20",
        "-pix_fmt", "yuv420p", "-f", "hls", "-hls_time", "2", "-hls_list_size", "0",
        "-hls_playlist_type", "vod", "-y", str(directory / "live.m3u8"),
    ]  # fmt: skip
    subprocess.run(command, check=True, timeout=30)
    return directory / "live.m3u8"


class _Handler(SimpleHTTPRequestHandler):
    server: Any

    def do_GET(self) -> None:
        """Give a file to who knows the password."""
        wanted = self.server.password
        token = base64.b64encode(f"admin:{wanted}".encode()).decode()
        if wanted and self.headers.get("Authorization") != f"Basic {token}":
            self.send_response(401)
            self.send_header("WWW-Authenticate", 'Basic realm="camera"')
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        super().do_GET()

    def log_message(self, *_words: Any) -> None:
        """Say nothing."""


@contextmanager
def serving(directory: Path, *, password: str = "") -> Iterator[str]:
    """Serve a directory on a free port; the address of its root, without a slash at the end."""
    handler = partial(_Handler, directory=str(directory))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.password = password  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
