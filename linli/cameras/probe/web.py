"""Asking over HTTP, as playlists and ONVIF need it: one looked-up address, no redirects, in time."""

import socket
import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from time import monotonic

import httpx

from linli.cameras import lifecycle
from linli.cameras.limits import ForbiddenAddressError, Net, resolve
from linli.cameras.probe.finding import LookError, Target

MOST_BYTES = 12 * 1024 * 1024
_PORTS = {"http": 80, "https": 443}


@cache
def _trusted() -> ssl.SSLContext:
    """Return whom to trust; read once, because reading it costs more than a look."""
    return httpx.create_ssl_context(trust_env=False)


@dataclass(frozen=True, slots=True)
class Reply:
    """What was answered."""

    status: int
    content_type: str
    body: bytes
    date: str


@dataclass(frozen=True, slots=True)
class _Question:
    method: str
    address: str
    body: bytes = b""
    kind: str = ""


class Asker:
    """Asks addresses inside the allowed networks with a target's credentials, until a deadline."""

    def __init__(self, target: Target, networks: Sequence[Net], within: float) -> None:
        self.target, self.networks = target, networks
        self.deadline = monotonic() + within
        self._client = httpx.Client(follow_redirects=False, trust_env=False, verify=_trusted())

    def __enter__(self) -> "Asker":
        return self

    def __exit__(self, *_fault: object) -> None:
        self._client.close()

    def get(self, address: str, most: int = MOST_BYTES) -> Reply:
        """Fetch an address; raises :class:`LookError` (network, authentication, stream)."""
        return self._signed(_Question("GET", address), most)

    def post(self, address: str, body: bytes, content_type: str) -> Reply:
        """Send a body to an address."""
        return self._signed(_Question("POST", address, body, content_type), MOST_BYTES)

    def _signed(self, question: "_Question", most: int) -> Reply:
        reply, challenge = self._ask(question, most, None)
        if reply.status == 401 and self.target.user:
            auth: httpx.Auth = httpx.DigestAuth(self.target.user, self.target.password)
            if "digest" not in challenge.lower():
                auth = httpx.BasicAuth(self.target.user, self.target.password)
            reply, _challenge = self._ask(question, most, auth)
        if reply.status in (401, 403):
            raise LookError(lifecycle.AUTHENTICATION, "wrong_password", f"HTTP {reply.status}")
        return reply

    def _ask(self, question: "_Question", most: int, auth: httpx.Auth | None) -> tuple[Reply, str]:
        url, host = pinned(question.address, self.networks)
        headers = {"Host": host, "User-Agent": "Linli"}
        if question.kind:
            headers["Content-Type"] = question.kind
        left = self.deadline - monotonic()
        if left <= 0:
            raise LookError(lifecycle.STREAM, "slow")
        request = self._client.build_request(
            question.method, url, content=question.body or None, headers=headers, timeout=left,
            extensions={"sni_hostname": host.partition(":")[0]},
        )  # fmt: skip
        try:
            response = self._client.send(request, auth=auth, stream=True)
            try:
                data = self._body(response, most)
            finally:
                response.close()
        except httpx.ConnectTimeout:
            raise LookError(lifecycle.NETWORK, "no_answer") from None
        except httpx.ConnectError as fault:
            detail = "refused" if "refused" in str(fault).lower() else "no_answer"
            raise LookError(lifecycle.NETWORK, detail) from None
        except httpx.TimeoutException:
            raise LookError(lifecycle.STREAM, "slow") from None
        except httpx.HTTPError as fault:
            raise LookError(lifecycle.STREAM, "other_answer", str(fault)) from None
        known = response.headers
        reply = Reply(
            response.status_code, known.get("content-type", ""), data, known.get("date", "")
        )
        return reply, known.get("www-authenticate", "")

    def _body(self, response: httpx.Response, most: int) -> bytes:
        data = bytearray()
        for piece in response.iter_bytes():
            data += piece
            if len(data) > most:
                raise LookError(lifecycle.STREAM, "other_answer", f"> {most // 1024} KB")
            if monotonic() > self.deadline:
                raise LookError(lifecycle.STREAM, "slow")
        return bytes(data)


def pinned(address: str, networks: Sequence[Net]) -> tuple[httpx.URL, str]:
    """Return an address with its host looked up and checked, and the host as it was called."""
    try:
        url = httpx.URL(address)
    except httpx.InvalidURL:
        raise LookError(lifecycle.STREAM, "other_answer", "URL") from None
    if url.scheme not in _PORTS or not url.host:
        raise LookError(lifecycle.STREAM, "other_answer", url.scheme)
    found = look_up(url.host, url.port or _PORTS[url.scheme], networks)
    return url.copy_with(host=found), url.netloc.decode("ascii")


def look_up(host: str, port: int, networks: Sequence[Net]) -> str:
    """Return the one address to connect to; raises :class:`LookError` (network)."""
    try:
        return resolve(host, port, networks)
    except ForbiddenAddressError:
        raise LookError(lifecycle.NETWORK, "forbidden") from None
    except socket.gaierror:
        raise LookError(lifecycle.NETWORK, "unknown_name") from None
    except OSError as fault:
        raise LookError(lifecycle.NETWORK, "no_answer", fault.strerror or "") from None
