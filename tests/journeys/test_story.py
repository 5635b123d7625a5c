"""The story the first release is for: a neighbour dispute, from the window to the archive.

The same story is read afterwards in the timeline, in the audit log, in the figures and over the API.
"""

import json
import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.cast import BEIJING_ROAD, LONGMENLI
from tests.instance import Instance
from tests.journeys.conftest import assert_accessible

type Visit = Callable[..., Page]
TITLE = "楼道堆放杂物引发邻里争执"
STORY = [
    "register", "assign", "accept", "progress", "escalate", "return", "accept", "resolve",
    "follow_up", "close",
]  # fmt: skip


def do(page: Page, verb: str, **typed: str) -> None:
    """Press a verb's button on the case page and send its form."""
    direct = page.locator(f"form[action$='/{verb}/'] button")
    if direct.count():
        direct.click()
    else:
        page.locator(f"a[href$='/{verb}/']").click()
        act = page.locator("#act")
        for name, value in typed.items():
            field = act.locator(f"[name={name}]")
            if field.first.get_attribute("type") == "radio":
                act.locator(f"[name={name}][value='{value}']").check()
            elif field.evaluate("e => e.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)
        act.locator("button[type=submit]").click()
    page.wait_for_load_state("networkidle")
    expect(page.locator(".lit-red[role=alert]")).to_have_count(0)


def register(page: Page) -> str:
    """Take the dispute in at the window, with the keyboard where a clerk would; return its number."""
    page.locator("[name=kind][value=dispute]").check()
    page.locator("[name=category]").select_option("neighbour")
    page.locator("[name=title]").fill(TITLE)
    page.locator("[name=description]").fill("二楼住户在楼道堆放杂物，三楼住户多次劝说未果。")
    place = page.locator("[data-island=place-picker]")
    place.get_by_role("combobox").first.fill("龙门里")
    place.locator("[role=option]").filter(has_text="龙门里").first.click()
    page.locator("[name$=-name]").first.fill("张无名")
    page.locator("[name$=-phone]").first.fill("100-0000-1234")
    assert_accessible(page)
    page.locator("button[name=send][value='1']").click()
    page.wait_for_url(re.compile("receipt"))
    number = re.search(rf"{BEIJING_ROAD}-\d{{4}}-\d{{6}}", page.content())
    assert number
    expect(page.locator("svg, img[src^='data:image/svg']").first).to_be_visible()
    return number.group()


def open_case(page: Page, number: str) -> None:
    """Find the case on the workbench and open it."""
    page.goto("/")
    page.get_by_role("link").filter(has_text=TITLE).or_(
        page.get_by_role("link").filter(has_text=number)
    ).first.click()
    expect(page.locator("h1")).to_have_text(TITLE)


def resolved(page: Page) -> int:
    """Return how many disputes of the street are resolved by now."""
    figures = page.request.get(f"/api/v1/figures/{BEIJING_ROAD}").json()
    return int(figures["disputes"]["resolved"])


def test_a_neighbour_dispute_from_the_window_to_the_archive(visit: Visit, linli: Instance) -> None:
    clerk = visit("clerk", "/cases/new/")
    # Other journeys may have resolved some in the same city.
    before = resolved(clerk)
    number = register(clerk)

    mediator = visit("mediator")
    expect(mediator.locator("main")).to_contain_text(TITLE)
    assert_accessible(mediator)
    open_case(mediator, number)
    address = mediator.url.split("?")[0]
    do(mediator, "accept")
    mediator.goto(address)
    assert_accessible(mediator)
    do(mediator, "progress", note="上门查看，双方情绪稳定。")
    mediator.goto(address)
    do(mediator, "escalate", note="需要街道协调清运。")

    director = visit("director")
    open_case(director, number)
    do(director, "return", note="街道已联系清运，请再调解一次。")

    open_case(mediator, number)
    do(mediator, "accept")
    mediator.goto(address)
    do(mediator, "resolve", note="双方约定三日内清理，签字确认。")
    mediator.goto(address)
    do(mediator, "follow_up", way="visit", satisfaction="5")
    mediator.goto(address)
    do(mediator, "close")
    mediator.goto(address)
    expect(mediator.locator("main")).to_contain_text("已结案")
    assert_accessible(mediator)
    for text in ("上门查看", "需要街道协调", "请再调解一次", "三日内清理"):
        expect(mediator.locator("main")).to_contain_text(text)

    case_id = re.search(r"/cases/([0-9a-f-]{36})/", address)
    assert case_id
    read_again(linli, case_id.group(1), visit, before + 1)


def read_again(linli: Instance, case_id: str, visit: Visit, expected: int) -> None:
    """The audit, the figures and the API tell the same story as the timeline."""
    verdict = json.loads(linli.linli("audit", "verify", "--json").stdout.splitlines()[-1])
    assert verdict["ok"]
    assert verdict["first_broken"] is None
    figures = json.loads(
        linli.linli("figures", "--area", LONGMENLI, "--json").stdout.splitlines()[-1]
    )
    assert figures["disputes"]["resolved"] == expected
    assert figures["disputes"]["by_level"]["village"] == expected
    clerk = visit("clerk", "/")
    told = clerk.request.get(f"/api/v1/cases/{case_id}/timeline").json()
    assert [event["verb"] for event in told] == STORY
    assert clerk.request.get(f"/api/v1/cases/{case_id}").json()["light"] == "green"
    assert resolved(clerk) == expected
    log = visit("auditor", f"/log/?number={case_id}")
    expect(log.locator("tbody tr")).to_have_count(len(STORY))
