"""A school's button is pressed: the board rings, two teams go, and the review shows every clock.

The dispatcher never leaves the board; the teams answer from their phones; the wall shows it, too.
"""

import http.client
import json
import os
import re
import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from linli.alarms.proof import Message, sign
from tests.instance import Instance
from tests.journeys.conftest import PHONE, assert_accessible

type Visit = Callable[..., Page]
SECRET, GUARD, DORMITORY = "a-secret-for-the-board-of-thirty-2", "BOARD-1", "BOARD-2"
PREPARED = f"""
from datetime import timedelta
from django.utils import timezone
from linli.areas.models import Unit
from linli.dispatch.models import DispatchUnit
from linli.kernel.crypto import seal
from linli.premises.models import Device, Premises
from tests.cast import BEIJING_ROAD, LONGMENLI, PASSWORD, make_user
now = timezone.now()
school = Premises.objects.create(kind_id="school", name="指挥示例小学", area_id=LONGMENLI, added_at=now,
    latitude=38.52, longitude=102.19)
for serial, name in (("{GUARD}", "门卫室"), ("{DORMITORY}", "宿舍值班室")):
    device = Device(premises=school, area_id=LONGMENLI, kind="one_key_alarm", name=name, serial=serial,
        latitude=38.52, longitude=102.19)
    device.secret = seal("{SECRET}", device.id.bytes)
    device.save(force_insert=True)
for number, name in enumerate(["一", "二"]):
    team = Unit.objects.create(area_id=BEIJING_ROAD, kind="team", name=f"示例巡逻{{name}}队")
    DispatchUnit.objects.create(team=team, kind="patrol", name=team.name, area_id=BEIJING_ROAD,
        longitude=102.2 + number / 100, latitude=38.52, status="available", status_at=now)
    make_user(f"board_leader_{{number}}", "patrol_leader", BEIJING_ROAD, team, password=PASSWORD)
"""


def press_the_button(linli: Instance, serial: str, number: str) -> None:
    """Send the signed message of one of the school's devices."""
    path, body = f"/devices/v1/{serial}/alarm", b""
    moment = str(int(time.time()))
    message = Message(
        word="alarm", serial=serial, method="POST", path=path, time=moment, number=number,
        signature="", body=body, source="http",
    )  # fmt: skip
    proof = {
        "Linli-Time": moment, "Linli-Number": number, "Linli-Signature": sign(SECRET, message),
    }  # fmt: skip
    connection = http.client.HTTPConnection("127.0.0.1", linli.port)
    connection.request("POST", path, body, proof)
    answer = connection.getresponse()
    assert answer.status == 200, answer.read()
    assert json.loads(answer.read())["taken"] in ("raise", "repeat", "ring_again")


def seen(page: Page, name: str) -> None:
    """Look at the page as axe does; keep a picture where somebody asks for pictures."""
    assert_accessible(page)
    if folder := os.environ.get("LINLI_PICTURES"):
        page.screenshot(path=Path(folder) / f"board-{name}.png")


def answer(phone: Page, verb: str) -> None:
    """Press the big button of the unit's phone."""
    phone.locator(f"form[action$='/{verb}/'] button").first.click()
    phone.wait_for_load_state("networkidle")


def count_streams(page: Page) -> None:
    """Load the page anew so that ``open_streams`` holds what it hears."""
    page.add_init_script(
        "window.open_streams = new Set(); const Plain = EventSource;"
        "window.EventSource = class extends Plain {"
        " constructor(...given) { super(...given); open_streams.add(this); }"
        " close() { open_streams.delete(this); super.close(); } }"
    )
    page.reload()


def arrive(visit: Visit, number: int) -> Page:
    """Take the order on the phone of a team, and follow it to the scene."""
    phone = visit(f"board_leader_{number}", "/dispatch/unit/", viewport=PHONE)
    if phone.get_by_role("link", name=re.compile("示例巡逻")).count():
        phone.get_by_role("link", name=re.compile("示例巡逻")).first.click()
    expect(phone.locator("main")).to_contain_text("指挥示例小学")
    assert_accessible(phone)
    for verb in ("accept", "set_out", "arrive"):
        answer(phone, verb)
    return phone


