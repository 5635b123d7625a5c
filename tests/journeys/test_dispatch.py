"""A school's one-key alarm, from the queue to the review, on the pages alone and then without scripts.

The dispatcher answers, takes the two patrol teams that are proposed, follows them to arrival, closes
with a report, and the after-action page shows every clock. The teams answer from their phones.
"""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.instance import Instance
from tests.journeys.conftest import PHONE, assert_accessible
from tests.journeys.test_board import press_the_button

type Visit = Callable[..., Page]
BUTTON = "DISPATCH-1"
PREPARED = f"""
from django.utils import timezone
from linli.areas.models import Unit
from linli.dispatch.models import DispatchUnit
from linli.kernel.crypto import seal
from linli.premises.models import Device, Premises
from tests.cast import GUANGZHOU_ROAD, OTHER_VILLAGE, PASSWORD, make_user
from tests.journeys.test_board import SECRET
now = timezone.now()
school = Premises.objects.create(kind_id="school", name="调度示例中学", area_id=OTHER_VILLAGE,
    added_at=now, latitude=38.55, longitude=102.25)
device = Device(premises=school, area_id=OTHER_VILLAGE, kind="one_key_alarm", name="监控室",
    serial="{BUTTON}", latitude=38.55, longitude=102.25)
device.secret = seal(SECRET, device.id.bytes)
device.save(force_insert=True)
for number, name in enumerate(["甲", "乙"]):
    team = Unit.objects.create(area_id=GUANGZHOU_ROAD, kind="team", name=f"调度示例{{name}}队")
    DispatchUnit.objects.create(team=team, kind="patrol", name=team.name, area_id=GUANGZHOU_ROAD,
        longitude=102.251 + number / 1000, latitude=38.55, status="available", status_at=now)
    make_user(f"dispatch_leader_{{number}}", "patrol_leader", GUANGZHOU_ROAD, team, password=PASSWORD)
"""


def press(page: Page, verb: str) -> None:
    """Press the button of a unit's answer."""
    page.locator(f"form[action$='/{verb}/'] button").first.click()
    page.wait_for_load_state("networkidle")


def order(visit: Visit, number: int, **options: object) -> Page:
    """Open the phone of a team on its order."""
    phone = visit(f"dispatch_leader_{number}", "/dispatch/unit/", viewport=PHONE, **options)
    expect(phone.locator("main")).to_contain_text("调度示例中学")
    width = phone.evaluate("document.documentElement.scrollWidth")
    assert width <= PHONE["width"], "the page is wider than the phone"
    return phone


def test_from_the_schools_alarm_to_the_review(visit: Visit, linli: Instance) -> None:
    linli.tell(PREPARED)
    press_the_button(linli, BUTTON, "dispatch-number-1")
    desk = visit("city_dispatcher", "/alarms/")
    desk.get_by_role("row").filter(has_text="调度示例中学").get_by_role("link").first.click()
    assert_accessible(desk)
    desk.locator("form[action*='/dispatch/open/'] button").click()
    desk.wait_for_url(re.compile("/dispatch/incidents/"))
    proposal = desk.locator("form[action$='/send/']")
    for team in ("甲", "乙"):
        expect(proposal.get_by_label(f"调度示例{team}队")).to_be_checked()
    assert_accessible(desk)
    here = desk.url
    proposal.get_by_role("button").click()
    sent = desk.locator("[data-part=sent]")
    expect(sent).to_contain_text("调度示例甲队")

    first, second = order(visit, 0), order(visit, 1, java_script_enabled=False)
    assert_accessible(first)
    for verb in ("accept", "set_out", "arrive"):
        press(first, verb)
        press(second, verb)
    # The dispatcher's page has followed them by itself.
    expect(sent.locator(".light-green")).to_have_count(2)
    expect(desk.locator("[data-part=clocks] .tile-green").nth(2)).to_be_visible()
    press(first, "finish")
    press(second, "finish")
    expect(first.locator("main")).not_to_contain_text("调度示例中学")

    desk.goto(f"{here}close/")
    desk.locator("[name=result][value=handled]").check()
    desk.locator("[name=note]").fill("校门外有人滋扰，两队到场后离开，学生无碍")
    assert_accessible(desk)
    desk.locator("form[action$='/close/'] button[type=submit]").click()
    desk.wait_for_url(re.compile("/review/"))
    tiles = desk.locator(".tiles .tile")
    expect(tiles).to_have_count(4)
    for tile in tiles.all():
        expect(tile.locator(".tile-value")).to_have_text(re.compile(r"^\d+:\d\d"))
    units = desk.get_by_role("table").first
    for team in ("甲", "乙"):
        expect(units.get_by_role("row").filter(has_text=f"调度示例{team}队")).to_be_visible()
    expect(desk.locator("main")).to_contain_text("两队到场后离开")
    assert_accessible(desk)


def test_a_dispatcher_without_scripts_opens_sends_and_recalls(
    visit: Visit, linli: Instance
) -> None:
    desk = visit("city_dispatcher", "/dispatch/open/", java_script_enabled=False)
    desk.locator("[name=kind][value=theft]").check()
    desk.locator("[name=area]").first.fill("620302006001")
    desk.locator("[name=place]").fill("示例商店")
    desk.locator("form.prose button[type=submit]").click()
    desk.wait_for_url(re.compile("/dispatch/incidents/"))
    desk.locator("form[action$='/send/'] button").click()
    sent = desk.locator("[data-part=sent]")
    expect(sent).to_contain_text("已派")
    sent.locator("summary").first.click()
    recall = sent.locator("form[action$='/recall/']").first
    recall.locator("[name=note]").fill("店主说已找回")
    recall.get_by_role("button").click()
    expect(sent).to_contain_text("已召回")
