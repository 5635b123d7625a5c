"""One POST to somebody else's server: bounded in time and size, never redirected."""

import time
from collections.abc import Mapping

import httpx

from linli.notices.channels.parcel import Doubtful, Rejected, Unreachable

SECONDS = 10
_MOST_BYTES = 64 * 1024


def post(url: str, body: bytes, headers: Mapping[str, str]) -> str:
    """Return the answer's text where the server answered 2xx; raises one of the three failures."""
    began = time.monotonic()
    limits = httpx.Timeout(SECONDS, connect=5)
    try:
        # The proxies of the environment are not for messages about people.
        with (
            httpx.Client(timeout=limits, follow_redirects=False, trust_env=False) as client,
            client.stream("POST", url, content=body, headers=dict(headers)) as answer,
        ):
            text = _read(answer, began + SECONDS)
            _judge(answer.status_code)
            return text
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
        raise Unreachable("the server can't be reached") from error
    except (httpx.InvalidURL, httpx.UnsupportedProtocol, UnicodeError) as error:
        raise Rejected("the address can't be used") from error
    except httpx.HTTPError as error:
        raise Doubtful(f"the server gave no whole answer ({type(error).__name__})") from error


def _read(answer: httpx.Response, deadline: float) -> str:
    """Read the answer, however slowly it comes, until there is enough or time is up."""
    parts, size = [], 0
    for part in answer.iter_bytes():
        parts.append(part)
        size += len(part)
        if size > _MOST_BYTES or time.monotonic() > deadline:
            break
    return b"".join(parts).decode("utf-8", "replace")


def _judge(status: int) -> None:
    if 200 <= status < 300:
        return
    if status in {408, 425, 429} or status >= 500:
        raise Unreachable(f"the server asked to wait ({status})")
    raise Rejected(f"the server refused it ({status})")
