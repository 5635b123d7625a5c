"""The event stream: who hears what, in order, without a gap, and from where they left off."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest
from django.conf import settings
from django.db import connections, transaction
from django.test import Client
from django.utils import timezone

from linli.notices.actions.forget_old import forget_events
from linli.notices.models import StreamEvent
from linli.notices.stream import hub, server
from linli.notices.stream.hub import Hub, Listener
from linli.notices.stream.publish import Nudge, publish, publish_all
from tests.cast import Cast, make_cast

pytestmark = pytest.mark.django_db(transaction=True)
BACKEND = "linli.accounts.backend.RoleBackend"


@pytest.fixture
def people() -> Cast:
    return make_cast()


@pytest.fixture(autouse=True)
def _doors_closed() -> Iterator[None]:
    yield
    server._doors.submit(connections.close_all).result()


def cookie(cast: Cast, name: str) -> str:
    client = Client()
    client.force_login(cast.users[name], backend=BACKEND)
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


@dataclass
class Browser:
    """One connection: what came, as (id, kind, data)."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    events: asyncio.Queue[tuple[int, str, str]] = field(default_factory=asyncio.Queue)
    ended: asyncio.Event = field(default_factory=asyncio.Event)

    async def send(self, message: Any) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = {name.decode(): value.decode() for name, value in message["headers"]}
            return
        for block in message["body"].decode().split("\n\n"):
            parts = dict(line.split(": ", 1) for line in block.splitlines() if ": " in line)
            if "event" in parts:
                self.events.put_nowait((int(parts["id"]), parts["event"], parts["data"]))
        if not message.get("more_body"):
            self.ended.set()

    async def heard(self) -> tuple[int, str, str]:
        return await asyncio.wait_for(self.events.get(), 5)


@asynccontextmanager
async def visit(
    cookies: str, query: str = "topic=person", **headers: str
) -> AsyncIterator[Browser]:
    """Ask the application as a browser does, until the block ends."""
    browser, gone = Browser(), asyncio.Event()
    given = {"host": "localhost:18000", "cookie": cookies, **headers}
    scope = {
        "type": "http", "method": "GET", "path": "/stream/", "query_string": query.encode(),
        "headers": [(n.replace("_", "-").encode(), v.encode()) for n, v in given.items()],
    }  # fmt: skip

    async def receive() -> dict[str, str]:
        await gone.wait()
        return {"type": "http.disconnect"}

    task = asyncio.create_task(server.application(scope, receive, browser.send))
    try:
        while not browser.status:
            await asyncio.sleep(0.01)
        yield browser
    finally:
        gone.set()
        task.cancel()


async def do[T](act: Callable[[], T]) -> T:
    """Do something with the database beside the loop."""

    def run() -> T:
        try:
            return act()
        finally:
            connections.close_all()

    return await asyncio.to_thread(run)


def run(story: Callable[[], Awaitable[None]]) -> None:
    """Run a story with a hub of its own."""

    async def told() -> None:
        server.hub = Hub()
        server.hub.start()
        try:
            await asyncio.wait_for(story(), 30)
        finally:
            await server.hub.stop()

    asyncio.run(told())


def tell(topic: str, *numbers: int) -> Callable[[], None]:
    def act() -> None:
        with transaction.atomic():
            nudges = [Nudge(topic, "notice", {"n": number}) for number in numbers]
            publish_all(nudges, at=timezone.now())

    return act


def test_a_person_hears_what_is_theirs_and_nothing_else(people: Cast) -> None:
    mine, other = people.users["clerk"].id, people.users["director"].id
    own = cookie(people, "clerk")

    async def story() -> None:
        async with visit(own) as browser:
            assert browser.status == 200
            _number, kind, data = await browser.heard()
            assert (kind, data) == ("hello", f'{{"person:{mine}":{{"unread":0}}}}')
            await do(tell(f"person:{other}", 1))
            await do(tell(f"person:{mine}", 2, 3))
            assert [(await browser.heard())[2] for _ in range(2)] == ['{"n":2}', '{"n":3}']
            assert browser.events.empty()

    run(story)


def test_a_browser_goes_on_where_it_was(people: Cast) -> None:
    mine = people.users["clerk"].id
    own = cookie(people, "clerk")

    async def story() -> None:
        async with visit(own) as browser:
            await browser.heard()
            await do(tell(f"person:{mine}", 1))
            last, _kind, _data = await browser.heard()
        await do(tell(f"person:{mine}", *range(2, 50)))
        async with visit(own, last_event_id=str(last)) as browser:
            await do(tell(f"person:{mine}", 50))
            heard = [(await browser.heard())[2] for _ in range(49)]
            assert heard == [f'{{"n":{number}}}' for number in range(2, 51)]

    run(story)


