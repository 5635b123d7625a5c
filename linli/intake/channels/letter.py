"""A mail as a matter: who writes, what about, with which files; or why it is none."""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from html.parser import HTMLParser

from imap_tools import MailMessage

TITLE, TEXT, MOST_FILES = 120, 20_000, 20
_PREFIXES = re.compile(r"^\s*((re|fw|fwd|回复|答复|转发)\s*[:：]\s*)+", re.IGNORECASE)
_MACHINES = re.compile(
    r"^(mailer-daemon|postmaster|no-?reply|do-?not-?reply|bounces?)\b", re.IGNORECASE
)
_BULK = frozenset({"bulk", "junk", "list", "auto_reply"})
_SILENT_TAGS = frozenset({"script", "style", "head", "title"})
_BREAKS = frozenset({"br", "p", "div", "tr", "li", "h1", "h2", "h3"})
# Pictures of a signature are part of the letter's dress.
_SMALL_PICTURE = 20_000


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail from a person. ``files`` are (name, bytes) as sent."""

    title: str
    text: str
    name: str
    address: str
    files: tuple[tuple[str, bytes], ...]


class NotALetter(Exception):
    """``reason`` (a key of ``queries.channels.REASONS``) says why; ``is_noise``: nobody need care."""

    def __init__(self, reason: str, *, is_noise: bool) -> None:
        super().__init__(reason)
        self.reason, self.is_noise = reason, is_noise


def key_of(message: MailMessage) -> bytes:
    """Return by what a mail is known again: its Message-ID, else all of its content."""
    for text in message.obj.get_all("message-id") or ():
        if cleaned := str(text).strip():
            return hashlib.sha256(cleaned.encode(errors="replace")).digest()
    return hashlib.sha256(message.obj.as_bytes()).digest()


def sent_at(message: MailMessage) -> datetime:
    """Return the mail's own date; without a zone it counts as the server's."""
    return message.date.astimezone()


def read(message: MailMessage, own_address: str) -> Letter:
    """Return a mail as a letter; raises :class:`NotALetter`."""
    sender = message.from_values
    address = sender.email.strip().lower() if sender else ""
    _leave_out_machines(message, address, own_address.lower())
    text = (message.text.strip() or text_of_html(message.html)).replace("\0", "")[:TEXT]
    subject = _PREFIXES.sub("", " ".join(message.subject.replace("\0", "").split()))
    files = _files(message)
    if not subject and not text:
        raise NotALetter("empty", is_noise=False)
    title = subject or text.splitlines()[0].strip()
    if len(title) > TITLE:
        text, title = f"{title}\n{text}", f"{title[: TITLE - 1]}…"
    name = " ".join((sender.name if sender else "").split())[:60]
    return Letter(title, text, name or address[:60] or "?", address[:120], files)


def text_of_html(html: str) -> str:
    """Return the text of a mail that has only HTML."""
    parser = _Text()
    parser.feed(html)
    lines = (" ".join(line.split()) for line in "".join(parser.parts).splitlines())
    return "\n".join(line for line in lines if line)


def _leave_out_machines(message: MailMessage, address: str, own_address: str) -> None:
    def header(name: str) -> str:
        return " ".join(map(str, message.obj.get_all(name) or ())).strip().lower()

    if header("x-linli") or (own_address and address == own_address):
        raise NotALetter("loop", is_noise=True)
    report = message.obj.get_content_type() == "multipart/report"
    if report or header("return-path") == "<>" or address.startswith("mailer-daemon"):
        raise NotALetter("bounce", is_noise=True)
    automatic = header("auto-submitted") not in ("", "no") or header("x-autoreply")
    if automatic or header("precedence") in _BULK or _MACHINES.match(address):
        raise NotALetter("automatic", is_noise=True)
    if header("list-id") or header("list-unsubscribe"):
        raise NotALetter("mailing_list", is_noise=True)


def _files(message: MailMessage) -> tuple[tuple[str, bytes], ...]:
    found = []
    for part in message.attachments:
        dress = part.content_disposition == "inline" and part.content_type.startswith("image/")
        if dress and len(part.payload) < _SMALL_PICTURE:
            continue
        if part.payload and not part.content_type.startswith("message/"):
            found.append((part.filename, part.payload))
    return tuple(found[:MOST_FILES])


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        """Break the line at blocks, and stop listening inside scripts."""
        self.silent += tag in _SILENT_TAGS
        if tag in _BREAKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """Listen again behind scripts."""
        self.silent -= tag in _SILENT_TAGS and self.silent > 0

    def handle_data(self, data: str) -> None:
        """Keep the text."""
        if not self.silent:
            self.parts.append(data)
