"""A browser, and a whole Linli with the cast of tests/cast.py for it to visit."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Locator,
    Page,
    StorageState,
    sync_playwright,
)

from linli.site.tests.server import address_of, template
from tests.cast import PASSWORD
from tests.instance import ROOT, Instance, instance

ARGUMENTS = [
    "--no-sandbox",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--ignore-gpu-blocklist",
    "--disable-background-networking",
    "--disable-dev-shm-usage",
    "--font-render-hinting=none",
]
BROWSERS = ("chromium-headless-shell", "chromium")
DESK, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
SERIOUS = {"serious", "critical"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark all tests here."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="package")
def linli(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    """Serve a Linli of its own, with a database of its own, for all journeys."""
    name = f"journeys_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    with psycopg.connect(address_of("postgres"), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template()}")
    with instance(tmp_path_factory.mktemp("journeys").resolve(), address_of(name)) as made:
        made.tell("import tests.journeys.prepare")
        made.start()
        yield made
        made.stop()


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Start the system's Chromium without a window; the shell made for that takes half the work."""
    program = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield made
        made.close()


@pytest.fixture(scope="package")
def sessions(linli: Instance) -> dict[str, StorageState]:
    """Hold the cookies of whoever has signed in: who comes again needs no form."""
    return {}


@pytest.fixture
def visit(
    linli: Instance, browser: Browser, sessions: dict[str, StorageState]
) -> Iterator[Callable[..., Page]]:
    """Open a page as a person: ``visit("clerk", "/", viewport=PHONE)``; nobody: ``visit(None)``.

    Somebody's first visit begins with the form of the sign-in.

    At the end of the test no page may have thrown, nor been stopped by its security policy.
    """
    contexts: list[BrowserContext] = []
    troubles: list[str] = []

    def open_page(name: str | None, path: str = "/", **options: object) -> Page:
        given = {"locale": "zh-CN", "timezone_id": "Asia/Shanghai", "viewport": DESK} | options
        # Without a graphics card each frame of a map that fades in costs what a page costs.
        given.setdefault("reduced_motion", "reduce")
        given["storage_state"] = sessions.get(name or "")
        context = browser.new_context(base_url=f"http://127.0.0.1:{linli.port}", **given)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: troubles.append(f"{page.url}: {error}"))
        page.on("console", lambda m: _note(m.type, m.text, troubles))
        if name is not None and name not in sessions:
            sign_in(page, name)
            # Drafts and what else a page keeps belong to one browser and one test.
            sessions[name] = {"cookies": context.storage_state()["cookies"], "origins": []}
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert troubles == []


def _note(kind: str, text: str, troubles: list[str]) -> None:
    # A refused request is an answer the page has to show; it is no fault of the page.
    if kind == "error" and not text.startswith("Failed to load resource"):
        troubles.append(text)


def sign_in(page: Page, name: str, password: str = PASSWORD) -> None:
    """Fill the sign-in form and wait for the page behind it."""
    page.goto("/accounts/login/")
    page.locator("input[name=login]").fill(name)
    page.locator("input[name=password]").fill(password)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url(lambda url: "/login" not in url)


def look_again(page: Page, locator: Locator) -> Locator:
    """Load the page anew until the worker has done what ``locator`` shows, a minute at most.

    What stands in a history that is folded up does not show it.
    """
    for _turn in range(30):
        if locator.first.is_visible():
            break
        page.wait_for_timeout(2_000)
        page.reload()
    return locator


def assert_accessible(page: Page) -> None:
    """Run axe on the page as it stands; nothing serious may be found."""
    page.evaluate((ROOT / "frontend/node_modules/axe-core/axe.min.js").read_text())
    found = page.evaluate("axe.run()")
    wrong = [
        f"{one['id']}: {node['html']}"
        for one in found["violations"]
        if one["impact"] in SERIOUS
        for node in one["nodes"]
    ]
    assert wrong == []
