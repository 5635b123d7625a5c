"""SOAP 1.2 as ONVIF devices speak it: a body signed with WS-UsernameToken, and answers read safely."""

import base64
import hashlib
import secrets
from datetime import UTC, datetime, timedelta
from typing import Any

from lxml import etree

SOAP = "http://www.w3.org/2003/05/soap-envelope"
SECURITY = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"
UTILITY = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"
DIGEST = (
    "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0"
    "#PasswordDigest"
)
BASE64 = (
    "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0#Base64Binary"
)
DEVICE = "http://www.onvif.org/ver10/device/wsdl"
MEDIA = "http://www.onvif.org/ver10/media/wsdl"
SCHEMA = "http://www.onvif.org/ver10/schema"
DISCOVERY = "http://schemas.xmlsoap.org/ws/2005/04/discovery"
ADDRESSING = "http://schemas.xmlsoap.org/ws/2004/08/addressing"
NETWORK = "http://www.onvif.org/ver10/network/wsdl"

type Element = Any


class NotSoapError(Exception):
    """The answer is no SOAP message."""


def body(name: str, namespace: str, *children: Element) -> Element:
    """Return one request, such as ``GetProfiles``, with its parts."""
    element = etree.Element(f"{{{namespace}}}{name}")
    element.extend(children)
    return element


def part(name: str, namespace: str, text: str = "", *children: Element) -> Element:
    """Return a part of a request."""
    element = etree.Element(f"{{{namespace}}}{name}")
    element.text = text or None
    element.extend(children)
    return element


def message(request: Element, header: Element | None = None) -> bytes:
    """Return a request as a whole message."""
    envelope = etree.Element(f"{{{SOAP}}}Envelope", nsmap={"s": SOAP})
    if header is not None:
        etree.SubElement(envelope, f"{{{SOAP}}}Header").append(header)
    etree.SubElement(envelope, f"{{{SOAP}}}Body").append(request)
    written: bytes = etree.tostring(envelope, xml_declaration=True, encoding="utf-8")
    return written


def username_token(
    user: str, password: str, *, ahead: timedelta = timedelta(), nonce: bytes | None = None,
    now: datetime | None = None,
) -> Element:  # fmt: skip
    """Return the header that signs a request; ``ahead`` is how far the device's clock is ahead.

    A device refuses a token whose moment is not its own, so the moment is the device's.
    """
    nonce = nonce or secrets.token_bytes(16)
    moment = ((now or datetime.now(UTC)) + ahead).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    proof = hashlib.sha1(nonce + moment.encode() + password.encode(), usedforsecurity=False)
    security = etree.Element(f"{{{SECURITY}}}Security", nsmap={"wsse": SECURITY, "wsu": UTILITY})
    security.set(f"{{{SOAP}}}mustUnderstand", "1")
    token = etree.SubElement(security, f"{{{SECURITY}}}UsernameToken")
    etree.SubElement(token, f"{{{SECURITY}}}Username").text = user
    word = etree.SubElement(token, f"{{{SECURITY}}}Password", Type=DIGEST)
    word.text = base64.b64encode(proof.digest()).decode()
    drawn = etree.SubElement(token, f"{{{SECURITY}}}Nonce", EncodingType=BASE64)
    drawn.text = base64.b64encode(nonce).decode()
    etree.SubElement(token, f"{{{UTILITY}}}Created").text = moment
    return security


def parsed(data: bytes) -> Element:
    """Return the envelope of an answer; entities and outside files are never read."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        envelope = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as fault:
        raise NotSoapError(str(fault)) from None
    if etree.QName(envelope).localname != "Envelope":
        raise NotSoapError(etree.QName(envelope).localname)
    return envelope


def text_of(element: Element, path: str) -> str:
    """Return the text of the first element along local names such as ``Media/XAddr``, else none."""
    steps = "//".join(f"*[local-name()='{name}']" for name in path.split("/"))
    found = element.xpath(f".//{steps}")
    return (found[0].text or "").strip() if found else ""


def all_of(element: Element, name: str) -> list[Element]:
    """Return every element of a local name."""
    found: list[Element] = element.xpath(f".//*[local-name()='{name}']")
    return found


def fault_of(envelope: Element) -> str:
    """Return the reason of a fault, nothing where the answer is none."""
    if not all_of(envelope, "Fault"):
        return ""
    return text_of(envelope, "Reason/Text") or text_of(envelope, "faultstring") or "Fault"
