"""Writing a message for the public, and signing it so that any reader can check it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from lxml import etree
from signxml.algorithms import CanonicalizationMethod, DigestAlgorithm, SignatureMethod
from signxml.signer import XMLSigner
from signxml.verifier import SignatureConfiguration, XMLVerifier

from linli.alarms.cap.keys import Key
from linli.alarms.cap.reading import NAMESPACE, valid


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is told to the public. Values of lists are those of CAP; ``references`` name messages."""

    identifier: str
    sender: str
    sender_name: str
    sent: datetime
    status: str
    type: str
    references: Sequence[str]
    event: str
    category: str
    response: str
    urgency: str
    severity: str
    certainty: str
    expires: datetime
    headline: str
    description: str
    instruction: str
    area_name: str
    area_code: str
    note: str = ""


def signed(told: Told, key: Key) -> bytes:
    """Return the signed message; raises ``NotCap`` where it would not be valid CAP."""
    root = etree.Element(f"{{{NAMESPACE}}}alert", nsmap={None: NAMESPACE})
    _put(
        root, identifier=told.identifier, sender=told.sender, sent=moment(told.sent),
        status=told.status, msgType=told.type, scope="Public", note=told.note,
        references=" ".join(told.references),
    )  # fmt: skip
    info = etree.SubElement(root, f"{{{NAMESPACE}}}info")
    _put(
        info, language="zh-CN", category=told.category, event=told.event,
        responseType=told.response, urgency=told.urgency, severity=told.severity,
        certainty=told.certainty, effective=moment(told.sent), expires=moment(told.expires),
        senderName=told.sender_name, headline=told.headline, description=told.description,
        instruction=told.instruction,
    )  # fmt: skip
    area = etree.SubElement(info, f"{{{NAMESPACE}}}area")
    _put(area, areaDesc=told.area_name)
    code = etree.SubElement(area, f"{{{NAMESPACE}}}geocode")
    # The division codes of GB/T 2260 and what follows them.
    _put(code, valueName="GB/T 2260", value=told.area_code)
    valid(etree.tostring(root))
    signer = XMLSigner(
        signature_algorithm=SignatureMethod.RSA_SHA256, digest_algorithm=DigestAlgorithm.SHA256,
        c14n_algorithm=CanonicalizationMethod.EXCLUSIVE_XML_CANONICALIZATION_1_0,
    )  # fmt: skip
    whole = signer.sign(root, key=key.private, cert=key.certificate.decode())
    return bytes(etree.tostring(whole, xml_declaration=True, encoding="UTF-8"))


def verified(message: bytes, certificate: bytes) -> bool:
    """Say whether a message was signed with the key of this certificate and is as it was then."""
    try:
        XMLVerifier().verify(
            message, x509_cert=certificate.decode(),
            expect_config=SignatureConfiguration(require_x509=True),
        )  # fmt: skip
    except Exception:
        return False
    return True


def moment(at: datetime) -> str:
    """Return a moment as CAP writes it: the city's time with its offset."""
    return at.astimezone(ZoneInfo(settings.TIME_ZONE)).isoformat(timespec="seconds")


def _put(parent: "etree._Element", **texts: str) -> None:
    for name, text in texts.items():
        if text:
            etree.SubElement(parent, f"{{{NAMESPACE}}}{name}").text = text
