"""Arrays as bytes and back: no pickle, no code, the same bytes for the same arrays.

A line of JSON says what follows (name, type, shape of each array), then come the arrays; all of it
compressed. Whatever does not fit exactly is refused.
"""

import json
import zlib
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

_TYPES = {"uint64", "float32", "float16"}
_LARGEST = 1 << 30
FORMAT = 1


def pack(labels: tuple[str, ...], arrays: Mapping[str, NDArray[Any]]) -> bytes:
    """Return labels and arrays as bytes."""
    shapes = {name: [str(array.dtype), list(array.shape)] for name, array in arrays.items()}
    header = json.dumps({"format": FORMAT, "labels": labels, "arrays": shapes}).encode()
    parts = [header, b"\n", *(np.ascontiguousarray(array).tobytes() for array in arrays.values())]
    return zlib.compress(b"".join(parts), 6)


def unpack(stored: bytes) -> tuple[tuple[str, ...], dict[str, NDArray[Any]]]:
    """Return what :func:`pack` was given; raises :class:`ValueError` for anything else."""
    try:
        opener = zlib.decompressobj()
        content = opener.decompress(stored, _LARGEST)
        head, _, rest = content.partition(b"\n")
        header = json.loads(head)
        if header["format"] != FORMAT or opener.unconsumed_tail or not opener.eof:
            raise ValueError("not a stored classifier")
        labels = tuple(str(label) for label in header["labels"])
        return labels, _arrays(header["arrays"], rest)
    except (zlib.error, KeyError, TypeError, AttributeError, ValueError) as error:
        raise ValueError("not a stored classifier") from error


def _arrays(shapes: Mapping[str, Any], content: bytes) -> dict[str, NDArray[Any]]:
    found: dict[str, NDArray[Any]] = {}
    begin = 0
    for name, (kind, shape) in shapes.items():
        if kind not in _TYPES or not all(isinstance(side, int) and side >= 0 for side in shape):
            raise ValueError(f"no array: {kind} {shape}")
        number = int(np.prod(shape, dtype=object))
        end = begin + number * np.dtype(kind).itemsize
        if end > len(content):
            raise ValueError("cut off")
        found[name] = np.frombuffer(content, kind, number, begin).reshape(shape)
        begin = end
    if begin != len(content):
        raise ValueError("something behind the arrays")
    return found
