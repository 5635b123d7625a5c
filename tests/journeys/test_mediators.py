"""A committee is set up; in its first mediation a party gets an agent and the mediator is named."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, assert_accessible

type Visit = Callable[..., Page]


def in_longmenli(page: Page) -> None:
    """Choose the neighbourhood by its name."""
    place = page.locator("[data-island=place-picker]")
    place.get_by_role("combobox").first.fill("龙门里")
    place.locator("[role=option]").filter(has_text="龙门里").first.click()


def set_up(page: Page) -> None:
    """Set the committee of 龙门里 up, and say what is known of a mediator."""
    in_longmenli(page)
    page.locator("[name=kind]").select_option("neighbourhood")
    page.locator("[name=name]").fill("龙门里社区人民调解委员会")
    page.locator("[name=word]").fill("龙")
    assert_accessible(page)
    page.locator("main button.button-primary").click()
    expect(page.locator("h1")).to_have_text("龙门里社区人民调解委员会")
    page.locator("tr").filter(has_text="second_mediator").get_by_role("link").click()
    page.locator("[name=full_time][value='1']").check()
    page.locator("[name=languages]").fill("藏语、手语")
    page.locator("[name=specialities][value=neighbour]").check()
    page.locator("[name=since]").fill("2020-01-01")
    assert_accessible(page)
    page.locator("main button.button-primary").click()
    expect(page.locator("tr").filter(has_text="second_mediator")).to_contain_text("藏语、手语")
    assert_accessible(page)


def dispute(page: Page) -> str:
    """Take a dispute of two neighbours in; return the address of the case."""
    in_longmenli(page)
    page.locator("[name=kind][value=dispute]").check()
    page.locator("[name=category]").select_option("neighbour")
    page.locator("[name=title]").fill("楼上漏水引发邻里纠纷")
    page.locator("button[name=send][value='1']").click()
    page.wait_for_url(re.compile("receipt"))
    return re.sub("receipt/$", "", page.url)


def test_from_a_new_committee_to_a_named_mediator(visit: Visit) -> None:
    set_up(visit("administrator", "/committees/found/"))
    case = dispute(visit("clerk", "/cases/new/"))

    mediator = visit("mediator", case + "mediation/begin/")
    assert_accessible(mediator)
    mediator.locator("main button.button-primary").click()
    mediator.wait_for_url(re.compile("/mediations/"))
    page = mediator.url
    for part, side, name in (
        ("party", "applicant", "甲方示例"),
        ("party", "respondent", "乙方示例"),
        ("agent", "", "代理示例"),
    ):
        mediator.locator("#parties summary").first.click()
        mediator.locator(f"#parties a[href$='/{part}/']").click()
        if side:
            mediator.locator(f"[name=side][value={side}]").check()
        else:
            mediator.locator("[name=principal]").first.check()
            mediator.locator("[name=kind][value=special]").check()
            mediator.locator("[name=powers]").fill("代为和解")
        mediator.locator("[name=name]").fill(name)
        assert_accessible(mediator)
        mediator.locator("main button.button-primary").click()
        mediator.wait_for_url(page + "#parties")
    expect(mediator.locator("#parties")).to_contain_text("代***")
    expect(mediator.locator("#parties")).to_contain_text("代为和解")

    mediator.set_viewport_size(PHONE)
    mediator.locator("#path a[href$='/seat/']").click()
    first = mediator.locator("[name=user]").first
    expect(first).to_be_checked()
    expect(mediator.locator("main")).to_contain_text("second_mediator · 办理中 0 件（上限 12）")
    mediator.locator("[name=no_conflict][value='1']").check()
    assert_accessible(mediator)
    mediator.locator("main button.button-primary").click()
    mediator.wait_for_url(page)
    expect(mediator.locator("#path")).to_contain_text("已询问：无利害关系")
    assert_accessible(mediator)
