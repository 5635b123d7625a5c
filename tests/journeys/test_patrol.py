"""A leader plans next week and prints a night's routes; a member checks in and reports; the map shows
what was missed."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from linli.patrol.tests.blocks import SOUTH, WEST, town
from tests.instance import Instance
from tests.journeys.conftest import PHONE, assert_accessible

type Visit = Callable[..., Page]
HERE = {"longitude": WEST, "latitude": SOUTH, "accuracy": 8}


@pytest.fixture(scope="module")
def streets(linli: Instance, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the instance a map of a few blocks, and people who walk there."""
    file = town(tmp_path_factory.mktemp("town") / "town.osm.pbf")
    linli.linli("map", "import", str(file))
    linli.tell("import tests.journeys.prepare_patrol")
    return file


def plan_next_week(page: Page) -> None:
    """Say what the shifts need, make a draft of next week and publish it."""
    page.get_by_role("link", name="巡逻队", exact=True).click()
    page.locator("details").filter(has_text="修改").locator("summary").click()
    page.locator("[name=pattern]").select_option("late")
    page.locator("[name=teams]").fill("1")
    page.locator("[name=skill]").select_option("first_aid")
    assert_accessible(page)
    page.get_by_role("button", name="保存").click()
    expect(page.locator("#needs-title ~ *, .card-body").first).to_be_visible()
    page.get_by_role("link", name="排班", exact=True).click()
    monday = date.today() + timedelta(days=7 - date.today().weekday())  # noqa: DTZ011
    page.locator("[name=starts]").fill(monday.isoformat())
    page.locator("[name=days]").fill("7")
    page.get_by_role("button", name="生成草案").click()
    expect(page.locator("main")).to_contain_text("需求全部满足")
    assert_accessible(page)
    page.get_by_role("button", name="发布排班").click()
    expect(page.locator(".shift:not(.shift-draft)").first).to_be_visible()
    expect(page.locator(".shift")).to_have_count(7)


def print_routes(page: Page) -> None:
    """Make the routes of the shift that is out, and open what is printed."""
    page.get_by_role("link", name="路线", exact=True).click()
    assert_accessible(page)
    page.get_by_role("button", name="生成路线").click()
    expect(page.locator("main")).to_contain_text("新路段")
    page.get_by_role("link", name="打印路线").click()
    expect(page.locator(".sheet-page")).to_have_count(1)
    expect(page.locator(".street-way")).to_have_count(1)
    expect(page.locator(".stops")).to_contain_text("示例夜市")
    assert_accessible(page)


def test_from_the_plan_of_a_week_to_what_was_missed(visit: Visit, streets: Path) -> None:
    leader = visit("patrol_leader", "/patrol/")
    expect(leader.locator("h1")).to_have_text("示例第一巡区")
    area = leader.url
    plan_next_week(leader)
    print_routes(leader)

    member = visit(
        "walker1a", "/patrol/me/", viewport=PHONE, geolocation=HERE, permissions=["geolocation"]
    )
    expect(member.locator("h1")).to_have_text("我的班次")
    assert_accessible(member)
    member.locator("form[data-check]").first.get_by_role("button").click()
    expect(member.locator(".stop-done").first).to_be_visible()
    member.get_by_role("button", name="记录本班次轨迹").click()
    expect(member.locator("[data-island=patrol]")).to_contain_text("30 天后抽稀")
    member.get_by_role("link", name="上报发现").click()
    member.locator("[name=title]").fill("路灯不亮")
    assert_accessible(member)
    member.locator("main button.button-primary").click()
    expect(member.locator("main")).to_contain_text("路灯不亮")
    expect(member.locator("main")).to_contain_text(re.compile("620302006-"))

    yesterday = date.today() - timedelta(days=3)  # noqa: DTZ011
    leader.goto(f"{area}coverage/?first={yesterday}&last={date.today()}")  # noqa: DTZ011
    expect(leader.locator(".street-kept").first).to_be_attached()
    expect(leader.locator("#missed-title").locator("xpath=../..")).to_contain_text("第2街")
    expect(leader.locator(".street-missed").first).to_be_attached()
    assert_accessible(leader)
