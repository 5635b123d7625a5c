"""Compiling the walk to machine code, once on a machine."""

from collections.abc import Callable
from typing import Any, cast

import numba


def entry[F: Callable[..., Any]](function: F) -> F:
    """Compile what Python calls; the result is kept on disk where there is a place for it."""
    try:
        return cast("F", numba.njit(cache=True, nogil=True, error_model="numpy")(function))
    except RuntimeError:  # neither the package's directory nor the user's can be written
        return cast("F", numba.njit(nogil=True, error_model="numpy")(function))


def inner[F: Callable[..., Any]](function: F) -> F:
    """Compile what only compiled functions of the same module call."""
    return cast("F", numba.njit(nogil=True, error_model="numpy")(function))
