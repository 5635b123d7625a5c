"""SIP messages (RFC 3261): a strict small parser and its inverse, with limits."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

MOST_BYTES = 64 * 1024
MOST_HEADERS = 64
LONGEST_LINE = 4 * 1024
_TOKEN = re.compile(r"[A-Za-z0-9.!%*_+`'~-]{1,64}\Z")
_URI = re.compile(
    r"sips?:(?:([^@\s<>;?]{1,64})@)?(\[[0-9A-Fa-f:.]+\]|[^\s<>;?:@\[\]]{1,128})(?::(\d{1,5}))?"
)
_COMPACT = {
    "v": "via", "f": "from", "t": "to", "i": "call-id", "m": "contact", "l": "content-length",
    "c": "content-type", "s": "subject", "k": "supported", "e": "content-encoding",
}  # fmt: skip
_NAMES = {"call-id": "Call-ID", "cseq": "CSeq", "www-authenticate": "WWW-Authenticate"}


class ProtocolError(ValueError):
    """What came in isn't what the standard says."""


@dataclass(frozen=True, slots=True)
class Uri:
    """A SIP address: who, at which host and port (None: not said)."""

    user: str
    host: str
    port: int | None

    def __str__(self) -> str:
        port = f":{self.port}" if self.port else ""
        return f"sip:{self.user}@{self.host}{port}" if self.user else f"sip:{self.host}{port}"


@dataclass(frozen=True, slots=True)
class Message:
    """A request (``method`` and ``uri``) or a response (``status`` and ``reason``).

    ``headers`` are pairs in their order, names in lower case; ``body`` is as it came.
    """

    method: str = ""
    uri: str = ""
    status: int = 0
    reason: str = ""
    headers: tuple[tuple[str, str], ...] = field(default=())
    body: bytes = b""

    @property
    def is_request(self) -> bool:
        """Say whether it asks for something."""
        return bool(self.method)

    def all(self, name: str) -> list[str]:
        """Return every value of a header, in order."""
        return [value for key, value in self.headers if key == name]

    def get(self, name: str) -> str:
        """Return the first value of a header, or nothing."""
        return next((value for key, value in self.headers if key == name), "")

    def need(self, name: str) -> str:
        """Return the first value of a header; raises :class:`ProtocolError` where it is missing."""
        if not (value := self.get(name)):
            raise ProtocolError(f"no {name}")
        return value

    @property
    def cseq(self) -> tuple[int, str]:
        """Return the number and method of CSeq."""
        number, _, method = self.need("cseq").partition(" ")
        if not (number.isascii() and number.isdigit() and len(number) <= 10):
            raise ProtocolError("CSeq is no number")
        return int(number), method.strip().upper()

    @property
    def branch(self) -> str:
        """Return what names the transaction: the branch of the topmost Via."""
        return parameters(self.need("via")).get("branch", "")


def parse(data: bytes) -> Message:
    """Read one whole message (a datagram, or what :mod:`framing` cut from a stream)."""
    if len(data) > MOST_BYTES:
        raise ProtocolError("too long")
    head, gap, body = data.partition(b"\r\n\r\n")
    if not gap:
        raise ProtocolError("no end of headers")
    try:
        lines = head.decode("utf-8").split("\r\n")
    except UnicodeDecodeError:
        # Devices write their names in GB 18030 wherever they like.
        lines = head.decode("gb18030", "replace").split("\r\n")
    start, *rest = lines
    headers = tuple(_headers(rest))
    told = next((value for key, value in headers if key == "content-length"), None)
    if told is not None:
        if not (told.isascii() and told.isdigit() and len(told) <= 6):
            raise ProtocolError("Content-Length is no number")
        if int(told) > len(body):
            raise ProtocolError("the body ends early")
        body = body[: int(told)]
    return _started(start, headers, body)


