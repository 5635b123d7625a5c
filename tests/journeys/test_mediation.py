"""Ten thousand yuan lent to a friend: mediated at the justice office, from the window to the archive.

The promise was to pay within ten days; two years later nothing was paid. What in life takes months
(instalments, follow-ups) is moved in the database: the days alone, nothing else.
"""

import io
import os
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import psycopg
from PIL import Image
from playwright.sync_api import Page, expect
from psycopg.conninfo import make_conninfo
from pypdf import PdfReader

from tests.instance import Instance
from tests.journeys.conftest import PHONE, assert_accessible

type Visit = Callable[..., Page]
TITLE = "借给朋友一万元，两年未还"
RECORD = (
    "申请人：借条写明十日内归还。\n被申请人：借款属实，一次还不上，请求分期。\n双方同意分四期归还。"
)
CLAUSE = (
    "{debtor}分{count}期归还{creditor}借款共{total}：{instalments}。"
    "（《中华人民共和国民法典》第六百七十五条）"
)


def scan(name: str) -> dict[str, object]:
    """Return a scanned page as the browser sends it."""
    kept = io.BytesIO()
    Image.new("RGB", (400, 560), "white").save(kept, "JPEG")
    return {"name": f"{name}.jpg", "mimeType": "image/jpeg", "buffer": kept.getvalue()}


