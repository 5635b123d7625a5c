"""Where may be sent to: public addresses, and hosts of the city's own network that are allowed.

A name is looked up once and the connection goes to the address that was checked, so that a name
which answers differently the second time gains nothing.
"""

import ipaddress
import socket
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor

import httpx
from django.utils.translation import gettext as _

from linli.kernel.errors import Invalid

LONGEST_URL = 500
# 64:ff9b::/96 carries an IPv4 address in its last 32 bits (RFC 6052).
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
# Outlives a look-up that was given up on: the resolver's own patience is longer than ours.
lookups = ThreadPoolExecutor(8, "look-up")

type Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class ForbiddenTargetError(Exception):
    """The name leads to an address that must not be sent to."""


def read_url(text: str, allowed: Collection[str]) -> httpx.URL:
    """Return a target's address, checked as far as that goes without a look-up.

    Raises :class:`Invalid` with the field ``url``.
    """
    try:
        url = httpx.URL(text.strip())
    except httpx.InvalidURL:
        raise _wrong(_("This is not an address. It begins with https://")) from None
    if url.scheme not in ("http", "https") or not url.host or len(text) > LONGEST_URL:
        raise _wrong(_("This is not an address. It begins with https://"))
    if url.userinfo or url.fragment:
        raise _wrong(_("Leave names, passwords and “#” out of the address."))
    is_allowed = host_of(url) in allowed
    if url.scheme == "http" and not is_allowed:
        raise _wrong(_("Without TLS only to a host that is on the list of allowed hosts."))
    try:
        address = ipaddress.ip_address(url.host)
    except ValueError:
        return url
    if not may_send(address, is_allowed=is_allowed):
        raise _wrong(_("This address lies inside a network. Put it on the list of allowed hosts."))
    return url


def host_of(url: httpx.URL) -> str:
    """Return the host as it stands on the list of allowed hosts."""
    return url.host.lower().rstrip(".")


def may_send(address: Address, *, is_allowed: bool) -> bool:
    """Say whether a connection to ``address`` may be opened."""
    address = _inner(address)
    if address.is_link_local or address.is_multicast or address.is_unspecified:
        return False
    return address.is_global or is_allowed


def checked_address(host: str, port: int, *, is_allowed: bool) -> str:
    """Look ``host`` up and return the one address to connect to.

    All its addresses must be permitted. Raises :class:`ForbiddenTargetError` or ``OSError``.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [str(entry[4][0]).partition("%")[0] for entry in found]
    for address in addresses:
        if not may_send(ipaddress.ip_address(address), is_allowed=is_allowed):
            raise ForbiddenTargetError(host)
    return addresses[0]


def _inner(address: Address) -> Address:
    """Return the IPv4 address that an IPv6 address only wraps."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    teredo = address.teredo
    return address.ipv4_mapped or address.sixtofour or (teredo[1] if teredo else address)


def _wrong(reason: str) -> Invalid:
    return Invalid(reason, {"url": reason})