def _headers(lines: Iterable[str]) -> Iterable[tuple[str, str]]:
    unfolded: list[str] = []
    for line in lines:
        if len(line) > LONGEST_LINE:
            raise ProtocolError("a header is too long")
        if line[:1] in (" ", "\t") and unfolded:
            unfolded[-1] += " " + line.strip()
        else:
            unfolded.append(line)
    if len(unfolded) > MOST_HEADERS:
        raise ProtocolError("too many headers")
    for line in unfolded:
        name, colon, value = line.partition(":")
        name = name.strip().lower()
        if not colon or not _TOKEN.match(name):
            raise ProtocolError("a header without a name")
        if "\n" in value or "\r" in value or "\0" in value:
            raise ProtocolError("a header with a line break")
        yield _COMPACT.get(name, name), value.strip()


def _started(start: str, headers: tuple[tuple[str, str], ...], body: bytes) -> Message:
    parts = start.split(" ", 2)
    if len(parts) != 3 or len(start) > LONGEST_LINE or "\n" in start or "\r" in start:
        raise ProtocolError("no start line")
    if parts[0] == "SIP/2.0":
        if not (parts[1].isascii() and parts[1].isdigit() and 100 <= int(parts[1][:4]) <= 699):
            raise ProtocolError("no status")
        return Message(status=int(parts[1]), reason=parts[2], headers=headers, body=body)
    method, uri, version = parts
    if version != "SIP/2.0" or not _TOKEN.match(method) or not uri:
        raise ProtocolError("not SIP")
    return Message(method=method.upper(), uri=uri, headers=headers, body=body)


def serialise(message: Message) -> bytes:
    """Write a message; Content-Length is set from the body."""
    if message.is_request:
        lines = [f"{message.method} {message.uri} SIP/2.0"]
    else:
        lines = [f"SIP/2.0 {message.status} {message.reason}"]
    for name, value in message.headers:
        if name == "content-length":
            continue
        if "\r" in value or "\n" in value:
            raise ProtocolError("a header with a line break")
        lines.append(f"{_NAMES.get(name, name.title())}: {value}")
    lines.append(f"Content-Length: {len(message.body)}")
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + message.body


REASONS: Mapping[int, str] = {
    100: "Trying", 200: "OK", 400: "Bad Request", 401: "Unauthorized", 403: "Forbidden",
    404: "Not Found", 405: "Method Not Allowed", 408: "Request Timeout",
    481: "Call/Transaction Does Not Exist", 488: "Not Acceptable Here",
    500: "Server Internal Error", 503: "Service Unavailable",
}  # fmt: skip


def answer(
    request: Message,
    status: int,
    *,
    tag: str = "",
    headers: Iterable[tuple[str, str]] = (),
    body: bytes = b"",
) -> Message:
    """Return a response to ``request``: its Via, From, To, Call-ID and CSeq, and what is added."""
    copied: list[tuple[str, str]] = []
    for name in ("via", "from", "to", "call-id", "cseq"):
        for value in request.all(name):
            marked = name == "to" and tag and "tag" not in parameters(value)
            copied.append((name, f"{value};tag={tag}" if marked else value))
    return Message(
        status=status,
        reason=REASONS.get(status, "Unknown"),
        headers=(*copied, *headers),
        body=body,
    )


def parameters(value: str) -> dict[str, str]:
    """Return the ``;name=value`` parameters after an address or a Via, names in lower case."""
    _, _, after = value.rpartition(">") if ">" in value else ("", "", value)
    found: dict[str, str] = {}
    for part in after.split(";")[1:]:
        name, _, said = part.partition("=")
        found.setdefault(name.strip().lower(), said.strip().strip('"'))
    return found


def read_uri(text: str) -> Uri:
    """Read the address in a From, To, Contact or start line; raises :class:`ProtocolError`."""
    found = _URI.search(text)
    if not found:
        raise ProtocolError("no SIP address")
    port = int(found[3]) if found[3] else None
    if port is not None and not 0 < port < 65536:
        raise ProtocolError("no such port")
    return Uri(found[1] or "", found[2], port)
