"""One POST to somebody else's server, which may be slow, silent or hostile."""

import asyncio
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import httpx

from linli.exchange.targets import ForbiddenTargetError, checked_address, host_of, lookups

# From the look-up of the name to the answer's status line, however slowly it drips.
LONGEST_SECONDS = 10.0
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a POST: the HTTP status, or ``error`` (a key of ``queries.ERRORS``)."""

    status: int | None
    error: str
    milliseconds: int

    @property
    def is_taken(self) -> bool:
        """Say whether the other side took it."""
        return self.status is not None and 200 <= self.status < 300


def post(url: httpx.URL, body: bytes, headers: Mapping[str, str], *, is_allowed: bool) -> Answer:
    """Send ``body`` and wait for the answer's head, at most :data:`LONGEST_SECONDS`. Never raises."""
    began = time.monotonic()
    status, error = asyncio.run(_try(url, body, headers, is_allowed=is_allowed))
    return Answer(status, error, int((time.monotonic() - began) * 1000))


async def _try(
    url: httpx.URL, body: bytes, headers: Mapping[str, str], *, is_allowed: bool
) -> tuple[int | None, str]:
    try:
        async with asyncio.timeout(LONGEST_SECONDS):
            status = await _post(url, body, headers, is_allowed=is_allowed)
    except (TimeoutError, httpx.TimeoutException):
        return None, "timeout"
    except ForbiddenTargetError:
        return None, "forbidden"
    except httpx.HTTPError as error:
        return None, "tls" if _is_about_tls(error) else "connection"
    except (OSError, UnicodeError):
        return None, "name"
    if 300 <= status < 400:
        return status, "redirect"
    return status, "" if 200 <= status < 300 else "status"


async def _post(
    url: httpx.URL, body: bytes, headers: Mapping[str, str], *, is_allowed: bool
) -> int:
    port = url.port or _PORTS[url.scheme]
    loop = asyncio.get_running_loop()
    address = await loop.run_in_executor(
        lookups, lambda: checked_address(url.host, port, is_allowed=is_allowed)
    )
    # Proxies named in the environment would look the name up again; redirects are not followed.
    async with httpx.AsyncClient(
        trust_env=False, follow_redirects=False, verify=_certificates(), timeout=LONGEST_SECONDS
    ) as client:
        request = client.build_request(
            "POST",
            url.copy_with(host=address),
            content=body,
            headers={**headers, "host": url.netloc.decode()},
            # The certificate is checked against the name, not the number.
            extensions={"sni_hostname": host_of(url)},
        )
        response = await client.send(request, stream=True)
        await response.aclose()
        return response.status_code


@cache
def _certificates() -> ssl.SSLContext:
    return httpx.create_ssl_context()


def _is_about_tls(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, ssl.SSLError):
            return True
        error = error.__cause__ or error.__context__
    return False
