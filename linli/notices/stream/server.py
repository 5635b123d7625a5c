"""The process that holds the browsers' connections: ``GET /stream/?topic=person`` (ASGI).

Served as ``linli.site.asgi``; a worker or page that publishes does not know of it. Every while it is
asked anew who is there: whoever signed out, or lost a role, hears nothing after that. A connection
that is in order stays, for a browser that had to come back would hear late what happened meanwhile.
"""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from typing import Any
from urllib.parse import parse_qs, urlsplit

import psycopg
from django.db import DatabaseError

from linli.notices.stream import log
from linli.notices.stream.hub import Hub, Listener, frame, past
from linli.notices.stream.visitor import Visitor, admit, known_host

type Scope = Mapping[str, Any]
type Receive = Callable[[], Awaitable[Mapping[str, Any]]]
type Send = Callable[[Mapping[str, Any]], Awaitable[None]]

PATH = "/stream/"
# After so many seconds the door is asked again, for as long as a connection lasts.
RECHECK = 120.0
MOST_TOPICS = 8

hub = Hub()
# One thread asks the database who somebody is: a city's browsers that all come back at once wait
# for each other, not on each other's connections.
_doors = ThreadPoolExecutor(1, "door")


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Serve one connection, or the process's beginning and end."""
    if scope["type"] == "lifespan":
        await _live(receive, send)
    elif scope["type"] == "http":
        await _serve(scope, receive, send)


async def _live(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            hub.start()
            await send({"type": "lifespan.startup.complete"})
        elif message["type"] == "lifespan.shutdown":
            await hub.stop()
            await send({"type": "lifespan.shutdown.complete"})
            return


async def _serve(scope: Scope, receive: Receive, send: Send) -> None:
    headers = {
        name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]
    }
    if scope["path"] != PATH or scope["method"] != "GET":
        await _answer(send, 404, {})
        return
    host = headers.get("host", "")
    allowed = _origin(headers.get("origin", ""), host)
    if not known_host(host) or allowed is None:
        await _answer(send, 403, {})
        return
    query = parse_qs(scope["query_string"].decode("latin-1"))
    last = _number(headers.get("last-event-id") or "".join(query.get("after", [])))
    topics = query.get("topic", [])[:MOST_TOPICS]
    find = partial(admit, headers.get("cookie", ""), topics, greet=last is None)
    try:
        visitor = await asyncio.get_running_loop().run_in_executor(_doors, find)
    except DatabaseError:
        await _answer(send, 503, allowed)
        return
    if visitor is None:
        await _answer(send, 403, allowed)
        return
    await _answer(send, 200, allowed, more=True)
    listener = Listener(visitor.topics)
    gone = asyncio.create_task(_until_gone(receive, listener))
    still = partial(admit, headers.get("cookie", ""), topics, greet=False)
    checked = asyncio.create_task(_until_shut_out(still, listener))
    try:
        async for part in _events(visitor, last, listener):
            await send({"type": "http.response.body", "body": part, "more_body": True})
        if not gone.done():
            await send({"type": "http.response.body", "body": b"", "more_body": False})
    finally:
        gone.cancel()
        checked.cancel()


async def _until_shut_out(still: Callable[[], Visitor | None], listener: Listener) -> None:
    """Ask the door again and again; end the connection of whoever would not be let in now."""
    while not listener.over:
        # Not all at the same moment.
        await asyncio.sleep(RECHECK * random.uniform(0.8, 1.2))  # noqa: S311
        # Without the database nothing is published either.
        with suppress(DatabaseError):
            visitor = await asyncio.get_running_loop().run_in_executor(_doors, still)
            if visitor is None or visitor.topics != listener.topics:
                listener.end()


async def _until_gone(receive: Receive, listener: Listener) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    listener.end()


async def _events(visitor: Visitor, last: int | None, listener: Listener) -> AsyncIterator[bytes]:
    """Yield what the browser is told, from the last number it saw, until its time is over."""
    await hub.ready.wait()
    hub.join(listener)
    try:
        yield b"retry: 2000\n\n"
        seen = hub.at if last is None else last
        if last is None:
            yield frame(seen, "hello", visitor.greetings)
        else:
            missed = await _missed(last, visitor)
            seen = missed[-1][0] if missed else last
            yield b"".join(event for _sequence, event in missed)
        async for part in listener.parts(seen):
            yield part
    finally:
        hub.leave(listener)


async def _missed(last: int, visitor: Visitor) -> list[tuple[int, bytes]]:
    """Return what came since the browser was here; ``reset`` where that is no longer known."""
    with suppress(psycopg.Error, OSError):
        async with await log.connect() as events:
            head, forgotten = await log.head(events)
            if forgotten <= last <= head:
                return list(past(await log.since(events, last, visitor.topics)))
    return [(hub.at, frame(hub.at, "reset", {}))]


def _origin(origin: str, host: str) -> dict[str, str] | None:
    """Return the headers that let a page of this installation on another port read the stream.

    None for a page from anywhere else.
    """
    if not origin:
        return {}
    if urlsplit(origin).hostname != urlsplit(f"//{host}").hostname:
        return None
    return {
        "access-control-allow-origin": origin,
        "access-control-allow-credentials": "true",
        "vary": "origin",
    }


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 18 else None


async def _answer(
    send: Send, status: int, more_headers: Mapping[str, str], *, more: bool = False
) -> None:
    headers = {
        "content-type": "text/event-stream; charset=utf-8",
        "cache-control": "no-store",
        # A proxy passes each event on as it comes.
        "x-accel-buffering": "no",
        **more_headers,
    }
    raw = [(name.encode(), value.encode()) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": status, "headers": raw})
    if not more:
        await send({"type": "http.response.body", "body": b""})
