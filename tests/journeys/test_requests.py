"""What the page says when a request of htmx goes wrong: what happened, what to do, nothing lost."""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.journeys.test_components import address, guide

__all__ = ["address", "guide"]

pytestmark = pytest.mark.urls("linli.site.tests.styleguide_urls")

FORM = """
document.querySelector("#content").insertAdjacentHTML("afterbegin",
  `<form id="asked" hx-post="/asked" hx-target="this" hx-swap="outerHTML" data-draft="asked">
     <input name="words" value="院墙"><button class="button">问</button></form>`);
htmx.process(document.querySelector("#asked"));
"""


def ask(page: Page, **answer: object) -> None:
    """Send a form by htmx that is answered with ``answer``."""
    page.route("**/asked", lambda route: route.fulfill(**answer))
    page.evaluate(FORM)
    page.locator("#asked button").click()


def headers_of(page: Page) -> dict[str, str]:
    """Send the form and return the headers it came with."""
    seen: list[dict[str, str]] = []

    def keep(route: Route) -> None:
        seen.append(route.request.headers)
        route.fulfill(status=200, content_type="text/html", body="<p id='done'>好</p>")

    page.route("**/asked", keep)
    page.evaluate(FORM)
    page.locator("#asked button").click()
    expect(page.locator("#done")).to_be_visible()
    return seen[0]


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (403, "您没有办理的权限"),
        (404, "已不在这里"),
        (429, "操作过于频繁"),
        (500, "您填写的内容都在"),
    ],
)
def test_refusal_is_explained_and_the_form_stays(guide: Page, status: int, words: str) -> None:
    ask(guide, status=status, content_type="text/html", body="<h1>另一页</h1>")
    expect(guide.locator(".toast")).to_contain_text(words)
    expect(guide.locator("#asked input")).to_have_value("院墙")


def test_no_network_is_explained_and_the_form_stays(guide: Page) -> None:
    guide.route("**/asked", lambda route: route.abort())
    guide.evaluate(FORM)
    guide.locator("#asked button").click()
    expect(guide.locator(".toast")).to_contain_text("连不上服务器")
    expect(guide.locator("#asked input")).to_have_value("院墙")


def test_wrong_form_comes_back_in_its_place(guide: Page) -> None:
    ask(guide, status=422, content_type="text/html", body="<p id='wrong'>请填写</p>")
    expect(guide.locator("#wrong")).to_be_visible()
    expect(guide.locator("#asked")).to_have_count(0)


def test_server_can_ask_for_a_toast(guide: Page) -> None:
    trigger = '{"toast": {"text": "\\u5df2\\u4fdd\\u5b58", "light": "green"}}'
    ask(guide, status=200, content_type="text/html", headers={"HX-Trigger": trigger}, body="")
    expect(guide.locator(".toast.lit-green")).to_contain_text("已保存")


def test_every_request_carries_the_token(guide: Page) -> None:
    assert headers_of(guide)["x-csrftoken"]


def test_session_that_ended_leads_to_sign_in_and_back(guide: Page) -> None:
    def to_sign_in(route: Route) -> None:
        route.fulfill(status=303, headers={"Location": "/accounts/login/?next=/asked"})

    guide.route("**/asked", to_sign_in)
    guide.route(
        "**/accounts/login/**",
        lambda route: route.fulfill(status=200, content_type="text/html", body="<h1>登录</h1>"),
    )
    guide.evaluate(FORM)
    guide.locator("#asked button").click()
    guide.wait_for_url("**/accounts/login/?next=%2Fstyleguide%2F")


def test_file_that_would_be_refused_is_named_at_once(guide: Page) -> None:
    field = guide.locator("form[data-draft='styleguide'] input[type=file]")
    note = field.locator("xpath=following-sibling::*[@role='alert']")
    field.set_input_files({"name": "a.exe", "mimeType": "application/x", "buffer": b"x"})
    expect(note).to_contain_text("“a.exe”的类型不能上传。可以上传：照片, PDF")
    expect(field).to_have_value("")
    big = {"name": "a.pdf", "mimeType": "application/pdf", "buffer": b"x" * 1_100_000}
    field.set_input_files(big)
    expect(note).to_contain_text("“a.pdf”超过 1 MB")
    field.set_input_files({"name": "a.pdf", "mimeType": "application/pdf", "buffer": b"x"})
    expect(note).to_be_empty()
