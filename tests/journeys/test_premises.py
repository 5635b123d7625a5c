"""A hotel's inspection is overdue: it becomes a hazard and a case, is inspected again, and closed.

The school beside it lacks its alarm, and the figure of coverage says so until it is there.
"""

import os
import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.instance import Instance
from tests.journeys.conftest import PHONE, assert_accessible

type Visit = Callable[..., Page]
HOTEL, SCHOOL = "迟检示例宾馆", "示例走读学校"
COVERAGE = "/premises/coverage/?kind=school"
PREPARED = f"""
from datetime import timedelta
from django.utils import timezone
from linli.kernel.working_days import local_date
from linli.premises.actions.find_overdue import find_overdue
from linli.premises.models import Premises
from tests.cast import GRID
now = timezone.now()
Premises.objects.create(
    kind_id="hotel", name="{HOTEL}", area_id=GRID, address="示例路1号", added_at=now,
    inspection_due=local_date(now) - timedelta(days=3), latitude=38.53, longitude=102.18)
Premises.objects.create(
    kind_id="school", name="{SCHOOL}", area_id=GRID, address="示例路2号", added_at=now,
    absent=["monitoring_room", "dormitory"], latitude=38.531, longitude=102.181)
find_overdue(at=now)
"""


def seen(page: Page, name: str) -> None:
    """Look at the page as axe does; keep a picture where somebody asks for pictures."""
    page.wait_for_load_state("networkidle")
    assert_accessible(page)
    if folder := os.environ.get("LINLI_PICTURES"):
        page.screenshot(path=Path(folder) / f"premises-{name}.png", full_page=True)


def test_from_an_overdue_inspection_to_a_closed_case(visit: Visit, linli: Instance) -> None:
    linli.tell(PREPARED)
    phone = visit("grid_worker", "/premises/due/", viewport=PHONE)
    seen(phone, "due")
    phone.get_by_role("link", name=re.compile("安全检查逾期")).click()
    expect(phone.get_by_role("button", name="完成检查")).to_be_visible()
    first = phone.locator("form .card").first
    for card in phone.locator("main form .card").all():
        card.locator("input[type=radio][value=yes]").check()
    first.locator("input[type=radio][value=no]").check()
    phone.get_by_role("button", name="完成检查").click()
    expect(phone.get_by_text("请写明问题").first).to_be_visible()
    seen(phone, "inspect")
    phone.locator("main form .card").first.locator("input[type=text]").fill("楼梯间堆放杂物")
    phone.get_by_role("button", name="完成检查").click()
    expect(phone.get_by_text("发现 1 条隐患")).to_be_visible()
    hotel = phone.url.split("#")[0]
    # The overdue inspection is closed; what was found is a case now.
    expect(phone.locator("#hazards").get_by_text("已闭环")).to_be_visible()
    expect(phone.locator("#hazards").get_by_text("楼梯间堆放杂物")).to_be_visible()
    seen(phone, "hotel-phone")

    desk = visit("village_director", hotel)
    seen(desk, "hotel")
    desk.get_by_role("link", name="复查").click()
    desk.locator("input[name=mended][value=yes]").check()
    desk.locator("input[name=note]").fill("已清理，通道畅通")
    seen(desk, "look")
    desk.get_by_role("button", name="保存").click()
    expect(desk.get_by_text("隐患已闭环")).to_be_visible()
    desk.locator("#hazards a[href*='/cases/']").first.click()
    expect(desk.get_by_text("化解").first).to_be_visible()
    expect(desk.locator("section[aria-labelledby=hazard-title]")).to_contain_text("已闭环")
    seen(desk, "case")


def test_coverage_follows_the_device(visit: Visit, linli: Instance) -> None:
    keeper = visit("administrator", COVERAGE)
    exception = keeper.get_by_role("link", name=SCHOOL)
    expect(exception).to_be_visible()
    # Other journeys have schools, too.
    covered, total = map(int, keeper.locator("#school h2 .count").inner_text().split("/"))
    seen(keeper, "coverage")
    exception.click()
    keeper.locator("#devices").get_by_role("link", name="添加").click()
    keeper.locator("select[name=kind]").select_option("one_key_alarm")
    keeper.locator("input[name=name]").fill("门卫室报警")
    keeper.locator("select[name=spot]").select_option("guard_room")
    keeper.locator("input[name=interval_seconds]").fill("3600")
    seen(keeper, "device-form")
    keeper.get_by_role("button", name="保存").click()
    keeper.get_by_role("link", name="门卫室报警").click()
    keeper.get_by_role("link", name="登记测试").click()
    sent = keeper.locator("input[name=sent_at]").input_value()
    keeper.locator("input[name=arrived_at]").fill(sent)
    keeper.get_by_role("button", name="保存").click()
    expect(keeper.get_by_text("测试已登记")).to_be_visible()
    seen(keeper, "device")
    keeper.goto(COVERAGE)
    expect(keeper.locator("#school h2 .count")).to_have_text(f"{covered + 1}/{total}")
    for name, path in (("list", "/premises/"), ("map", "/premises/map/"), ("kind", "/premises/kinds/school/"),
                       ("import", "/premises/import/"), ("new", "/premises/new/")):  # fmt: skip
        keeper.goto(path)
        seen(keeper, name)
    phone = visit("administrator", "/premises/", viewport=PHONE)
    seen(phone, "list-phone")
    phone.goto("/premises/coverage/")
    seen(phone, "coverage-phone")
