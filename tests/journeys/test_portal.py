"""A resident on a phone: reports with photo and place, follows the receipt, rates, has it reopened.

The staff work the same case on their pages; what the resident reads is only what was meant for them.
"""

import io
import re
from collections.abc import Callable

from georeport import GeoReport
from PIL import Image
from playwright.sync_api import Page, expect

from tests.instance import Instance
from tests.journeys.conftest import PHONE, assert_accessible, look_again
from tests.journeys.test_story import do

type Visit = Callable[..., Page]
TEXT = "三单元门口的路灯坏了一周，晚上看不清台阶。希望尽快修好。"
ANSWER = "晚上七点以后完全不亮"


def photo() -> dict[str, object]:
    """Return a photo as a phone would send it."""
    data = io.BytesIO()
    Image.new("RGB", (640, 480), "slategray").save(data, "JPEG")
    return {"name": "IMG_0001.jpg", "mimeType": "image/jpeg", "buffer": data.getvalue()}


def report(page: Page) -> str:
    """Say what is wrong, with a photo and a place; return the address of the receipt's page."""
    page.get_by_role("link", name="我要反映").click()
    page.locator("[name=text]").fill(TEXT)
    page.locator("[name=kind][value=hazard]").check()
    place = page.locator("[data-island=place-picker]")
    # Until its island is there, the picker is a plain select.
    place.locator("input[role=combobox]").first.fill("龙门里")
    place.locator("[role=option]").filter(has_text="龙门里").first.click()
    place.get_by_role("button", name="在地图上标出位置").click()
    place.get_by_role("button", name="就在十字处").click()
    expect(page.locator("[name=lat]")).not_to_have_value("")
    page.locator("[name=photos]").set_input_files([photo()])  # type: ignore[list-item]
    page.locator("[name=may_publish]").check()
    expect(page.locator("[name=proof]")).not_to_have_value("", timeout=20_000)
    assert_accessible(page)
    # Whoever sends a form within three seconds is taken for a machine.
    page.wait_for_timeout(3_000)
    page.get_by_role("button", name="提交").click()
    page.wait_for_url(re.compile("/paper/"))
    expect(page.locator(".receipt svg")).to_be_visible()
    assert_accessible(page)
    return page.url.replace("paper/", "")


def on_the_phone(page: Page) -> None:
    """Nothing sticks out to the side, and axe finds nothing."""
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert not wide, page.url
    assert_accessible(page)


def staff_case(page: Page) -> str:
    """Open the resident's case from the workbench; return its address."""
    link = page.get_by_role("link").filter(has_text="三单元门口").first
    # The worker sends what residents report on to a desk within some seconds.
    look_again(page, link).click()
    expect(page.locator("#resident")).to_contain_text(TEXT)
    return page.url.split("#")[0]


def say(page: Page, word: str, text: str) -> None:
    """Write to the resident."""
    page.locator("#resident-word").select_option(word)
    page.locator("#resident-text").fill(text)
    page.get_by_role("button", name="发送给居民").click()
    page.wait_for_load_state("networkidle")


def test_a_resident_reports_follows_and_has_it_reopened(visit: Visit, linli: Instance) -> None:
    resident = visit(None, "/portal/", viewport=PHONE)
    on_the_phone(resident)
    receipt = report(resident)

    director = visit("village_director")
    address = staff_case(director)
    director.goto(address + "assign/")
    # The next page is asked for only when this one was answered: else the browser drops the form.
    with director.expect_navigation():
        director.locator("#act button[type=submit]").click()
    director.goto(address)
    do(director, "accept")
    director.goto(address)
    say(director, "question", "是一直不亮，还是一闪一闪？")
    assert_accessible(director)

    resident.goto(receipt)
    on_the_phone(resident)
    resident.locator("#question textarea").fill(ANSWER)
    resident.locator("#question").get_by_role("button", name="答复").click()
    expect(resident.locator("#talk")).to_contain_text(ANSWER)

    director.goto("/")
    expect(director.locator("#section-residents")).to_contain_text("居民新消息")
    director.goto(address)
    expect(director.locator("#resident")).to_contain_text(ANSWER)
    do(director, "resolve", note="内部：供电所已换灯泡。")
    director.goto(address)
    say(director, "outcome", "灯已经换好，请您晚上看看。")

    resident.goto(receipt)
    expect(resident.locator("main")).not_to_contain_text("供电所")
    resident.locator("[name=rating-satisfaction][value='2']").check()
    resident.get_by_role("button", name="提交评价").click()
    resident.locator("#wish summary").click()
    resident.locator("[name=wish-reason]").fill("昨天晚上还是不亮。")
    resident.get_by_role("button", name="提交申请").click()
    on_the_phone(resident)

    director.goto("/")
    director.locator("#section-residents a").filter(has_text="三单元门口").first.click()
    director.locator("[name=answer]").fill("对不起，马上再派人去看。")
    director.get_by_role("button", name="同意重办").click()
    director.wait_for_load_state("networkidle")
    expect(director.locator("main")).to_contain_text("办理中")

    resident.goto(receipt)
    expect(resident.locator(".door-stations [aria-current]")).to_have_text("办理中")
    expect(resident.locator("#talk")).to_contain_text("马上再派人去看")
    published(visit, linli)


def published(visit: Visit, linli: Instance) -> None:
    """The desk reviews the report; then, and not before, a stock client of Open311 reads it."""
    client = GeoReport(f"http://127.0.0.1:{linli.port}/open311/v2", jurisdiction="6203")
    assert {one["keywords"] for one in client.get_service_list()} == {"request", "hazard"}
    assert client.get_service_definition("hazard")["attributes"][0]["code"] == "nearby"
    assert client.get_service_requests() == []
    clerk = visit("clerk", "/residents/")
    clerk.get_by_role("link").filter(has_text="三单元门口").first.click()
    assert_accessible(clerk)
    clerk.get_by_role("button", name="确定").click()
    clerk.wait_for_url(re.compile("/residents/$"))
    as_xml = GeoReport(client.root_address, output_format="xml")
    (one,) = client.get_service_requests()
    assert one["description"] == TEXT
    assert one["status"] == "open"
    assert as_xml.get_service_requests()["service_request_id"] == one["service_request_id"]
    assert client.get_service_request(one["service_request_id"]) == one
    sent = clerk.request.get(one["media_url"])
    assert sent.headers["content-type"] == "image/jpeg"
    everybody = visit(None, "/portal/reported/", viewport=PHONE)
    on_the_phone(everybody)
    expect(everybody.locator("main")).to_contain_text("三单元门口")
