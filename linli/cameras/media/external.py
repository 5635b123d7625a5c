"""Another media server gives video out and asks Linli for leave: tickets, and reading its question.

Written for the question mediamtx asks (``authHTTPAddress``): a POST of JSON with ``user``,
``password``, ``token``, ``action``, ``path``, ``protocol`` and ``query``. Any server that asks alike
can take its place.
"""

import hmac
import json
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import parse_qs
from uuid import UUID

from django.conf import settings
from django.core import signing

_SALT = "linli.cameras.ticket"
# As long as the longest grant; whether the grant holds is asked each time anyhow.
LONGEST = timedelta(hours=8)
MOST_BYTES = 16 * 1024


@dataclass(frozen=True, slots=True)
class Ticket:
    """Which grant, camera and person a player's request is for."""

    grant: UUID
    camera: UUID
    viewer: UUID


@dataclass(frozen=True, slots=True)
class Question:
    """What the media server asks: may this ticket be used to do this at this path?"""

    action: str
    path: str
    ticket: str


def is_used() -> bool:
    """Say whether another server gives video out."""
    return bool(settings.LINLI_MEDIA_SERVER and settings.LINLI_MEDIA_HOOK)


def address(ticket: Ticket) -> str:
    """Return where the player finds its playlist at the media server."""
    base = str(settings.LINLI_MEDIA_SERVER).format(camera=ticket.camera)
    return f"{base}{'&' if '?' in base else '?'}token={seal(ticket)}"


def seal(ticket: Ticket) -> str:
    """Return a ticket as a text nobody else can make."""
    told = [str(ticket.grant), str(ticket.camera), str(ticket.viewer)]
    return signing.dumps(told, salt=_SALT)


def read_ticket(text: str) -> Ticket | None:
    """Read a ticket; None for a text that is none of ours, or old."""
    try:
        grant, camera, viewer = signing.loads(text, salt=_SALT, max_age=LONGEST)
        return Ticket(UUID(grant), UUID(camera), UUID(viewer))
    except (signing.BadSignature, ValueError, TypeError):
        return None


def knows_word(said: str) -> bool:
    """Say whether whoever asks knows the word that Linli and the media server share."""
    word = str(settings.LINLI_MEDIA_HOOK)
    return bool(word) and hmac.compare_digest(word.encode(), said.encode())


def read_question(body: bytes) -> Question | None:
    """Read what the server asks; None for anything else."""
    try:
        said = json.loads(body[: MOST_BYTES + 1])
    except ValueError:
        return None
    if len(body) > MOST_BYTES or not isinstance(said, dict):
        return None
    text = {name: value for name, value in said.items() if isinstance(value, str)}
    asked = parse_qs(text.get("query", ""))
    ticket = text.get("token") or (asked.get("token") or [""])[0] or text.get("password", "")
    return Question(text.get("action", ""), text.get("path", "").strip("/"), ticket)
