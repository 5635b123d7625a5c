"""A clerk types what somebody tells; what is proposed is taken over by one click, choices stay."""

import re
from collections.abc import Callable
from urllib.parse import parse_qs

from playwright.sync_api import Page, expect

from tests.cast import LONGMENLI
from tests.journeys.conftest import PHONE, assert_accessible

type Visit = Callable[..., Page]


def test_words_are_read_while_typing_and_nothing_is_overwritten(visit: Visit) -> None:
    clerk = visit("clerk", "/cases/new/", viewport=PHONE)
    sent: list[str] = []
    clerk.on(
        "request", lambda one: sent.append(one.post_data or "") if "propose" in one.url else None
    )
    clerk.locator("[name=party0-name]").fill("欧阳锋")
    # Chosen by hand before anything is proposed.
    clerk.locator("[name=urgency][value=utility]").check()
    clerk.locator("[name=title]").fill("楼上漏水")
    clerk.locator("[name=description]").fill("龙门里3号楼，墙里漏电，泡坏天花板")
    panel = clerk.locator(".reading-panel")
    expect(panel.locator("[data-field=category]")).to_contain_text("邻里")
    expect(panel.locator("[data-field=category] q").first).to_have_text("楼上漏水")
    expect(panel.locator("[data-field=urgency]")).to_contain_text("漏电")
    assert_accessible(clerk)
    assert set(parse_qs(sent[-1])) <= {"title", "description", "place"}, "nobody's name is sent"
    assert clerk.locator("select[name=category]").input_value() == "", (
        "nothing is filled in unasked"
    )

    panel.get_by_role("button").first.click()
    expect(clerk.locator("select[name=category]")).to_have_value("neighbour")
    expect(clerk.locator("[name=kind][value=dispute]")).to_be_checked()
    expect(clerk.locator("input[name=area]")).to_have_value(LONGMENLI)
    expect(clerk.locator("[name=urgency][value=utility]")).to_be_checked()
    expect(clerk.locator("[data-said]")).to_contain_text("紧急程度")
    clerk.locator("button[name=send][value='1']").click()
    clerk.wait_for_url(re.compile("receipt"))

    clerk.goto("/cases/new/")
    clerk.locator("[name=title]").fill("合同和物业的事")
    asked = clerk.locator("[data-asked=category]")
    expect(asked).to_be_visible()
    asked.get_by_role("button").filter(has_text="物业").click()
    expect(clerk.locator("select[name=category]")).to_have_value("property")
