"""What ffmpeg reads from."""

from collections.abc import Sequence
from dataclasses import dataclass, field

# A made-up street, for the demo and for tests: nothing is connected to.
MADE_UP = "demo"
_MADE_UP_PICTURE = "testsrc2=size=640x360:rate=15"
# Codecs a browser plays as they are.
PLAYED = ("h264", "avc")


class SourceError(Exception):
    """There is nothing to read from. The text says why, for people."""


@dataclass(frozen=True, slots=True)
class Input:
    """Words for ffmpeg up to and with its input, and whether the codec must be changed.

    ``hidden`` is what must never be printed.
    """

    words: Sequence[str]
    recode: bool
    hidden: str = field(default="", repr=False)


def made_up(number: int = 0) -> Input:
    """Return a moving picture that shows nobody."""
    picture = f"{_MADE_UP_PICTURE},hue=h={number * 47 % 360}"
    return Input(["-re", "-f", "lavfi", "-i", picture], recode=True)


def made_up_recording(number: int, seconds: int) -> Input:
    """Return what a made-up camera "has recorded": as long as a span, and soon there."""
    picture = f"{_MADE_UP_PICTURE},hue=h={number * 47 % 360}"
    words = ["-readrate", "3", "-readrate_initial_burst", "20", "-t", str(seconds)]
    return Input([*words, "-f", "lavfi", "-i", picture], recode=True)


def program_stream(codec: str = "") -> Input:
    """Return what is piped in by :mod:`linli.cameras.sip`."""
    words = ["-fflags", "+genpts+discardcorrupt", "-f", "mpeg", "-i", "pipe:0"]
    return Input(words, recode=codec not in PLAYED)
