"""Cutting: segments become one clip or still, marked with who made it, disguised where asked."""

import io
import os
import subprocess
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
from django.conf import settings
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont
from pylopdf_fonts_zh_cn import serif_path

from linli.cameras.media.disguise import Disguise, Drawn
from linli.cameras.media.faces import Picture
from linli.cameras.media.packager import program
from linli.cameras.media.pieces import Piece

WIDTH, HEIGHT, RATE = 1280, 720, 15
LONGEST_SECONDS = 600
# Seconds a clip's making may take for each second of it, and at least, before ffmpeg is ended.
PATIENCE, LEAST_PATIENCE = 6, 60
_QUIET = ["-nostdin", "-hide_banner", "-loglevel", "error", "-threads", "1"]
_SHAPE = (
    f"scale={WIDTH}:{HEIGHT}:force_original_aspect_ratio=decrease,"
    f"pad={WIDTH}:{HEIGHT}:(ow-iw)/2:(oh-ih)/2,fps={RATE}"
)


class CutError(Exception):
    """Nothing could be cut. The text says why."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is cut: segments, the span in seconds since 1970, the words of the mark, the disguise."""

    pieces: Sequence[Piece]
    starts: float
    ends: float
    mark: str
    for_public: bool
    boxes: Drawn = ()
    hide_moving: bool = False


def cut_clip(order: Order, target: Path) -> int:
    """Write an MP4 file; return how many faces were hidden. Raises :class:`CutError`."""
    counted = Disguise(boxes=order.boxes, hide_moving=order.hide_moving)
    words = [
        program(), *_QUIET, "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{WIDTH}x{HEIGHT}",
        "-r", str(RATE), "-i", "pipe:0", "-c:v", "libx264", "-preset", "veryfast", "-crf", "26",
        "-pix_fmt", "yuv420p", "-map_metadata", "-1", "-movflags", "+faststart", "-y", str(target),
    ]  # fmt: skip
    seconds = order.ends - order.starts
    pictures = 0
    with _running(words, seconds, stdin=subprocess.PIPE) as encoding:
        assert encoding.stdin is not None  # noqa: S101 - opened above
        for picture in marked(disguised(read_pictures(order), order, counted), order):
            pictures += 1
            encoding.stdin.write(picture.tobytes())
        encoding.stdin.close()
        encoding.wait()
    if not pictures or encoding.returncode:
        raise CutError("ffmpeg could not make the clip")
    return counted.faces


def cut_still(order: Order, target: Path) -> int:
    """Write the first picture of the span as JPEG; return how many faces were hidden."""
    counted = Disguise(boxes=order.boxes)
    for picture in marked(disguised(read_pictures(order, most=1), order, counted), order):
        Image.fromarray(picture).save(target, "JPEG", quality=88)
        return counted.faces
    raise CutError("there is no picture at this moment")


def preview_jpeg(order: Order) -> bytes:
    """Return the first picture of the span as JPEG, marked, for looking at inside the house."""
    for picture in marked(read_pictures(order, most=1), order):
        out = io.BytesIO()
        Image.fromarray(picture).save(out, "JPEG", quality=80)
        return out.getvalue()
    raise CutError("there is no picture at this moment")


def read_pictures(order: Order, *, most: int = LONGEST_SECONDS * RATE) -> Iterator[Picture]:
    """Give the pictures of an order's span as they are. Raises :class:`CutError` without segments."""
    if not order.pieces:
        raise CutError("there is no recording of this time")
    listed = order.pieces[0].path.parent / "pieces.txt"
    listed.write_text("".join(f"file '{one.path.name}'\n" for one in order.pieces))
    skipped = max(0.0, order.starts - order.pieces[0].begins)
    length = max(order.ends - order.starts, 1 / RATE)
    words = [
        program(), *_QUIET, "-f", "concat", "-safe", "1", "-i", str(listed), "-ss", f"{skipped:.3f}",
        "-t", f"{length:.3f}", "-an", "-vf", _SHAPE, "-f", "rawvideo", "-pix_fmt", "rgb24", "pipe:1",
    ]  # fmt: skip
    size = WIDTH * HEIGHT * 3
    with _running(words, length, stdout=subprocess.PIPE) as decoding:
        assert decoding.stdout is not None  # noqa: S101 - opened above
        for _ in range(most):
            raw = decoding.stdout.read(size)
            if len(raw) < size:
                return
            yield np.frombuffer(raw, np.uint8).reshape(HEIGHT, WIDTH, 3)


def disguised(pictures: Iterable[Picture], order: Order, how: Disguise) -> Iterator[Picture]:
    """Give the pictures as they may leave: for the public disguised, else as they are."""
    if not order.for_public:
        yield from pictures
        return
    for picture in pictures:
        yield from how.push(picture)
    yield from how.finish()


def marked(pictures: Iterable[Picture], order: Order) -> Iterator[Picture]:
    """Give the pictures with the mark all over them, and the moment each was taken."""
    mark = _mark(order.mark)
    share = mark[..., 3:].astype(np.uint16)
    light = mark[..., :3].astype(np.uint16) * share
    shown, clock = -1, mark
    for number, picture in enumerate(pictures):
        second = int(order.starts + number / RATE)
        if second != shown:
            shown, clock = second, _clock(second)
        mixed = (picture.astype(np.uint16) * (255 - share) + light) // 255
        out = mixed.astype(np.uint8)
        out[: clock.shape[0], : clock.shape[1]] = clock[..., :3]
        yield out


def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(serif_path()), size)


def _mark(text: str) -> NDArray[np.uint8]:
    """Return the mark as a picture with transparency: the words in rows, slightly shifted."""
    sheet = Image.new("RGBA", (WIDTH, HEIGHT), (0, 0, 0, 0))
    draw, font = ImageDraw.Draw(sheet), _font(24)
    width = int(draw.textlength(text, font=font)) + 90
    for row, top in enumerate(range(60, HEIGHT, 130)):
        for left in range(-(row % 2) * width // 2, WIDTH, width):
            draw.text((left + 2, top + 2), text, font=font, fill=(0, 0, 0, 70))
            draw.text((left, top), text, font=font, fill=(255, 255, 255, 90))
    return np.asarray(sheet)


def _clock(second: int) -> NDArray[np.uint8]:
    moment = datetime.fromtimestamp(second, ZoneInfo(settings.TIME_ZONE))
    strip = Image.new("RGB", (330, 36), (0, 0, 0))
    ImageDraw.Draw(strip).text((10, 0), f"{moment:%Y-%m-%d %H:%M:%S}", font=_font(24), fill="white")
    return np.asarray(strip)


@contextmanager
def _running(
    words: Sequence[str], seconds: float, *, stdin: int = subprocess.DEVNULL,
    stdout: int = subprocess.DEVNULL,
) -> Iterator["subprocess.Popen[bytes]"]:  # fmt: skip
    """Run ffmpeg; it is gone when the block ends, and killed where it takes far too long."""
    process = subprocess.Popen(
        words, stdin=stdin, stdout=stdout, stderr=subprocess.DEVNULL,
        start_new_session=True, env={"PATH": os.defpath},
    )  # fmt: skip
    watch = threading.Timer(max(LEAST_PATIENCE, seconds * PATIENCE), process.kill)
    watch.start()
    try:
        yield process
    except BrokenPipeError as error:
        raise CutError("ffmpeg ended early") from error
    finally:
        watch.cancel()
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None and not pipe.closed:
                pipe.close()
