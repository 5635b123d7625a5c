"""The bell: a notice reaches an open page without being asked for, and is read in every window."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.instance import Instance
from tests.journeys.conftest import PHONE, assert_accessible

TELL = """
from django.utils import timezone
from linli.accounts.models import User
from linli.notices.actions.send import notify
to = [User.objects.get(username="mediator").id]
notify("assigned", to_users=to, about=("cases", "x"), at=timezone.now(), number="N1", title="漏水")
"""


def test_a_notice_rings_and_is_read(linli: Instance, visit: Callable[..., Page]) -> None:
    page = visit("mediator", "/notices/preferences/")
    phone = visit("mediator", "/notices/preferences/", viewport=PHONE)
    count, small = page.locator(".rail [data-unread]"), phone.locator(".bell [data-unread]")
    expect(count).to_be_hidden()
    # The stream is open before anything is told.
    page.wait_for_timeout(1000)
    linli.tell(TELL)
    expect(count).to_have_text("1", timeout=10_000)
    expect(small).to_have_text("1", timeout=10_000)
    expect(page.locator(".toast")).to_contain_text("N1 漏水")
    page.goto("/notices/")
    expect(count).to_have_text("1")
    assert_accessible(page)
    page.locator(".notice-list a").first.click()
    expect(count).to_be_hidden()
    expect(small).to_be_hidden(timeout=10_000)
    for path in ("/notices/", "/notices/preferences/"):
        phone.goto(path)
        assert_accessible(phone)
        wide = phone.evaluate("document.documentElement.scrollWidth > innerWidth")
        assert not wide
    for path in ("/notices/outbox/", "/notices/texts/assigned/mail/", "/notices/channels/"):
        keeper = visit("administrator", path)
        assert_accessible(keeper)