def seen(page: Page, name: str) -> None:
    """Look at the page as axe does; keep a picture where somebody asks for pictures."""
    assert_accessible(page)
    if folder := os.environ.get("LINLI_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def do(page: Page, address: str, verb: str, **typed: str | bool) -> None:
    """Press a verb's button on the mediation's page, fill its form in, and send it."""
    page.goto(address)
    page.locator(f"#path a[href$='/{verb}/']").click()
    form = page.locator("main form.form").first
    for name, value in typed.items():
        fill(form.locator(f"[name='{name}']"), value)
    seen(page, f"step-{verb}")
    form.locator("button[type=submit]").first.click()
    page.wait_for_load_state("networkidle")
    wrong = page.locator(".lit-red[role=alert], .error")
    assert wrong.all_inner_texts() == []
    expect(page).to_have_url(re.compile(r"/mediations/[0-9a-f-]+/(sessions/[0-9a-f-]+/)?$"))


def fill(field: object, value: str | bool) -> None:
    """Type, choose or tick, whatever the field is."""
    kind = field.first.get_attribute("type")  # type: ignore[attr-defined]
    if kind == "radio":
        field.and_(field.page.locator(f"[value='{value}']")).check()  # type: ignore[attr-defined]
    elif kind == "checkbox":
        field.set_checked(bool(value))  # type: ignore[attr-defined]
    elif field.evaluate("e => e.tagName") == "SELECT":  # type: ignore[attr-defined]
        field.select_option(value)  # type: ignore[attr-defined]
    else:
        field.fill(value)  # type: ignore[attr-defined]


def shift(linli: Instance, statement: str, *values: object) -> None:
    """Let time pass for the rows of a statement."""
    with psycopg.connect(make_conninfo(str(linli.database_url)), autocommit=True) as connection:
        assert connection.execute(statement, values).rowcount  # type: ignore[arg-type]


def register(page: Page) -> str:
    """Take the dispute in at the window; return the address of the case."""
    page.locator("[name=kind][value=dispute]").check()
    page.locator("[name=category]").select_option("contract")
    page.locator("[name=title]").fill(TITLE)
    page.locator("[name=description]").fill("借条写明十日内归还，至今未还。")
    place = page.locator("[data-island=place-picker]")
    place.get_by_role("combobox").first.fill("广州路")
    place.locator("[role=option]").filter(has_text="广州路街道").first.click()
    for number, name in enumerate(("赵甲", "孙乙")):
        page.locator(f"[name=party{number}-name]").fill(name)
        page.locator(f"[name=party{number}-phone]").fill(f"1380000000{number}")
    page.locator("button[name=send][value='1']").click()
    page.wait_for_url(re.compile("receipt"))
    found = re.search(r"/cases/([0-9a-f-]{36})/", page.content() + page.url)
    assert found
    return f"/cases/{found.group(1)}/"


def test_a_loan_is_mediated_paid_and_archived(visit: Visit, linli: Instance) -> None:
    today = datetime.now(ZoneInfo("Asia/Shanghai")).date()
    clerk = visit("neighbour_clerk", "/cases/new/")
    case = register(clerk)
    address = begin(clerk, case, today - timedelta(days=730))

    mediator = visit("street_mediator", "/mediations/")
    seen(mediator, "day-waiting")
    mediator.goto(address)
    expect(mediator.locator("main")).to_contain_text("诉讼时效")
    agree_to_mediation(mediator, address, today)
    meet(mediator, address, today)
    write_agreement(mediator, address, today)
    sign(mediator, address)
    ask_the_court(mediator, address, today)
    perform(mediator, address, linli, today)
    follow_up(mediator, address, linli, today)
    archive(mediator, address)
    read_the_file(mediator, address)
    mediator.goto(case)
    expect(mediator.locator("main")).to_contain_text("已结案")


def begin(page: Page, case: str, due: date) -> str:
    """Begin the mediation from the case; return its address."""
    page.goto(f"{case}mediation/begin/")
    page.locator("[name=committee]").select_option(label="广州路街道人民调解委员会")
    page.locator("[name=request]").fill("归还借款一万元。")
    page.locator("[name=claimed]").fill("10000")
    page.locator("[name=claim_due_on]").fill(due.isoformat())
    for box in page.locator("[name=willing]").all():
        box.check()
    seen(page, "begin")
    page.locator("main button.button-primary").click()
    page.wait_for_url(re.compile(r"/mediations/[0-9a-f-]+/$"))
    return page.url


def agree_to_mediation(page: Page, address: str, today: date) -> None:
    """Both were told their rights; the mediator has no conflict of interest and accepts."""
    for turn in range(2):
        page.goto(address)
        fold = (
            page.locator("#parties details")
            .filter(has=page.locator("[name=notified_on]"))
            .nth(turn)
        )
        fold.locator("summary").first.click()
        fold.locator("[name=notified_on]").fill(today.isoformat())
        fold.locator("button[type=submit]").click()
        page.wait_for_load_state("networkidle")
    page.goto(address)
    seen(page, "mediation-waiting")
    do(page, address, "seat", no_conflict="1")
    do(page, address, "accept")
    expect(page.locator("main")).to_contain_text("已受理")


def meet(page: Page, address: str, today: date) -> None:
    """A session is planned in the committee's room, held, and written up while it goes on."""
    times = {"from_time": "23:55", "to_time": "23:59"}
    do(page, address, "plan", on=today.isoformat(), **times)
    page.goto("/mediations/")
    expect(page.locator("main")).to_contain_text("调解一室")
    seen(page, "day-session")
    do(page, address, "hold")
    page.goto(address)
    page.locator("#sessions a").first.click()
    page.locator("[name=record]").fill(RECORD[:12])
    status = page.locator("[data-status]")
    expect(status).to_have_attribute("data-light", "green", timeout=10_000)
    # The connection drops while somebody writes: nothing of it is lost, and it goes on by itself.
    page.context.set_offline(True)
    page.locator("[name=record]").fill(RECORD)
    expect(status).to_have_attribute("data-light", "yellow", timeout=10_000)
    page.context.set_offline(False)
    expect(status).to_have_attribute("data-light", "green", timeout=15_000)
    page.reload()
    expect(page.locator("[name=record]")).to_have_value(RECORD)
    page.locator("[name=joint_statement]").fill("双方对借款事实没有争议。")
    seen(page, "session")
    page.locator("button[name=close]").click()
    page.wait_for_load_state("networkidle")


def write_agreement(page: Page, address: str, today: date) -> None:
    """Four instalments, their money and days written once, and an article that there is."""
    page.goto(address)
    page.locator("#path a[href$='/agree/']").click()
    page.locator("details").filter(has=page.locator("[name=split-total]")).locator(
        "summary"
    ).click()
    page.locator("[name=split-total]").fill("10000")
    page.locator("[name=split-parts]").fill("4")
    page.locator("[name=split-first_on]").fill((today + timedelta(days=30)).isoformat())
    page.locator("button[value=instalments]").click()
    expect(page.locator("[name=owed-3-amount]")).to_have_value("2500.00")
    expect(page.locator("[name=owed-4-amount]")).to_have_count(0)
    page.locator("[name=clause-0-text]").fill(CLAUSE.replace("第六百七十五条", "第九千条"))
    page.locator("main form button.button-primary").click()
    expect(page.locator("main")).to_contain_text("第九千条")
    page.locator("[name=clause-0-text]").fill(CLAUSE)
    seen(page, "agreement-form")
    page.locator("main form button.button-primary").click()
    page.wait_for_url(re.compile(f"{address}(#.*)?$"))
    expect(page.locator("main")).to_contain_text("2,500.00")
    seen(page, "mediation-agreed")


def sign(page: Page, address: str) -> None:
    """Both sides and the mediator sign, the seal is set: it takes effect."""
    for _turn in range(3):
        page.goto(address)
        page.locator("#path a[href$='/sign/']").click()
        page.locator("main form [name=signer]").first.check()
        page.locator("main form button.button-primary").click()
        page.wait_for_url(re.compile(f"{address}(#.*)?$"))
    do(page, address, "take_effect", outcome="双方达成协议，分四期归还一万元。")


def ask_the_court(page: Page, address: str, today: date) -> None:
    """Both ask for judicial confirmation in time; the court accepts and confirms."""
    page.goto(address)
    expect(page.locator("#confirmation")).to_be_visible()
    do(page, address, "confirm", on=today.isoformat(), court="金川区人民法院", together=True)
    do(
        page,
        address,
        "confirm",
        step="take",
        on=today.isoformat(),
        number="（2026）甘0302诉前调确1号",
    )
    do(page, address, "confirm", step="confirm", on=today.isoformat())
    expect(page.locator("#confirmation")).to_contain_text("裁定有效")


def perform(page: Page, address: str, linli: Instance, today: date) -> None:
    """The first instalment is late: the mediator's day says so, a reminder goes out, all is paid."""
    late = "UPDATE mediation_obligation SET due_on = %s WHERE position = 1 AND mediation_id = %s"
    shift(linli, late, today - timedelta(days=2), key_of(address))
    page.goto("/mediations/")
    expect(page.locator("main")).to_contain_text("已逾期")
    seen(page, "day-late")
    do(page, address, "remind", by_message=True)
    expect(page.locator("#performance")).to_contain_text("提醒")
    for _turn in range(4):
        do(page, address, "pay")
    expect(page.locator("main")).to_contain_text("履行完毕")
    seen(page, "mediation-performed")


def follow_up(page: Page, address: str, linli: Instance, today: date) -> None:
    """Asked twice whether it holds; only then the case turns green."""
    due = "UPDATE mediation_followup SET due_on = %s WHERE mediation_id = %s"
    shift(linli, due, today, key_of(address))
    for _turn in range(2):
        do(page, address, "follow_up", way="phone", satisfaction="5", text="已按期还清。")
    do(page, address, "conclude")


def archive(page: Page, address: str) -> None:
    """What is missing is named; scans are put in; the file is sealed."""
    page.goto(f"{address}file/")
    expect(page.locator("main")).to_contain_text("归档前还缺")
    for kind in ("identity", "agreement", "evidence"):
        page.locator("[name=kind]").select_option(kind)
        page.locator("[name=upload]").set_input_files(scan(kind))  # type: ignore[arg-type]
        page.locator("main form.form button.button-primary").click()
        page.wait_for_load_state("networkidle")
        expect(page.locator(".lit-red[role=alert]")).to_have_count(0)
    expect(page.locator("main")).not_to_contain_text("归档前还缺")
    seen(page, "file")
    do(page, address, "archive", term="long")
    expect(page.locator("#file")).to_contain_text("已归档封存")
    seen(page, "mediation-archived")
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    seen(page, "mediation-archived-phone")


def read_the_file(page: Page, address: str) -> None:
    """The sealed file has every paper, in order, with page numbers."""
    answer = page.request.get(f"{address}file/whole.pdf")
    assert answer.ok
    if folder := os.environ.get("LINLI_PICTURES"):
        (Path(folder) / "file.pdf").write_bytes(answer.body())
    read = PdfReader(io.BytesIO(answer.body()))
    titles = [mark.title for mark in read.outline if not isinstance(mark, list)]
    assert titles == [
        "调解申请书", "调解受理登记表", "权利义务告知书", "身份证明", "证据材料", "调解记录 第1次",
        "调解协议书", "履行凭证", "回访记录", "司法确认材料", "卷宗情况说明", "封底",
    ]  # fmt: skip
    text = "".join(page.extract_text() for page in read.pages)
    assert "赵甲" in text
    assert "广人调字第1号" in text.replace(" ", "")
    assert "分4期归还赵甲借款共10,000.00元" not in text  # the signed scan counts


def key_of(address: str) -> str:
    """Return the key of the mediation of an address."""
    return address.rstrip("/").rsplit("/", 1)[-1]
