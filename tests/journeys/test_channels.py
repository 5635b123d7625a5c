"""A webhook is connected and tested through the running worker; a tip reaches its unit and is answered."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from linli.exchange.tests.receiver import receiver
from tests.cast import CITY
from tests.journeys.conftest import PHONE, assert_accessible

type Visit = Callable[..., Page]
SECRET = "地下室里有人卖假药"
OFFICE = "北京路街道 · 北京路司法所"


def choose_city(page: Page) -> None:
    """Choose the whole city in the place picker."""
    page.locator("[data-island=place-picker] select").first.select_option(CITY)


def test_a_system_is_connected_and_a_test_arrives(visit: Visit) -> None:
    with receiver() as there:
        page = visit("administrator", "/connections/")
        page.locator("main details summary").click()
        page.locator("[name=host]").fill("127.0.0.1")
        page.locator("[name=reason]").fill("本机测试")
        page.locator("main details form.form button[type=submit]").click()
        expect(page.locator("main")).to_contain_text("本机测试")
        assert_accessible(page)
        page.locator("main a.button-primary").click()
        page.locator("[name=name]").fill("市数据平台")
        page.locator("[name=url]").fill(f"{there.url}/hook")
        choose_city(page)
        page.locator("main button.button-primary").click()
        expect(page.locator("code.secret")).to_contain_text("whsec_")
        page.locator("main a.button-primary").click()
        page.locator("main button.button-primary").click()
        # The log asks again by itself until the worker has sent it.
        expect(page.locator("#webhook-log")).to_contain_text("HTTP 204", timeout=20_000)
        assert_accessible(page)
        assert [path for path, _headers, _body in there.received] == ["/hook"]


def test_a_tip_reaches_its_unit_and_the_answer_its_giver(visit: Visit) -> None:
    page = visit("administrator", "/tips/desks/")
    page.locator("[name=kind]").select_option("fraud")
    page.locator("[name=unit]").select_option(label=OFFICE)
    choose_city(page)
    page.locator("main button.button-primary").click()
    expect(page.locator("main tbody")).to_contain_text("北京路司法所")
    assert_accessible(page)

    giver = visit(None, "/tips/give/", viewport=PHONE)
    giver.locator("[name=kind]").select_option("fraud")
    giver.locator("[name=text]").fill(SECRET)
    giver.locator("[name=area]").select_option("620302")
    assert_accessible(giver)
    giver.locator("main button.button-primary").click()
    code = giver.locator("code.secret").inner_text()

    officer = visit("officer", "/")
    officer.locator("main a[href='/tips/']").click()
    officer.locator("main tbody a").click()
    expect(officer.locator("main")).to_contain_text(SECRET)
    assert_accessible(officer)
    officer.locator("[id=answer_text]").fill("谢谢，我们去看")
    officer.locator("main button.button-primary").click()

    giver.goto("/tips/receipt/")
    giver.locator("[name=code]").fill(code)
    giver.locator("main button.button-primary").click()
    expect(giver.locator("main")).to_contain_text("谢谢，我们去看")
    expect(giver.locator("main")).not_to_contain_text(SECRET)
    assert_accessible(giver)
