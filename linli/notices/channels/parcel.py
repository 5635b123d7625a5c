"""What is sent, with what it is sent, and the three ways in which that fails."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Parcel:
    """One message to one receiver. ``reference`` is the same for every try of it."""

    to: str
    subject: str
    body: str
    reference: str
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class Access:
    """A gateway opened: what may be read, and its secrets."""

    plain: Mapping[str, str]
    secret: Mapping[str, str]


class SendError(Exception):
    """Sending did not work. The text is for the administrator: no address, no text of a message."""


class Rejected(SendError):
    """The other side took it for wrong; another try would end the same way."""


class Unreachable(SendError):
    """Nothing was handed over: try again later."""


class Doubtful(SendError):
    """It was handed over and no answer came: nobody knows whether it arrived."""
