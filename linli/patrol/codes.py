"""The code on paper at a check point: only whoever stands before it can read it.

It is a keyed hash of the point and its edition, so that it can't be guessed and a new edition ends
the old one.
"""

import hmac
from uuid import UUID

import qrcode
from django.utils.safestring import SafeString, mark_safe
from qrcode.image.svg import SvgPathImage

from linli.kernel.crypto import keyed_hashes


def code_of(point: UUID, edition: int) -> str:
    """Return the code of a point's edition: 32 hexadecimal digits."""
    return keyed_hashes("patrol-point", f"{point}:{edition}")[0].hex()


def is_code_of(said: str, point: UUID, edition: int) -> bool:
    """Say whether ``said`` is the point's code, under any key in use; takes the same time always."""
    found = False
    for digest in keyed_hashes("patrol-point", f"{point}:{edition}"):
        found |= hmac.compare_digest(digest.hex().encode(), said.encode())
    return found


def drawn(text: str) -> SafeString:
    """Return a QR code of ``text`` as inline SVG."""
    image = qrcode.make(text, image_factory=SvgPathImage, box_size=13, border=2)
    drawing: str = image.to_string(encoding="unicode")
    return mark_safe(drawing)  # noqa: S308 - drawn by us
