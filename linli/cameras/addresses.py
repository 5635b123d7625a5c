"""Addresses of sources: what can be read as one, with names and passwords taken out."""

import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit, urlunsplit

from django.utils.translation import gettext as _

from linli.kernel.errors import Invalid

LONGEST = 500
SCHEMES = {
    "rtsp": ("rtsp",),
    "hls": ("http", "https"),
    "onvif": ("http", "https"),
    "gb28181": ("sip",),
}
PORTS = {"rtsp": 554, "http": 80, "https": 443, "sip": 5060}
_BLANK = re.compile(r"[\s\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Address:
    """A source's address without credentials, and the credentials that stood in it, if any."""

    text: str
    scheme: str
    host: str
    port: int
    user: str = ""
    password: str = ""


def read(text: str, protocol: str) -> Address:
    """Return an address as ``protocol`` needs it; raises :class:`Invalid` with the field ``address``."""
    text = text.strip()
    schemes = SCHEMES[protocol]
    try:
        parts = urlsplit(text)
        port = parts.port or PORTS.get(parts.scheme, 0)
    except ValueError:
        raise _wrong(schemes) from None
    host = (parts.hostname or "").lower()
    if parts.scheme not in schemes or not host or len(text) > LONGEST or _BLANK.search(text):
        raise _wrong(schemes)
    shown = f"[{host}]" if ":" in host else host
    place = shown if parts.port is None else f"{shown}:{parts.port}"
    clean = urlunsplit((parts.scheme, place, parts.path, parts.query, ""))
    return Address(
        clean, parts.scheme, host, port, unquote(parts.username or ""),
        unquote(parts.password or ""),
    )  # fmt: skip


def _wrong(schemes: tuple[str, ...]) -> Invalid:
    reason = _("This is not an address. It begins with %(beginning)s") % {
        "beginning": " / ".join(f"{scheme}://" for scheme in schemes)
    }
    return Invalid(reason, {"address": reason})
