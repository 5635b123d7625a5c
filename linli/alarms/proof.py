"""What a device's message must show: who sent it, when, and that nobody changed it. No Django here.

A device signs ``METHOD\\nPATH\\nTIME\\nNUMBER\\nBODY`` with its secret (HMAC-SHA256, hexadecimal).
``TIME`` is the moment of what is reported in whole seconds since 1970, ``NUMBER`` 8 to 64 letters,
digits, ``-`` or ``_`` that the device uses once. A message sent again keeps both.
"""

import hashlib
import hmac
import re
from collections.abc import Iterable
from dataclasses import dataclass

ALARM, HEARTBEAT, FAULT = "alarm", "heartbeat", "fault"
WORDS = frozenset({ALARM, HEARTBEAT, FAULT})
MOST_BYTES = 4096
DAY = 86_400
# An alarm that waited in a device without a network is taken for so long, and no longer: its number
# is remembered for longer than that.
OLDEST = 30 * DAY
# A clock that runs ahead by more is no clock.
AHEAD = DAY
SERIAL = re.compile(r"[A-Za-z0-9._:-]{1,60}", re.ASCII)
_TIME = re.compile(r"[0-9]{1,12}", re.ASCII)
_NUMBER = re.compile(r"[A-Za-z0-9_-]{8,64}", re.ASCII)
_SIGNATURE = re.compile(r"[0-9a-f]{64}", re.ASCII)


class Unproved(Exception):
    """The message can't be taken; ``reason`` is a value of ``choices.Refusal``."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Message:
    """What arrived. ``word`` is alarm, heartbeat or fault; ``method`` and ``path`` are as signed."""

    word: str
    serial: str
    method: str
    path: str
    time: str
    number: str
    signature: str
    body: bytes
    source: str

    @property
    def digest(self) -> bytes:
        """Return the 32 bytes that tell this message from every other."""
        return hashlib.sha256(signed_text(self)).digest()


def signed_text(message: Message) -> bytes:
    """Return what the device signs."""
    head = f"{message.method}\n{message.path}\n{message.time}\n{message.number}\n"
    return head.encode() + message.body


def sign(secret: str, message: Message) -> str:
    """Return the signature of a message under a secret."""
    return hmac.new(secret.encode(), signed_text(message), hashlib.sha256).hexdigest()


def check_shape(message: Message) -> None:
    """Raise :class:`Unproved` where a message can't be one, before anything is looked up."""
    if len(message.body) > MOST_BYTES:
        raise Unproved("too_large")
    if not message.signature:
        raise Unproved("unsigned")
    if (
        message.word not in WORDS
        or not SERIAL.fullmatch(message.serial)
        or not _TIME.fullmatch(message.time)
        or not _NUMBER.fullmatch(message.number)
        or not _SIGNATURE.fullmatch(message.signature)
    ):
        raise Unproved("malformed")


def check_signature(message: Message, secrets: Iterable[str]) -> None:
    """Raise :class:`Unproved` unless one of the secrets signed it; takes the same time for each."""
    found = False
    for secret in secrets:
        found |= hmac.compare_digest(sign(secret, message), message.signature)
    if not found:
        raise Unproved("forged")


def late_by(message: Message, now: float, skew: int) -> int:
    """Return by how many seconds a proved message lies outside the window: negative, ahead of it.

    Raises :class:`Unproved` where it is no longer taken: an alarm after thirty days or more than a
    day ahead, anything else outside the window.
    """
    age = int(now) - int(message.time)
    if message.word != ALARM and abs(age) > skew:
        raise Unproved("too_old" if age > 0 else "future")
    if age > OLDEST:
        raise Unproved("too_old")
    if age < -AHEAD:
        raise Unproved("future")
    if abs(age) <= skew:
        return 0
    return age - skew if age > 0 else age + skew


def from_mqtt(topic: str, payload: bytes) -> Message:
    """Return what was published to ``linli/<serial>/<word>``: a line with the proof, then the body.

    Whatever is missing is empty: such a message is refused like any other that can't be one.
    """
    _linli, _slash, rest = topic.partition("/")
    serial, _slash, word = rest.partition("/")
    head, _line, body = payload.partition(b"\n")
    parts = head.decode("ascii", "replace").split()
    time, number, signature = [*parts, "", "", ""][:3]
    return Message(
        word=word, serial=serial, method="MQTT", path=topic, time=time, number=number,
        signature=signature, body=body, source="mqtt",
    )  # fmt: skip
