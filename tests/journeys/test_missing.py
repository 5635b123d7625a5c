"""An elder is missing: two open the search, three share the footage, a sighting moves the belief, people
walk, the person is found, and nothing stays open."""

import os
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from linli.patrol.tests.blocks import SIDE, SOUTH, STEP, WEST
from linli.roads.tests.extracts import write
from tests.instance import Instance
from tests.journeys.conftest import PHONE, assert_accessible

type Visit = Callable[..., Page]
PLAYED = "() => document.querySelector('video').currentTime > 1"
# Where pictures for the README go, when they are wanted.
PICTURES = os.environ.get("LINLI_PICTURES")


def town(file: Path) -> Path:
    """Write blocks of streets with a market and houses."""
    points = {
        x * 100 + y + 1: (WEST + x * STEP, SOUTH + y * STEP)
        for x in range(SIDE)
        for y in range(SIDE)
    }
    east = [([x * 100 + y + 1 for x in range(SIDE)], f"示例第{y + 1}街") for y in range(SIDE)]
    north = [([x * 100 + y + 1 for y in range(SIDE)], f"示例第{x + 1}路") for x in range(SIDE)]
    ways = [(tuple(ids), {"highway": "residential", "name": name}) for ids, name in east + north]
    tagged = [
        ((WEST + 3 * STEP, SOUTH + 3 * STEP), {"amenity": "marketplace", "name": "示例早市"}),
        ((WEST + 5 * STEP, SOUTH + 2 * STEP), {"amenity": "school", "name": "示例小学"}),
    ]
    return write(file, ways, points, tagged)


@pytest.fixture(scope="module")
def streets(linli: Instance, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Give the instance a map, cameras at its crossings, and people trained for them."""
    linli.linli("map", "import", str(town(tmp_path_factory.mktemp("search") / "town.osm.pbf")))
    linli.tell("import tests.journeys.prepare_missing")


def report(page: Page) -> str:
    """Report an elder: places are looked up and pointed at, never typed. Return the search's path."""
    page.get_by_role("link", name="登记走失").click()
    for name, text in {
        "reporter": "李强示例", "reporter_phone": "00000000001", "name": "王秀英示例", "age": "78",
        "clothes": "深红外套，蓝布袋", "where": "早市东门",
    }.items():  # fmt: skip
        page.locator(f"[name={name}]").fill(text)
    page.locator("[name=kinship]").select_option("child")
    page.locator("[name=kinship_checked]").check()
    page.locator("[name=police_told]").check()
    page.locator("[name=category][value=dementia]").check()
    seen = timezone.localtime() - timedelta(hours=1)
    page.locator("[name=seen_at]").fill(f"{seen:%Y-%m-%dT%H:%M}")
    area = page.get_by_placeholder("按名称搜索，如“龙门里”")
    area.fill("龙门里")
    page.locator("li[role=option]").filter(has_text="龙门里").first.click()
    page.locator(".place-point input[role=combobox]").first.fill("示例早市")
    page.locator("li[role=option]").filter(has_text="示例早市").click()
    expect(page.locator("main")).to_contain_text("已标注：示例早市")
    home = page.locator("[data-island=spots]").first
    home.get_by_role("button", name="在地图上标出位置").click()
    home.get_by_role("button", name="就在十字处").click()
    expect(home).to_contain_text("已标注：102.")
    goals = page.locator("[data-island=spots]").last
    goals.locator("input[role=combobox]").fill("示例小学")
    page.locator("li[role=option]").filter(has_text="示例小学").click()
    expect(goals.locator("input[type=text]").first).to_have_value("示例小学")
    assert_accessible(page)
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.locator("main")).to_contain_text("须由第二人")
    return re.sub(r"^https?://[^/]+", "", page.url)


def take_best(page: Page) -> str:
    """Take the best clip that is free, ask for its footage, and return which clip it is."""
    page.get_by_role("button", name="领取最值得看的一段").click()
    page.get_by_role("button", name="申请调阅录像").click()
    expect(page.locator("main")).to_contain_text("须经另一人同意")
    return page.locator(".page-header").inner_text()


def middle(page: Page) -> tuple[float, float]:
    """Return where the map says the middle of the belief is."""
    figure = page.locator("figure.belief")
    return tuple(
        float(figure.get_attribute(f"data-{name}") or 0) for name in ("longitude", "latitude")
    )  # type: ignore[return-value]


