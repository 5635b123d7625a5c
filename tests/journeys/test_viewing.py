"""Video is refused without an incident, plays with one, and ends with the case."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.instance import Instance
from tests.journeys.conftest import PHONE, assert_accessible

type Visit = Callable[..., Page]
PLAYED = "() => document.querySelector('video').currentTime > 1"


def test_a_dispatcher_sees_what_happens_at_an_incident_and_nothing_else(
    linli: Instance, visit: Visit
) -> None:
    linli.tell("import tests.journeys.prepare_video")
    dispatcher = visit("city_dispatcher", "/cases/?kind=incident")
    case = dispatcher.get_by_role("link", name="路口有人打架").first
    case.click()
    dispatcher.get_by_role("link", name="调阅本事项视频").click()
    camera = dispatcher.locator("[name=cameras]").first
    camera_id = camera.get_attribute("value")

    # The camera by itself, without an incident: refused, and in the log.
    page = visit("city_dispatcher", f"/cameras/{camera_id}/view/", viewport=PHONE)
    expect(page.locator("main")).to_contain_text("视频只能因具体事件调阅")
    expect(page.locator("main")).to_contain_text("本次尝试已记入日志")
    assert_accessible(page)
    auditor = visit("auditor", "/log/")
    expect(auditor.locator("main")).to_contain_text("拒绝调阅视频")

    # With one: purpose and reason first.
    assert_accessible(dispatcher)
    camera.check()
    dispatcher.locator("main button.button-primary").click()
    expect(dispatcher.locator(".errorlist").first).to_be_visible()
    dispatcher.locator("[name=purpose][value=rescue]").check()
    dispatcher.locator("[name=reason]").fill("有人倒地，确认位置后引导救护车")
    dispatcher.locator("main button.button-primary").click()
    dispatcher.wait_for_url(re.compile("/cameras/view/"))
    dispatcher.wait_for_function(PLAYED, timeout=60_000)
    expect(dispatcher.locator(".player-mark")).to_contain_text("city_dispatcher")
    expect(dispatcher.locator("[data-left]")).to_contain_text(":")
    assert_accessible(dispatcher)

    # The same address is worth nothing to somebody else.
    other = visit("director", dispatcher.url)
    expect(other.locator("main")).to_contain_text("此视频是为他人打开的")

    # The case ends, and the video with it.
    clerk = visit("clerk", "/cases/?kind=incident")
    clerk.get_by_role("link", name="路口有人打架").first.click()
    clerk.goto(clerk.url + "withdraw/")
    clerk.locator("[name=note]").fill("误报")
    clerk.locator("main form button[type=submit]").first.click()
    clerk.locator("dialog[open] button.button-danger").click()
    expect(dispatcher.locator("[data-said]")).to_contain_text("事项已结束", timeout=30_000)
    log = visit("auditor", "/log/")
    expect(log.locator("main")).to_contain_text("发出一段视频")
