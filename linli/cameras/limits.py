"""The limits by which cameras are judged, and which addresses may be asked for pictures."""

import ipaddress
import socket
from collections.abc import Sequence
from dataclasses import dataclass

type Net = ipaddress.IPv4Network | ipaddress.IPv6Network


class ForbiddenAddressError(Exception):
    """The name leads to an address outside the networks that the city allows."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds, but for ``at_once`` (pictures at the same time), levels of grey, and edges' variance."""

    look_every: float
    picture_every: float
    look_again: float
    connect_within: float
    picture_within: float
    at_once: float
    black_mean: float
    black_spread: float
    frozen_change: float
    blurred_below: float
    clock_off: float
    mend_first: float
    mend_second: float
    mend_third: float

    def mend_within(self, legal_class: str) -> float:
        """Return the seconds a work order has for a camera of a class."""
        return {"first": self.mend_first, "second": self.mend_second}.get(
            legal_class, self.mend_third
        )


def resolve(host: str, port: int, allowed: Sequence[Net]) -> str:
    """Look ``host`` up once and return the one address to connect to.

    Every address it has must lie in an allowed network: a name that answers differently the next
    time gains nothing. Raises :class:`ForbiddenAddressError` or ``OSError``.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [str(entry[4][0]).partition("%")[0] for entry in found]
    for address in addresses:
        if not lies_in(address, allowed):
            raise ForbiddenAddressError(host)
    return addresses[0]


def lies_in(address: str, allowed: Sequence[Net]) -> bool:
    """Say whether an address lies in one of the networks; raises ``ValueError`` for a name."""
    one = ipaddress.ip_address(address)
    if isinstance(one, ipaddress.IPv6Address) and one.ipv4_mapped:
        one = one.ipv4_mapped
    return any(one in net for net in allowed if net.version == one.version)
