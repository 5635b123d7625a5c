"""The receipt's secret code: made, read as people type it, and kept as a hash only.

80 random bits in sixteen characters without I, L, O and U, so that they can be read out on the
phone. Whoever holds the code sees one case; the case's number alone shows nothing.
"""

import hashlib
import secrets
from uuid import UUID

import qrcode
from django.utils.crypto import salted_hmac
from django.utils.safestring import SafeString, mark_safe
from qrcode.image.svg import SvgPathImage

_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_BYTES, LENGTH, _GROUP = 10, 16, 4
# Letters people write for digits.
_LOOK_ALIKE = str.maketrans({"O": "0", "I": "1", "L": "1"})


def new_code() -> str:
    """Return a fresh code."""
    return _written(secrets.token_bytes(_BYTES))


def code_for(key: UUID) -> str:
    """Return the code of the form ``key``: the same form sent twice gets the same receipt.

    Only the server can compute it, and nobody but its sender knows the form's key.
    """
    return _written(salted_hmac("portal.receipt", key.hex, algorithm="sha256").digest()[:_BYTES])


def hash_of(code: str) -> bytes:
    """Return what is kept of a code."""
    return hashlib.sha256(code.encode()).digest()


def read_code(text: str) -> str | None:
    """Return the code somebody typed, in its one spelling; None where it can't be one."""
    plain = "".join(sign for sign in text.upper() if sign.isalnum()).translate(_LOOK_ALIKE)
    return plain if len(plain) == LENGTH and set(plain) <= set(_SIGNS) else None


def grouped(code: str) -> str:
    """Return the code as it is printed: ``7K3M-Q9TD-WZ2A-5HXE``."""
    return "-".join(code[i : i + _GROUP] for i in range(0, len(code), _GROUP))


def drawn(text: str) -> SafeString:
    """Return a QR code of ``text`` as inline SVG."""
    image = qrcode.make(text, image_factory=SvgPathImage, box_size=13, border=2)
    drawing: str = image.to_string(encoding="unicode")
    return mark_safe(drawing)  # noqa: S308 - drawn by us


def _written(data: bytes) -> str:
    number = int.from_bytes(data)
    return "".join(_SIGNS[(number >> shift) & 31] for shift in range(75, -1, -5))
