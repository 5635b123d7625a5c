"""The components and islands of the style guide in a real browser: they work, and for everybody."""

import threading
from collections.abc import Iterator
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.core.wsgi import get_wsgi_application
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import DESK, PHONE, assert_accessible

pytestmark = pytest.mark.urls("linli.site.tests.styleguide_urls")


class Server(ThreadingMixIn, WSGIServer):
    """Answers several requests of one page at once."""

    daemon_threads = True


class Silent(WSGIRequestHandler):
    """Keeps the test's output clean."""

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@pytest.fixture
def address() -> Iterator[str]:
    """Serve the site from this process: the style guide needs no database."""
    with make_server("127.0.0.1", 0, get_wsgi_application(), Server, Silent) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/styleguide/"
        server.shutdown()


def note(kind: str, text: str, troubles: list[str]) -> None:
    """Keep what a script complained about; a request that failed is for the page to tell."""
    expected = ("Failed to load resource", "htmx: htmx:error: Failed to fetch")
    if kind == "error" and not text.startswith(expected):
        troubles.append(text)


@pytest.fixture
def guide(address: str, browser: Browser) -> Iterator[Page]:
    """Open the style guide; no script may fail and nothing may break the security policy."""
    context = browser.new_context(locale="zh-CN", viewport=DESK)
    page = context.new_page()
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", lambda message: note(message.type, message.text, troubles))
    page.goto(address)
    yield page
    context.close()
    assert troubles == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_no_serious_barrier(
    address: str, browser: Browser, theme: str, size: dict[str, int]
) -> None:
    context = browser.new_context(locale="zh-CN", viewport=size, color_scheme=theme)
    page = context.new_page()
    page.goto(address)
    expect(page.locator(".place [role=combobox]")).to_be_visible()
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    context.close()


def test_destructive_verb_asks_and_the_safe_answer_has_the_focus(guide: Page) -> None:
    button = guide.get_by_role("button", name="撤回事项", exact=True).first
    dialog = guide.locator("#confirm-dialog")
    button.click()
    expect(dialog).to_contain_text("撤回后，这件事项不再办理")
    expect(dialog.get_by_role("button", name="不，返回")).to_be_focused()
    guide.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(button).to_be_focused()
    assert "?" not in guide.url
    button.click()
    dialog.get_by_role("button", name="撤回事项").click()
    guide.wait_for_url("**/styleguide/?*")


def test_nothing_typed_is_lost(guide: Page) -> None:
    form = guide.locator("form[data-draft]")
    form.get_by_label("事由").fill("院墙该由谁修")
    form.get_by_label("诉求").check()
    guide.reload()
    expect(form.get_by_label("事由")).to_have_value("院墙该由谁修")
    expect(form.get_by_label("诉求")).to_be_checked()
    expect(guide.locator(".toast")).to_contain_text("已为您恢复")


def test_theme_stays_chosen(guide: Page) -> None:
    guide.locator(".rail .menu summary").click()
    guide.locator(".rail").get_by_role("button", name="深色").click()
    guide.reload()
    expect(guide.locator("html")).to_have_attribute("data-theme", "dark")


def test_shortcuts_are_listed_and_silent_while_typing(guide: Page) -> None:
    guide.locator("body").press("?")
    expect(guide.locator("#shortcuts")).to_be_visible()
    guide.keyboard.press("Escape")
    field = guide.locator("form[data-draft]").get_by_label("事由")
    field.press("?")
    expect(guide.locator("#shortcuts")).to_be_hidden()
    expect(field).to_have_value("?")


def test_place_is_found_by_keyboard(guide: Page) -> None:
    search = guide.locator(".place [role=combobox]")
    search.fill("公园")
    expect(guide.locator("[role=listbox] [role=option]")).to_have_count(1)
    search.press("ArrowDown")
    search.press("Enter")
    code = guide.locator(".place input[name=area]")
    expect(code).to_have_value("620302001002")
    guide.get_by_label("县（区）", exact=True).select_option(label="永昌县")
    expect(code).to_have_value("620321")


def test_map_shows_the_cases_as_marks_and_as_a_list(guide: Page) -> None:
    chart = guide.locator(".map")
    expect(chart.locator(".map-summary")).to_contain_text("共 4000 件")
    expect(chart.locator("canvas")).to_be_visible()
    chart.locator("summary").click()
    expect(chart.locator("li")).to_have_count(50)
    expect(chart.locator("li").first).to_contain_text("超期")
