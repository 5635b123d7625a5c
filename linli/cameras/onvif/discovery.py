"""WS-Discovery: who in the network says that it sends video."""

import ipaddress
import re
import socket
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from time import monotonic
from urllib.parse import unquote, urlsplit
from uuid import uuid4

from lxml import etree

from linli.cameras.limits import Net, lies_in
from linli.cameras.onvif import envelope as soap
from linli.cameras.onvif.envelope import ADDRESSING, DISCOVERY, NETWORK, SOAP

GROUP = ("239.255.255.250", 3702)
MOST = 2_000
LARGEST = 65_507
_ASKED_TWICE = 2


@dataclass(frozen=True, slots=True)
class Found:
    """A device that answered: its lasting name, where its service is, and what it calls itself."""

    endpoint: str
    address: str
    name: str
    hardware: str


def discover(
    networks: Sequence[Net], *, seconds: float = 4.0, to: tuple[str, int] = GROUP
) -> list[Found]:
    """Ask the whole network, and return who answered from an allowed network within ``seconds``.

    Answers from elsewhere, answers that are none, and the same device twice are passed over.
    """
    found: dict[str, Found] = {}
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM, socket.IPPROTO_UDP) as link:
        if ipaddress.ip_address(to[0]).is_multicast:
            link.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, struct.pack("b", 1))
        question = probe()
        # A datagram may be lost.
        for _time in range(_ASKED_TWICE):
            link.sendto(question, to)
        for data, sender in _answers(link, monotonic() + seconds):
            if not lies_in(sender, networks):
                continue
            for one in matches(data, networks):
                found.setdefault(one.endpoint, one)
            if len(found) >= MOST:
                break
    return sorted(found.values(), key=lambda one: one.address)


def _answers(link: socket.socket, deadline: float) -> Iterator[tuple[bytes, str]]:
    while (left := deadline - monotonic()) > 0:
        link.settimeout(left)
        try:
            data, (sender, _port) = link.recvfrom(LARGEST)
        except TimeoutError:
            return
        yield data, sender


def probe() -> bytes:
    """Return the question: which network video transmitters are there."""
    envelope = etree.Element(
        f"{{{SOAP}}}Envelope", nsmap={"s": SOAP, "a": ADDRESSING, "d": DISCOVERY, "dn": NETWORK}
    )
    header = etree.SubElement(envelope, f"{{{SOAP}}}Header")
    for name, text in (
        ("Action", f"{DISCOVERY}/Probe"),
        ("MessageID", f"uuid:{uuid4()}"),
        ("To", "urn:schemas-xmlsoap-org:ws:2005:04:discovery"),
    ):
        etree.SubElement(header, f"{{{ADDRESSING}}}{name}").text = text
    body = etree.SubElement(envelope, f"{{{SOAP}}}Body")
    asked = etree.SubElement(body, f"{{{DISCOVERY}}}Probe")
    etree.SubElement(asked, f"{{{DISCOVERY}}}Types").text = "dn:NetworkVideoTransmitter"
    written: bytes = etree.tostring(envelope, xml_declaration=True, encoding="utf-8")
    return written


def matches(data: bytes, networks: Sequence[Net]) -> Iterator[Found]:
    """Yield the devices an answer tells of, each with its first address in an allowed network."""
    try:
        answer = soap.parsed(data)
    except soap.NotSoapError:
        return
    for match in soap.all_of(answer, "ProbeMatch"):
        addresses = soap.text_of(match, "XAddrs").split()
        address = next((one for one in addresses if _allowed(one, networks)), "")
        endpoint = soap.text_of(match, "EndpointReference/Address")
        if address and endpoint:
            scopes = soap.text_of(match, "Scopes")
            yield Found(
                endpoint[:100], address[:500], _scope(scopes, "name"), _scope(scopes, "hardware")
            )


def _allowed(address: str, networks: Sequence[Net]) -> bool:
    try:
        parts = urlsplit(address)
        return parts.scheme in ("http", "https") and lies_in(parts.hostname or "", networks)
    except ValueError:
        return False


def _scope(scopes: str, name: str) -> str:
    found = re.search(rf"onvif://www\.onvif\.org/{name}/(\S+)", scopes)
    return unquote(found[1])[:60] if found else ""
