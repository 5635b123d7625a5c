"""SDP as GB/T 28181 writes it: ``s=Play`` or ``Playback``, ``y=`` for the SSRC, ``f=`` for the form."""

import re
from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_address

from linli.cameras.sip.message import ProtocolError

CONTENT_TYPE = "APPLICATION/SDP"
PS = 96


@dataclass(frozen=True, slots=True)
class Offer:
    """What the platform asks for: video of ``channel`` to ``host:port``, by UDP or by TCP that the
    device opens; with ``span`` what was recorded between two moments."""

    platform: str
    channel: str
    host: str
    port: int
    ssrc: str
    by_tcp: bool = False
    span: tuple[datetime, datetime] | None = None


@dataclass(frozen=True, slots=True)
class Accepted:
    """What the device said it will send: the SSRC (may be another than asked), the payload type."""

    ssrc: int | None
    payload: int
    host: str
    port: int


def write_offer(offer: Offer) -> bytes:
    """Return the body of an INVITE."""
    begins, ends = (int(one.timestamp()) for one in offer.span) if offer.span else (0, 0)
    kind = "IP6" if ":" in offer.host else "IP4"
    lines = ["v=0", f"o={offer.platform} 0 0 IN {kind} {offer.host}"]
    lines += ["s=Playback", f"u={offer.channel}:0"] if offer.span else ["s=Play"]
    lines += [f"c=IN {kind} {offer.host}", f"t={begins} {ends}"]
    transport = "TCP/RTP/AVP" if offer.by_tcp else "RTP/AVP"
    lines += [f"m=video {offer.port} {transport} {PS}", "a=recvonly", f"a=rtpmap:{PS} PS/90000"]
    if offer.by_tcp:
        lines += ["a=setup:passive", "a=connection:new"]
    lines += [f"y={offer.ssrc}", "f="]
    return "\r\n".join(lines).encode() + b"\r\n"


def read_answer(body: bytes) -> Accepted:
    """Read the body of a 200 to an INVITE; raises :class:`ProtocolError` unless it sends PS."""
    text = body.decode("utf-8", "replace")
    rows = [(line[:1], line[2:].strip()) for line in text.splitlines() if line[1:2] == "="]
    media = next((value for name, value in rows if name == "m"), "").split()
    if len(media) < 4 or media[0] != "video" or not re.fullmatch(r"\d{1,5}", media[1]):
        raise ProtocolError("no video in the answer")
    forms: dict[str, str] = {}
    for name, value in rows:
        if name == "a" and (found := re.match(r"rtpmap:(\d{1,3})\s+([A-Za-z0-9-]+)/", value)):
            forms[found[1]] = found[2]
    payloads = [int(one) for one in media[3:] if re.fullmatch(r"\d{1,3}", one)]
    sends = [one for one in payloads if forms.get(str(one), "PS").upper() == "PS"]
    if not sends:
        raise ProtocolError("the device sends another form than PS")
    told = next((value for name, value in rows if name == "y"), "")
    host = next((value for name, value in rows if name == "c"), "").split()
    return Accepted(
        ssrc=int(told) if re.fullmatch(r"\d{1,10}", told) and int(told) < 2**32 else None,
        payload=sends[0],
        host=_address(host[-1] if host else ""),
        port=int(media[1]),
    )


def _address(text: str) -> str:
    try:
        return str(ip_address(text))
    except ValueError:
        return ""


def ssrc_of(platform: str, number: int, *, recorded: bool) -> str:
    """Return the ten digits of an SSRC: live or recorded, five digits of the domain, a number."""
    return f"{int(recorded)}{platform[3:8]}{number % 10_000:04d}"
