"""Compiling numerical functions to machine code, once on a machine."""

from collections.abc import Callable
from typing import Any, cast

import numba
import numpy as np
import numpy.typing as npt

type Ints = npt.NDArray[np.int64]
type Floats = npt.NDArray[np.float64]


_entries: list[Any] = []


def entry[F: Callable[..., Any]](function: F) -> F:
    """Compile what Python calls; the result is kept on disk where there is a place for it."""
    try:
        made = numba.njit(cache=True, nogil=True, error_model="numpy")(function)
    except RuntimeError:  # neither the package's directory nor the user's can be written
        made = numba.njit(nogil=True, error_model="numpy")(function)
    _entries.append(made)
    return cast("F", made)


def inner[F: Callable[..., Any]](function: F) -> F:
    """Compile what only compiled functions of the same module call."""
    return cast("F", numba.njit(nogil=True, error_model="numpy")(function))


def compiled_afresh() -> int:
    """Return how many entries this process had to compile instead of loading them."""
    return sum(sum(one.stats.cache_misses.values()) for one in _entries)
