"""What a look finds, and what it is given."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from linli.cameras import lifecycle
from linli.cameras.limits import Limits, Net


@dataclass(frozen=True, slots=True)
class Target:
    """A source to be looked at. The password stays out of what is printed of it."""

    protocol: str
    address: str
    channel: str = ""
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Terms:
    """By what a look is made: the limits, the allowed networks, and what was seen before.

    ``thumb`` is the last picture's, ``mark`` names the last piece of a playlist at the last look.
    """

    limits: Limits
    networks: Sequence[Net]
    with_picture: bool = True
    thumb: bytes | None = None
    mark: str = ""

    def without_picture(self) -> "Terms":
        """Return the same terms for asking only whether the camera answers."""
        return replace(self, with_picture=False)


@dataclass(frozen=True, slots=True)
class Measures:
    """What a picture is like, in levels of grey; ``sharpness`` is the variance of its edges.

    ``change`` is the greatest mean change of a block within the look, ``moved`` the mean change
    since the thumb of the look before (None for the first).
    """

    mean: float
    spread: float
    change: float
    sharpness: float
    moved: float | None
    thumb: bytes


@dataclass(frozen=True, slots=True)
class Finding:
    """How a camera was. ``has_picture`` says whether that was judged by its picture."""

    state: str
    detail: str = ""
    note: str = ""
    has_picture: bool = False
    measures: Measures | None = None
    clock_off: float | None = None
    mark: str = ""

    @property
    def is_bad(self) -> bool:
        """Whether something is wrong."""
        return self.state in lifecycle.BAD


class LookError(Exception):
    """A look ended before there was a picture: the finding says why."""

    def __init__(self, state: str, detail: str, note: str = "") -> None:
        super().__init__(f"{state}: {detail}")
        self.finding = Finding(state, detail, clipped(note))


def clipped(note: str) -> str:
    """Return what the other side said as one short printable line."""
    line = "".join(sign if sign.isprintable() else " " for sign in note)
    return " ".join(line.split())[:120]
