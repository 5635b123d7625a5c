"""Measure small grey pictures, and judge them by the limits."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from linli.cameras import lifecycle
from linli.cameras.limits import Limits
from linli.cameras.probe.finding import Measures

WIDTH, HEIGHT = 320, 180
BLOCK = 20
THUMB_WIDTH, THUMB_HEIGHT = 32, 18
# A picture that has not moved between two looks differs by less than this, in levels of grey.
SAME = 0.5

type Frames = NDArray[Any]


def frames_of(raw: bytes) -> Frames:
    """Return whole pictures (n, 180, 320) out of raw grey bytes; a cut one is left out."""
    size = WIDTH * HEIGHT
    whole = len(raw) // size
    return np.frombuffer(raw, np.uint8, whole * size).reshape(whole, HEIGHT, WIDTH)


def measure(frames: Frames, before: bytes | None = None) -> Measures:
    """Measure one picture or more; ``before`` is the thumb of the look before."""
    last = frames[-1].astype(np.float32)
    thumb = _blocks(last, HEIGHT // THUMB_HEIGHT).round().astype(np.uint8)
    moved = None
    if before is not None and len(before) == thumb.size:
        then = np.frombuffer(before, np.uint8).reshape(thumb.shape).astype(np.float32)
        moved = float(np.abs(thumb.astype(np.float32) - then).mean())
    return Measures(
        mean=float(last.mean()),
        spread=float(last.std()),
        change=_change(frames),
        sharpness=float(_edges(last).var()),
        moved=moved,
        thumb=thumb.tobytes(),
    )


def judge(measures: Measures, limits: Limits) -> tuple[str, str]:
    """Return state and detail of a picture: black before frozen before blurred.

    A picture is frozen only when neither this look nor the time since the last one moved a block:
    a quiet street at night is no fault.
    """
    if measures.mean < limits.black_mean and measures.spread < limits.black_spread:
        return lifecycle.BLACK, "dark"
    is_still = measures.change < limits.frozen_change
    if is_still and measures.moved is not None and measures.moved < SAME:
        return lifecycle.FROZEN, "still"
    if measures.sharpness < limits.blurred_below:
        return lifecycle.BLURRED, "soft"
    return lifecycle.OK, ""


def _change(frames: Frames) -> float:
    """Return the greatest mean change of a block from the first picture to any later one.

    One picture alone tells nothing of movement: it counts as moving.
    """
    if len(frames) < 2:
        return 255.0
    first = frames[0].astype(np.float32)
    apart = (np.abs(frame.astype(np.float32) - first) for frame in frames[1:])
    return max(float(_blocks(one, BLOCK).max()) for one in apart)


def _blocks(picture: Frames, size: int) -> Frames:
    high, wide = picture.shape[0] // size, picture.shape[1] // size
    means: Frames = picture.reshape(high, size, wide, size).mean(axis=(1, 3))
    return means


def _edges(picture: Frames) -> Frames:
    """Return the Laplacian of a picture, without its outermost pixels."""
    middle = picture[1:-1, 1:-1]
    around = picture[:-2, 1:-1] + picture[2:, 1:-1] + picture[1:-1, :-2] + picture[1:-1, 2:]
    edges: Frames = around - 4 * middle
    return edges
