"""One ffmpeg that packs one camera's video into segments; watched, and killed where it hangs."""

import asyncio
import ctypes
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path

import imageio_ffmpeg

from linli.cameras.media.inputs import Input
from linli.cameras.media.store import LIVE_SECONDS, PLAYLIST, RECORDED_SECONDS, free

# Seconds: until the first segment, and between two of them, before ffmpeg counts as hanging.
FIRST_SEGMENT, NEXT_SEGMENT = 25.0, 15.0
# Packs waiting for ffmpeg; what comes while it is full is dropped.
MOST_WAITING = 256
_QUIET = ["-nostdin", "-hide_banner", "-loglevel", "error"]
_H264 = [
    "-c:v", "libx264", "-preset", "ultrafast", "-tune", "zerolatency", "-crf", "28",
    "-vf", "scale='min(1280,iw)':-2", "-pix_fmt", "yuv420p",
    "-force_key_frames", f"expr:gte(t,n_forced*{LIVE_SECONDS})",
]  # fmt: skip
_PR_SET_PDEATHSIG = 1


@cache
def program() -> str:
    """Return where ffmpeg is."""
    return str(imageio_ffmpeg.get_ffmpeg_exe())


def live_words(source: Input, folder: Path, *, endless: bool = True) -> list[str]:
    """Return the command that packs ``source`` for looking now; sound is never taken.

    ``endless``: old segments go, as with live video; else all stay until the grant ends.
    """
    letter = "s" if endless else "p"
    listed = ["-hls_list_size", "6"] if endless else ["-hls_list_size", "0"]
    flags = "delete_segments+temp_file+omit_endlist+program_date_time" if endless else "temp_file"
    return [
        program(), *_QUIET, *source.words, "-an", "-sn", "-dn", *_codec(source),
        "-f", "hls", "-hls_time", str(LIVE_SECONDS), *listed, "-hls_flags", flags,
        "-hls_segment_filename", str(folder / f"{letter}%d.ts"), str(folder / PLAYLIST),
    ]  # fmt: skip


def recording_words(source: Input, folder: Path) -> list[str]:
    """Return the command that records ``source``, a file named by its first second every while."""
    return [
        program(), *_QUIET, *source.words, "-an", "-sn", "-dn", *_codec(source),
        "-f", "segment", "-segment_time", str(RECORDED_SECONDS), "-segment_format", "mpegts",
        "-reset_timestamps", "1", "-strftime", "1", str(folder / "r%s.ts"),
    ]  # fmt: skip


def _codec(source: Input) -> Sequence[str]:
    return _H264 if source.recode else ["-c:v", "copy"]


class Packager:
    """Runs one command that writes segments into one folder. All methods belong to one loop."""

    def __init__(
        self, words: Sequence[str], folder: Path, *, piped: bool = False, hidden: str = "",
        keep: bool = False, ends: bool = False, clock: Callable[[], float] = time.monotonic,
    ) -> None:  # fmt: skip
        self.folder = folder
        self.words = words
        self._piped, self._hidden, self._keep, self._clock = piped, hidden, keep, clock
        # A recording comes to its end, and what was packed of it stays.
        self._ends = ends
        self._process: asyncio.subprocess.Process | None = None
        self._said: deque[str] = deque(maxlen=5)
        self._waiting: deque[bytes] = deque(maxlen=MOST_WAITING)
        self._tasks: list[asyncio.Task[None]] = []
        self._has_more = asyncio.Event()
        self._began = self._progress = 0.0
        self._newest = 0.0
        self.segments = 0
        self.has_hung = False

    async def start(self) -> None:
        """Start ffmpeg in an empty folder (or, to ``keep`` what is there, in the folder as it is)."""
        if not self._keep:
            free(self.folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self._began = self._progress = self._clock()
        self._newest = time.time() - 1
        self._process = await asyncio.create_subprocess_exec(
            *self.words,
            stdin=asyncio.subprocess.PIPE if self._piped else asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
            preexec_fn=_end_with_us(),
        )
        self._tasks = [asyncio.create_task(self._listen(self._process))]
        if self._piped:
            self._tasks.append(asyncio.create_task(self._pump(self._process)))

    @property
    def is_running(self) -> bool:
        """Say whether ffmpeg lives."""
        return self._process is not None and self._process.returncode is None

    @property
    def said(self) -> str:
        """Return ffmpeg's last words, without passwords."""
        text = self._said[-1] if self._said else ""
        return text.replace(self._hidden, "…@") if self._hidden else text

    def push(self, pack: bytes) -> None:
        """Give ffmpeg a pack of a program stream; the oldest waiting one goes where there are many."""
        self._waiting.append(pack)
        self._has_more.set()

    def look(self) -> bool:
        """See whether segments come; kill ffmpeg and say False where they don't."""
        if not self.is_running:
            process = self._process
            return self._ends and process is not None and process.returncode == 0
        newest = _newest(self.folder)
        if newest > self._newest:
            self._newest, self._progress = newest, self._clock()
            self.segments += 1
        patience = NEXT_SEGMENT if self.segments else FIRST_SEGMENT
        if self._clock() - self._progress <= patience:
            return True
        self.has_hung = True
        self._kill()
        return False

    async def stop(self) -> None:
        """End ffmpeg, wait until it is gone, and destroy its segments unless they are kept."""
        for task in self._tasks:
            task.cancel()
        if self._process is not None and self._process.returncode is None:
            with suppress(ProcessLookupError):
                self._process.terminate()
            try:
                await asyncio.wait_for(self._process.wait(), 3)
            except TimeoutError:
                self._kill()
                await self._process.wait()
        if not self._keep:
            await asyncio.to_thread(free, self.folder)

    def _kill(self) -> None:
        if self._process is not None:
            with suppress(ProcessLookupError):
                self._process.send_signal(signal.SIGKILL)

    async def _listen(self, process: asyncio.subprocess.Process) -> None:
        assert process.stderr is not None  # noqa: S101 - opened above
        while line := await process.stderr.read(4096):
            self._said.append(line.decode("utf-8", "replace").strip().splitlines()[-1][:200])

    async def _pump(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdin is not None  # noqa: S101 - opened above
        with suppress(ConnectionError):
            while True:
                await self._has_more.wait()
                self._has_more.clear()
                while self._waiting:
                    process.stdin.write(self._waiting.popleft())
                    await process.stdin.drain()


def _newest(folder: Path) -> float:
    """Return when ffmpeg last wrote something, in seconds since 1970."""
    newest = 0.0
    with suppress(OSError):
        for path in folder.iterdir():
            with suppress(OSError):  # it may just have been replaced
                newest = max(newest, path.stat().st_mtime)
    return newest


def _end_with_us() -> Callable[[], None] | None:
    """Return what has the kernel end ffmpeg when this process dies, kill -9 included."""
    if sys.platform != "linux":
        return None
    library = ctypes.CDLL(None)  # loaded now: nothing may be loaded between fork and exec
    return lambda: library.prctl(_PR_SET_PDEATHSIG, int(signal.SIGKILL)) and None
