"""What a browser shows when there is nothing to show."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, assert_accessible


def test_a_wrong_address_is_answered_in_chinese_with_a_way_out(
    visit: Callable[..., Page],
) -> None:
    page = visit(None, "/nothing/here/", viewport=PHONE)
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
    expect(page.get_by_role("heading", level=1)).to_contain_text("这里没有内容")
    assert_accessible(page)
    page.get_by_role("link").first.click()
    assert "/nothing/here/" not in page.url