def test_a_late_commit_is_not_lost(people: Cast) -> None:
    """An id is taken before the commit: the event with the smaller id is seen after the other."""
    mine = people.users["clerk"].id
    own = cookie(people, "clerk")
    began, go_on = asyncio.Event(), asyncio.Event()

    async def story() -> None:
        loop = asyncio.get_running_loop()

        def slow() -> None:
            with transaction.atomic():
                publish(f"person:{mine}", "notice", {"n": "slow"}, at=timezone.now())
                loop.call_soon_threadsafe(began.set)
                asyncio.run_coroutine_threadsafe(go_on.wait(), loop).result(10)

        async with visit(own) as browser:
            await browser.heard()
            waiting = asyncio.create_task(do(slow))
            await began.wait()
            await do(tell(f"person:{mine}", 1))
            last, _kind, first = await browser.heard()
            assert first == '{"n":1}'
        go_on.set()
        await waiting
        async with visit(own, query=f"topic=person&after={last}") as browser:
            assert (await browser.heard())[2] == '{"n":"slow"}'

    run(story)


def test_what_is_no_longer_kept_is_said(people: Cast) -> None:
    mine = people.users["clerk"].id
    own = cookie(people, "clerk")

    async def story() -> None:
        async with visit(own) as browser:
            await browser.heard()
            await do(tell(f"person:{mine}", 1, 2))
            assert await browser.heard()
            await browser.heard()
        late = timezone.now() + timedelta(days=1)
        await do(lambda: forget_events(at=late))
        async with visit(own, last_event_id="1") as browser:
            assert (await browser.heard())[1] == "reset"

    run(story)
    assert not StreamEvent.objects.exists()


def test_the_door(people: Cast) -> None:
    own = cookie(people, "clerk")
    other = people.users["director"].id
    people.users["officer"].must_change_password = True
    people.users["officer"].save()
    shut = cookie(people, "officer")

    async def refused(cookies: str, query: str = "topic=person", **headers: str) -> bool:
        async with visit(cookies, query, **headers) as browser:
            await asyncio.wait_for(browser.ended.wait(), 5)
            return browser.status == 403

    async def story() -> None:
        assert await refused("")
        assert await refused(f"{settings.SESSION_COOKIE_NAME}=nonsense")
        assert await refused(own, f"topic=person:{other}")
        assert await refused(own, "topic=person&topic=board:6203")
        assert await refused(own, "")
        assert await refused(shut)
        assert await refused(own, origin="https://elsewhere.example")
        assert await refused(own, host="elsewhere.example")
        async with visit(own, origin="http://localhost:8000") as browser:
            assert browser.headers["access-control-allow-origin"] == "http://localhost:8000"
            assert browser.headers["access-control-allow-credentials"] == "true"

    run(story)


def test_whoever_signs_out_hears_no_more_and_the_others_keep_their_connection(
    people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "RECHECK", 0.1)
    leaving, staying = cookie(people, "clerk"), cookie(people, "mediator")

    async def story() -> None:
        async with visit(leaving) as gone, visit(staying) as there:
            await asyncio.sleep(0.5)
            assert not gone.ended.is_set()
            await asyncio.to_thread(sign_out, leaving)
            await asyncio.wait_for(gone.ended.wait(), 5)
            assert not there.ended.is_set()

    run(story)


def sign_out(cookies: str) -> None:
    """End a session, as somebody does at another window."""
    import_module(settings.SESSION_ENGINE).SessionStore(cookies.split("=")[1]).flush()
    connections.close_all()


def test_a_connection_that_is_too_slow_ends_at_once() -> None:
    async def story() -> None:
        listener = Listener(frozenset({"x"}))
        for number in range(1, hub.BACKLOG + 2):
            listener.give(number, b"")
        assert [part async for part in listener.parts(0)] == []

    asyncio.run(story())


def test_a_long_silence_is_broken() -> None:
    async def story() -> None:
        listener = Listener(frozenset({"x"}))
        parts = listener.parts(0)
        listener.tend(hub.SILENCE + 1)
        assert await anext(parts) == b":\n\n"
        listener.give(1, b"one")
        listener.give(2, b"two")
        assert await anext(parts) == b"onetwo"

    asyncio.run(story())