def test_an_elder_is_searched_for_and_found(visit: Visit, streets: None) -> None:
    clerk = visit("clerk", "/missing/")
    path = report(clerk)

    # A second person opens it; the page says who knows and who has to be called.
    director = visit("director", path)
    director.get_by_role("button", name="启动查找").click()
    expect(director.locator("#footage")).to_be_visible()
    expect(director.locator("main")).to_contain_text("1 处尚未告知")
    told = director.locator("li").filter(has_text="示例人民医院").filter(has_text="000-0000-0001")
    told.get_by_role("button", name=re.compile("记为已告知")).click()
    expect(director.locator("main")).to_contain_text("由director告知")
    expect(director.locator("main")).to_contain_text("示例第")
    assert_accessible(director)

    # Three reviewers: no clip twice.
    others = [visit("county_director", path), visit("city_dispatcher", path, viewport=PHONE)]
    for page in others:
        expect(page.locator("main")).not_to_contain_text("王秀英示例")
        page.get_by_role("button", name="参加查找").click()
    pages = [director, *others]
    taken = [take_best(page) for page in pages]
    assert len(set(taken)) == 3

    # Another person lets them look; the footage plays where it was asked for.
    second = visit("county_director", path)
    expect(second.locator("main")).to_contain_text("录像待您同意")
    second.get_by_role("button", name="全部同意").click()
    director.wait_for_selector("video", timeout=15_000)
    director.wait_for_function(PLAYED, timeout=30_000)
    expect(director.locator(".player-mark")).to_contain_text("director")
    phone = others[1]
    phone.wait_for_selector("video", timeout=15_000)
    if PICTURES:
        phone.wait_for_function(PLAYED, timeout=30_000)
        phone.screenshot(path=f"{PICTURES}/clip.png")
    assert_accessible(phone)

    # Not seen, not seen, seen: the belief moves, and the page says so.
    clerk.goto(path)
    before, spread = middle(clerk), clerk.locator("figure.belief").get_attribute("data-spread")
    watched = director.url
    for page, word in zip(pages, ("没有看到", "没有看到", "看到"), strict=True):
        page.get_by_label("接着看下一段").uncheck()
        page.get_by_role("button", name=word, exact=True).click()
        expect(page.locator("#where")).to_be_visible()
    # Whoever has the page open sees it without asking.
    expect(clerk.locator("#seen")).to_be_visible(timeout=15_000)
    expect(clerk.locator("figure.belief")).not_to_have_attribute("data-spread", spread or "")
    assert middle(clerk) != before
    expect(clerk.locator(".belief-mark-seen")).to_have_count(1)
    expect(clerk.locator("main")).to_contain_text("已看 3 段")

    # On foot: one goes to a place, and nobody is sent after them.
    walker = visit("searcher", path, viewport=PHONE)
    going = walker.locator("li").filter(
        has=walker.get_by_role("button", name=re.compile("我去查看"))
    )
    going.first.get_by_role("button").click()
    expect(walker.locator("main")).to_contain_text("楼道")
    assert_accessible(walker)
    walker.locator("#streets").locator("xpath=../..").get_by_role("button", name="没有看到").click()
    expect(walker.locator("main")).to_contain_text("已重新排序")

    # Found: the footage is closed; where an adult is, the reporter hears with consent only.
    expect(second.locator("main")).to_contain_text("王秀英示例")
    clerk.goto(path)
    clerk.locator("summary").filter(has_text="人找到了").click()
    clerk.locator("[name=by][value=streets]").check()
    clerk.get_by_role("button", name="已找到").click()
    expect(clerk.locator("main")).to_contain_text("下落须本人同意")
    # Whoever has the page open still sees it, too.
    expect(second.locator(".page-header")).to_contain_text("已找到", timeout=15_000)
    expect(clerk.get_by_role("button", name="已告知报案人下落")).to_have_count(0)
    clerk.get_by_role("button", name="本人同意", exact=True).click()
    clerk.get_by_role("button", name="已告知报案人下落").click()
    expect(clerk.locator("main")).to_contain_text("已告知报案人下落。")
    assert_accessible(clerk)
    director.goto(watched)
    expect(director).to_have_url(re.compile(path))
    director.locator("[name=note]").fill("老人在早市旁找到，已由家属接回")
    director.get_by_role("button", name="结束查找").click()
    expect(director.locator("main")).to_contain_text("已看录像（五分钟一段）")
    assert_accessible(director)
    director.goto("/cameras/video/")
    expect(director.locator("#open-title").locator("xpath=../..")).to_contain_text("没有打开的视频")