def test_a_school_rings_and_two_teams_go(visit: Visit, linli: Instance) -> None:
    linli.tell(PREPARED)
    board = visit("city_dispatcher", "/board/")
    count_streams(board)
    alarms, incidents = board.locator("[data-list=alarms]"), board.locator("[data-list=incidents]")
    expect(board.locator("[data-sound]")).to_be_visible()
    expect(board.locator(".maplibregl-canvas")).to_be_visible()
    streams = board.evaluate("open_streams.size")
    press_the_button(linli, GUARD, "board-number-1")
    row = alarms.locator("li").filter(has_text="指挥示例小学")
    expect(row).to_be_visible()
    press_the_button(linli, GUARD, "board-number-2")
    expect(row).to_contain_text("2 次信号")
    seen(board, "rings")

    board.locator("body").press("ArrowDown")
    expect(alarms.locator("a").first).to_be_focused()
    row.locator("a").press("Enter")
    panel = board.locator("[data-panel-content]")
    expect(panel).to_contain_text("门卫室")
    panel.locator("form[action*='/dispatch/open/'] button").click()
    proposal = panel.locator("form[action$='/send/']")
    expect(proposal.locator("input[type=checkbox]:checked")).to_have_count(2)
    board.wait_for_function("n => open_streams.size === n + 1", arg=streams)
    seen(board, "proposes")
    proposal.locator("button.button-primary").click()
    going = incidents.locator("li").filter(has_text="指挥示例小学")
    expect(going).to_contain_text("已派 2，到场 0")

    phones = [arrive(visit, number) for number in (0, 1)]
    expect(going).to_contain_text("已派 2，到场 2")
    seen(board, "arrived")
    for phone in phones:
        answer(phone, "finish")

    _close(panel)
    expect(going).to_have_count(0)
    # Whoever closes it reads the clocks at once.
    expect(panel.get_by_role("heading", name="复盘")).to_be_visible()
    review = panel.locator(".tiles")
    for clock in ("接警", "派出", "到场", "结束"):
        expect(review).to_contain_text(clock)
    seen(board, "review")
    # What is no longer shown hears nothing any more.
    board.locator("[data-shut]").click()
    board.wait_for_function("n => open_streams.size === n", arg=streams)


def _close(panel: Locator) -> None:
    panel.locator("a[href$='/close/']").click()
    form = panel.locator("form[action$='/close/']")
    form.locator("[name=result]").first.wait_for()
    results = form.locator("input[name=result]")
    if results.count():
        results.first.check()
    else:
        form.locator("select[name=result]").select_option("handled")
    form.locator("[name=note]").fill("学生之间推搡，已劝开，家长到场领回")
    form.locator("button.button-primary, button.button-danger").first.click()


def test_after_a_break_nothing_is_missed_and_the_wall_shows_it(
    visit: Visit, linli: Instance
) -> None:
    board = visit("city_dispatcher", "/board/")
    expect(board.locator(".maplibregl-canvas")).to_be_visible()
    board.context.set_offline(True)
    press_the_button(linli, DORMITORY, "board-number-3")
    board.context.set_offline(False)
    row = board.locator("[data-list=alarms] li").filter(has_text="宿舍值班室")
    expect(row).to_be_visible(timeout=15_000)
    for width in (1920, 3840):
        wall = visit("city_director", "/wall/", viewport={"width": width, "height": 1080})
        expect(wall.locator(".wall-card").first).to_contain_text("宿舍值班室")
        smallest = wall.evaluate(
            "Math.min(...[...document.querySelectorAll('.wall *')].filter(e => e.innerText?.trim()"
            " && !e.children.length && !e.closest('.maplibregl-map'))"
            ".map(e => parseFloat(getComputedStyle(e).fontSize)))"
        )
        assert smallest >= 20
        assert not wall.evaluate("document.documentElement.scrollWidth > innerWidth")
        seen(wall, f"wall-{width}")


def test_a_layer_that_could_not_be_fetched_is_asked_for_again(
    visit: Visit, linli: Instance
) -> None:
    board = visit("city_dispatcher", "/board/")
    asked = board.locator("[data-island=board]").get_attribute("data-premises")
    board.route(f"**{asked}", lambda route: route.abort())
    board.reload()
    status, layer = board.locator("[data-status]"), board.locator("[data-layer=premises]")
    expect(status).to_have_class(re.compile("board-bad"))
    board.unroute(f"**{asked}")
    expect(layer).to_have_attribute("aria-pressed", "true")
    with board.expect_response(f"**{asked}") as answer:
        layer.click()
    assert answer.value.ok
    expect(layer).to_have_attribute("aria-pressed", "true")
    layer.click()
    expect(layer).to_have_attribute("aria-pressed", "false")


def test_the_board_on_a_phone_is_lists_and_a_map(visit: Visit, linli: Instance) -> None:
    phone = visit("city_dispatcher", "/board/", viewport=PHONE)
    expect(phone.locator("[data-list=alarms] li").first).to_be_visible()
    assert not phone.evaluate("document.documentElement.scrollWidth > innerWidth")
    seen(phone, "phone")
