"""Ask an RTSP server what it has: DESCRIBE with Basic or Digest, over one connection, in time."""

import base64
import hashlib
import re
import secrets
import socket
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from time import monotonic
from typing import Any

from linli.cameras import lifecycle
from linli.cameras.probe.finding import LookError, Target

MOST_BYTES = 64 * 1024
_PAIR = re.compile(r'(\w+)=(?:"([^"]*)"|([^\s,]+))')


@dataclass(frozen=True, slots=True)
class Described:
    """What a server said: its description (SDP) and by how many seconds its clock is ahead."""

    sdp: str
    clock_off: float | None


def describe(target: Target, address: str, port: int, *, within: float) -> Described:
    """Ask for the description of a stream at a looked-up address.

    Raises :class:`LookError`: network, authentication, or stream (another answer, no video).
    """
    deadline = monotonic() + within
    link = open_link(address, port, deadline)
    try:
        answer = _ask(link, target, 1, deadline)
        if answer.status == 401 and target.user and answer.challenge:
            answer = _ask(link, target, 2, deadline, _answer_to(answer.challenge, target))
    finally:
        link.close()
    if answer.status in (401, 403):
        raise LookError(lifecycle.AUTHENTICATION, "wrong_password", f"RTSP {answer.status}")
    if answer.status != 200:
        detail = "not_found" if answer.status in (404, 454) else "no_video"
        raise LookError(lifecycle.STREAM, detail, f"RTSP {answer.status}")
    if not re.search(r"^m=video\b", answer.body, re.MULTILINE):
        raise LookError(lifecycle.STREAM, "no_video", "SDP")
    return Described(answer.body, _clock_off(answer.date))


def open_link(address: str, port: int, deadline: float) -> socket.socket:
    """Return a connection; raises :class:`LookError` (network)."""
    try:
        return socket.create_connection((address, port), timeout=_left(deadline))
    except TimeoutError:
        raise LookError(lifecycle.NETWORK, "no_answer") from None
    except ConnectionRefusedError:
        raise LookError(lifecycle.NETWORK, "refused") from None
    except OSError as fault:
        raise LookError(lifecycle.NETWORK, "no_answer", fault.strerror or "") from None


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    challenge: str
    date: str
    body: str


def _ask(
    link: socket.socket, target: Target, number: int, deadline: float, authorization: str = ""
) -> _Answer:
    lines = [
        f"DESCRIBE {target.address} RTSP/1.0",
        f"CSeq: {number}",
        "Accept: application/sdp",
        "User-Agent: Linli",
    ]
    if authorization:
        lines.append(f"Authorization: {authorization}")
    try:
        link.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
        return _read(link, deadline)
    except TimeoutError:
        raise LookError(lifecycle.STREAM, "slow") from None
    except OSError as fault:
        raise LookError(lifecycle.NETWORK, "no_answer", fault.strerror or "") from None


def _read(link: socket.socket, deadline: float) -> _Answer:
    data = b""
    while b"\r\n\r\n" not in data:
        data += _more(link, deadline, data)
    head, _, body = data.partition(b"\r\n\r\n")
    first, *rest = head.decode(errors="replace").split("\r\n")
    if not (found := re.match(r"RTSP/1\.\d (\d{3})", first)):
        raise LookError(lifecycle.STREAM, "other_answer", first)
    fields: dict[str, list[str]] = {}
    for line in rest:
        name, _, value = line.partition(":")
        fields.setdefault(name.strip().lower(), []).append(value.strip())
    length = fields.get("content-length", ["0"])[0]
    wanted = min(int(length), MOST_BYTES) if length.isdecimal() else 0
    while len(body) < wanted:
        body += _more(link, deadline, body)
    challenges = sorted(fields.get("www-authenticate", []), key=lambda text: "igest" not in text)
    return _Answer(
        int(found[1]), challenges[0] if challenges else "", fields.get("date", [""])[0],
        body.decode(errors="replace"),
    )  # fmt: skip


def _more(link: socket.socket, deadline: float, so_far: bytes) -> bytes:
    if len(so_far) > MOST_BYTES:
        raise LookError(lifecycle.STREAM, "other_answer", so_far[:80].decode(errors="replace"))
    link.settimeout(_left(deadline))
    data = link.recv(8192)
    if not data:
        raise LookError(lifecycle.STREAM, "other_answer", so_far[:80].decode(errors="replace"))
    return data


def _left(deadline: float) -> float:
    left = deadline - monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _answer_to(challenge: str, target: Target) -> str:
    scheme, _, rest = challenge.partition(" ")
    if scheme.lower() == "basic":
        token = base64.b64encode(f"{target.user}:{target.password}".encode()).decode()
        return f"Basic {token}"
    asked: dict[str, Any] = {
        name.lower(): quoted or bare for name, quoted, bare in _PAIR.findall(rest)
    }
    return digest(asked, target, "DESCRIBE")


def digest(asked: dict[str, Any], target: Target, method: str) -> str:
    """Return the answer to a Digest challenge (RFC 7616), with MD5 or SHA-256."""
    name = asked.get("algorithm", "MD5")
    algorithm = hashlib.sha256 if name.upper().startswith("SHA-256") else hashlib.md5

    def hashed(text: str) -> str:
        return algorithm(text.encode(), usedforsecurity=False).hexdigest()

    realm, nonce = asked.get("realm", ""), asked.get("nonce", "")
    first = hashed(f"{target.user}:{realm}:{target.password}")
    second = hashed(f"{method}:{target.address}")
    parts = {"username": target.user, "realm": realm, "nonce": nonce, "uri": target.address}
    plain = {}
    if "auth" in asked.get("qop", "").split(","):
        own = secrets.token_hex(8)
        parts["cnonce"] = own
        plain = {"qop": "auth", "nc": "00000001"}
        parts["response"] = hashed(f"{first}:{nonce}:00000001:{own}:auth:{second}")
    else:
        parts["response"] = hashed(f"{first}:{nonce}:{second}")
    if "algorithm" in asked:
        plain["algorithm"] = name
    if "opaque" in asked:
        parts["opaque"] = asked["opaque"]
    written = [f'{key}="{value}"' for key, value in parts.items()]
    return "Digest " + ", ".join(written + [f"{key}={value}" for key, value in plain.items()])


def _clock_off(date: str) -> float | None:
    try:
        there = parsedate_to_datetime(date)
    except ValueError:
        return None
    if there.tzinfo is None:
        there = there.replace(tzinfo=UTC)
    return (there - datetime.now(UTC)).total_seconds()
