"""Torches asked for, set aside, handed out and brought back; an expert called, and the next one."""

import os
import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.instance import Instance
from tests.journeys.conftest import PHONE, assert_accessible

type Visit = Callable[..., Page]
PREPARED = """
from datetime import timedelta
from django.utils import timezone
from linli.accounts.models import User
from linli.accounts.queries import actor_of
from linli.accounts.scope import acting
from linli.areas.models import Unit
from linli.dispatch.actions.experts import ExpertData, add_expert
from linli.dispatch.actions.stores import StoreData, open_store, receive_supplies
from linli.kernel.working_days import local_date
from tests.cast import CITY, PASSWORD, make_user
now = timezone.now()
team = Unit.objects.create(area_id=CITY, kind="team", name="应急一队")
make_user("keeper", "patrol_leader", CITY, team, password=PASSWORD)
actor = actor_of(User.objects.get(username="city_director").id, local_date(now))
with acting(actor):
    store = open_store(StoreData(name="示例应急库", area=CITY, unit=team.id), actor=actor, at=now)
    for kind, many, days in (("torch", 20, None), ("water", 30, 12), ("water", 60, 200)):
        day = local_date(now) + timedelta(days=days) if days else None
        receive_supplies(store.id, kind=kind, quantity=many, expires_on=day, actor=actor, at=now)
    for name in ("甲示例", "乙示例"):
        add_expert(ExpertData(name=name, phone="000-1234", area=CITY, job="消防工程师",
            fields=["fire"], organisation="示例消防研究所"), actor=actor, at=now)
"""


def seen(page: Page, name: str) -> None:
    """Look at the page as axe does; keep a picture where somebody asks for pictures."""
    page.wait_for_load_state("networkidle")
    assert_accessible(page)
    if folder := os.environ.get("LINLI_PICTURES"):
        page.screenshot(path=Path(folder) / f"supplies-{name}.png", full_page=True)


def test_from_the_store_and_back(visit: Visit, linli: Instance) -> None:
    linli.tell(PREPARED)
    director = visit("city_director", "/dispatch/stores/")
    expect(director.get_by_text("临期").first).to_be_visible()
    seen(director, "stores")
    director.get_by_role("link", name="示例应急库").first.click()
    seen(director, "store")
    director.get_by_role("link", name="申领物资").click()
    director.locator("select[name=unit]").select_option(label="应急一队")
    director.locator("input[name=why]").fill("夜间搜寻")
    director.locator("input[name=want_torch]").fill("12")
    seen(director, "request-form")
    director.get_by_role("button", name="保存").click()
    expect(director.get_by_text("申领已提交")).to_be_visible()
    request = director.url

    keeper = visit("keeper", request, viewport=PHONE)
    keeper.get_by_role("button", name="预留").click()
    expect(keeper.get_by_text("已预留").first).to_be_visible()
    seen(keeper, "request-phone")
    keeper.get_by_role("button", name="发放").click()
    keeper.get_by_role("link", name="登记归还").click()
    keeper.locator("input[name=back_torch]").fill("11")
    keeper.get_by_role("button", name="保存").click()
    expect(keeper.get_by_text("已了结")).to_be_visible()
    keeper.goto("/dispatch/stores/")
    seen(keeper, "stores-phone")
    keeper.get_by_role("link", name="示例应急库").first.click()
    expect(keeper.get_by_role("row", name=re.compile("强光手电"))).to_contain_text("19")
    seen(keeper, "store-phone")


def test_an_expert_and_the_next(visit: Visit, linli: Instance) -> None:
    desk = visit("city_director", "/dispatch/experts/")
    expect(desk.get_by_text("甲**", exact=True)).to_be_visible()
    seen(desk, "experts")
    desk.get_by_role("link", name=re.compile("呼叫下一位")).click()
    desk.locator("input[name=why]").fill("商场起火")
    seen(desk, "call")
    desk.get_by_role("button", name="登记呼叫并显示号码").click()
    expect(desk.get_by_text("甲示例")).to_be_visible()
    seen(desk, "number")
    desk.get_by_role("link", name="登记答复").click()
    expect(desk.get_by_text("应召中")).to_be_visible()
    desk.locator("select[name=answer]").select_option("no_answer")
    desk.get_by_role("button", name="保存").click()
    expect(desk.get_by_text("无人接听").first).to_be_visible()
    phone = visit("city_director", "/dispatch/experts/", viewport=PHONE)
    seen(phone, "experts-phone")
