"""A camera's source as ffmpeg's input: its address checked against the allowed networks."""

import ipaddress
import socket
from datetime import datetime
from urllib.parse import quote, urlsplit, urlunsplit

from linli.cameras.media.inputs import (
    MADE_UP,
    PLAYED,
    Input,
    SourceError,
    made_up,
    made_up_recording,
)
from linli.cameras.models import Network, Source
from linli.kernel.crypto import unseal


def input_of(source: Source) -> Input:
    """Return how a source is read; raises :class:`SourceError`.

    The name is looked up once, and what is connected to is the address that was checked.
    """
    parts = urlsplit(source.address)
    if parts.scheme == MADE_UP:
        return made_up(sum(source.address.encode()))
    if parts.scheme not in ("rtsp", "http", "https") or not parts.hostname:
        raise SourceError("the address of the source is wrong")
    port = parts.port or {"rtsp": 554, "http": 80, "https": 443}[parts.scheme]
    address = _checked(parts.hostname, port)
    shown = f"[{address}]" if ":" in address else address
    credentials = ""
    if source.sealed:
        held = unseal(source.sealed, source.id.bytes)
        credentials = f"{quote(held['user'], safe='')}:{quote(held['password'], safe='')}@"
    # A certificate is made out to the name, so with TLS the name stays.
    place = f"{parts.hostname if parts.scheme == 'https' else shown}:{port}"
    url = urlunsplit((parts.scheme, credentials + place, parts.path, parts.query, ""))
    if parts.scheme == "rtsp":
        words = ["-rtsp_transport", "tcp", "-timeout", "8000000", "-i", url]
    else:
        protocols = "http,tcp" if parts.scheme == "http" else "https,tls,tcp"
        words = ["-protocol_whitelist", f"{protocols},crypto", "-rw_timeout", "8000000", "-i", url]
    return Input(words, recode=source.encoding.lower() not in PLAYED, hidden=credentials)


def recording_of(source: Source, span: tuple[datetime, datetime]) -> Input:
    """Return what a source has recorded of a span; raises :class:`SourceError`.

    A plain stream shows what happens now and nothing else: only a made-up camera can be asked.
    """
    if urlsplit(source.address).scheme != MADE_UP:
        raise SourceError("nothing was recorded by Linli, and the camera has no recorder to ask")
    seconds = round((span[1] - span[0]).total_seconds())
    return made_up_recording(sum(source.address.encode()), seconds)


def _checked(host: str, port: int) -> str:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise SourceError("the name of the camera is not known") from error
    nets = [ipaddress.ip_network(one) for one in Network.objects.values_list("cidr", flat=True)]
    for *_rest, (address, *_more) in found:
        number = ipaddress.ip_address(str(address).partition("%")[0])
        if any(number.version == net.version and number in net for net in nets):
            return str(number)
    raise SourceError("the camera's address lies outside the allowed networks")
