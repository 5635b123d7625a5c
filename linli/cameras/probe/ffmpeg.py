"""Reading a few pictures with ffmpeg: in a process group of its own, killed as a whole in time."""

import os
import signal
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from functools import cache

import imageio_ffmpeg

from linli.cameras import lifecycle
from linli.cameras.probe.finding import LookError
from linli.cameras.probe.measure import HEIGHT, WIDTH, Frames, frames_of

# So many pictures, two a second, tell whether anything moves.
PICTURES, RATE = 4, 2
_GREY = [
    "-an", "-sn", "-dn", "-vf", f"fps={RATE},scale={WIDTH}:{HEIGHT}:flags=area",
    "-frames:v", str(PICTURES), "-pix_fmt", "gray", "-f", "rawvideo", "pipe:1",
]  # fmt: skip
_QUIET = ["-nostdin", "-hide_banner", "-loglevel", "error", "-threads", "1"]


@cache
def program() -> str:
    """Return where ffmpeg is; raises ``RuntimeError`` where there is none."""
    return str(imageio_ffmpeg.get_ffmpeg_exe())


def read(source: Sequence[str], given: bytes, within: float) -> Frames:
    """Return grey pictures of a source; raises :class:`LookError` with what was wrong.

    ``source`` is ffmpeg's words up to its input, ``given`` what it reads from the pipe. Whatever
    ffmpeg does or starts is gone when this returns: at the latest after ``within`` seconds.
    """
    try:
        command = [program(), *_QUIET, *source, *_GREY]
    except RuntimeError:
        raise LookError(lifecycle.UNKNOWN, "no_tool") from None
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        start_new_session=True, env={"PATH": os.defpath},
    )  # fmt: skip
    try:
        raw, words = process.communicate(given, timeout=within)
    except subprocess.TimeoutExpired:
        raise LookError(lifecycle.STREAM, "hung", f"{within:.0f} s") from None
    finally:
        _end(process)
    frames = frames_of(raw)
    if len(frames) == 0:
        raise LookError(lifecycle.STREAM, "no_video", _last_line(words))
    return frames


def _end(process: subprocess.Popen[bytes]) -> None:
    """Kill the whole group; whoever of it still lives holds no pipe of ours afterwards."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    for pipe in (process.stdin, process.stdout, process.stderr):
        if pipe is not None:
            with suppress(OSError):
                pipe.close()
    process.wait()


def _last_line(words: bytes) -> str:
    """Return ffmpeg's last complaint without the address it was about."""
    lines = words.decode(errors="replace").strip().splitlines()
    return lines[-1].rpartition("://")[2].rpartition(": ")[2] if lines else ""
