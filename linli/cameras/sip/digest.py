"""Digest authentication (RFC 2617, RFC 7616) as the standard's devices speak it, and SHA-256."""

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from time import time

ALGORITHMS = {"MD5": "md5", "SHA-256": "sha256"}
# How long a nonce may be answered, in seconds.
FRESH = 120
_PAIR = re.compile(r'([A-Za-z0-9_-]{1,32})\s*=\s*(?:"((?:[^"\\]|\\.){0,512})"|([^\s,"]{1,512}))')


@dataclass(frozen=True, slots=True)
class Answer:
    """What a device answered to a challenge."""

    username: str
    realm: str
    nonce: str
    uri: str
    response: str
    algorithm: str = "MD5"
    qop: str = ""
    nc: str = ""
    cnonce: str = ""


class Nonces:
    """Makes nonces that this process knows again, each good for a while and for one count of uses.

    A nonce is its time, a random part and a keyed hash of both, so nothing is kept for those that
    nobody answers. The highest count of uses is kept for those that somebody did.
    """

    def __init__(self, key: bytes | None = None, *, fresh: float = FRESH) -> None:
        self._key = key or secrets.token_bytes(32)
        self._fresh = fresh
        self._used: dict[str, tuple[float, int]] = {}

    def make(self, now: float | None = None) -> str:
        """Return a new nonce."""
        moment = f"{int(time() if now is None else now):x}"
        salt = secrets.token_hex(6)
        return f"{moment}.{salt}.{self._mark(moment, salt)}"

    def accept(self, nonce: str, count: str, now: float | None = None) -> bool:
        """Say whether a nonce is ours, fresh, and used with a count it wasn't used with before."""
        moment = time() if now is None else now
        parts = nonce.split(".")
        if len(parts) != 3 or not nonce.isascii():
            return False
        if not hmac.compare_digest(parts[2], self._mark(parts[0], parts[1])):
            return False
        age = moment - int(parts[0], 16)
        uses = int(count, 16) if re.fullmatch(r"[0-9A-Fa-f]{1,8}", count) else 1
        _, before = self._used.get(nonce, (0, 0))
        if not -1 <= age <= self._fresh or uses <= before:
            return False
        self._forget(moment)
        self._used[nonce] = (moment, uses)
        return True

    def _mark(self, moment: str, salt: str) -> str:
        return hmac.new(self._key, f"{moment}.{salt}".encode(), "sha256").hexdigest()[:24]

    def _forget(self, now: float) -> None:
        if len(self._used) > 4096:
            kept = {n: u for n, u in self._used.items() if now - u[0] <= self._fresh}
            self._used = kept


def challenges(realm: str, nonce: str) -> list[tuple[str, str]]:
    """Return the WWW-Authenticate headers: MD5 first, since many devices read only one."""
    return [
        (
            "www-authenticate",
            f'Digest realm="{realm}", nonce="{nonce}", algorithm={name}, qop="auth"',
        )
        for name in ALGORITHMS
    ]


def read_answer(header: str) -> Answer | None:
    """Read an Authorization header; None where it is none or lacks what it needs."""
    scheme, _, rest = header.partition(" ")
    if scheme.lower() != "digest":
        return None
    said = {name.lower(): quoted or plain for name, quoted, plain in _PAIR.findall(rest)}
    needed = ("username", "realm", "nonce", "uri", "response")
    if any(not said.get(name) for name in needed):
        return None
    algorithm = said.get("algorithm", "MD5").upper()
    if algorithm not in ALGORITHMS or said.get("qop", "") not in ("", "auth"):
        return None
    optional = {name: said.get(name, "") for name in ("qop", "nc", "cnonce")}
    return Answer(**{name: said[name] for name in needed}, algorithm=algorithm, **optional)


def response_of(answer: Answer, method: str, password: str) -> str:
    """Return what the right answer would be."""

    def hashed(text: str) -> str:
        return hashlib.new(ALGORITHMS[answer.algorithm], text.encode()).hexdigest()

    secret = hashed(f"{answer.username}:{answer.realm}:{password}")
    asked = hashed(f"{method}:{answer.uri}")
    if answer.qop:
        counted = f"{answer.nc}:{answer.cnonce}:{answer.qop}"
        return hashed(f"{secret}:{answer.nonce}:{counted}:{asked}")
    return hashed(f"{secret}:{answer.nonce}:{asked}")


def is_right(answer: Answer, method: str, password: str) -> bool:
    """Say whether the device knows the password; takes the same time either way."""
    expected = response_of(answer, method, password)
    return hmac.compare_digest(expected.encode(), answer.response.lower().encode())
