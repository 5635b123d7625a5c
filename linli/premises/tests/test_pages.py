"""The pages: who opens them, what they show, how many queries they cost, and what they refuse."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from linli.cases.tests.desk import BACKEND
from linli.premises.actions.find_overdue import find_overdue
from linli.premises.models import (
    CheckItem,
    Contact,
    Device,
    Drill,
    Hazard,
    Inspection,
    Need,
    Premises,
)
from linli.premises.tests.town import Town
from tests.cast import GRID, LONGMENLI, TUESDAY


def client(town: Town, name: str) -> Client:
    """Return a person's signed-in client."""
    made = Client()
    made.force_login(town.cast.users[name], backend=BACKEND)
    return made


def sent(browser: Client, view: str, *args: Any, **data: Any) -> str:
    """Send a form that must be taken and return the page it leads to."""
    answer = browser.post(reverse(f"premises:{view}", args=args), data, follow=True)
    assert answer.redirect_chain, view
    return answer.content.decode()


def test_the_list_shows_what_is_wrong_in_a_handful_of_queries(
    town: Town, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(12):
        place = town.place(name=f"第{number}宾馆", inspection_due=date(2026, 3, 1))
        town.device(place, state="fault", fault="坏")
    browser = client(town, "clerk")
    browser.get(reverse("premises:list"))
    with django_assert_max_num_queries(16):
        page = browser.get(reverse("premises:list")).content.decode()
    assert "共 12 处场所" in page
    assert "1 台异常" in page
    assert "逾期" in page
    filtered = browser.get(reverse("premises:list"), {"kind": "school"}).content.decode()
    assert "没有符合条件的场所" in filtered
    points = browser.get(reverse("premises:points")).json()
    assert points == {"points": [], "total": 0}


def test_auditors_have_nothing_to_do_here(town: Town) -> None:
    assert client(town, "auditor").get(reverse("premises:list")).status_code == 403


def test_an_inspection_on_a_phone(town: Town) -> None:
    place = town.place(area_id=GRID)
    browser = client(town, "grid_worker")
    address = reverse("premises:inspect", args=[place.id])
    items = list(CheckItem.objects.filter(kind="hotel"))
    told = {f"fine_{item.id}": "yes" for item in items} | {"kind": "routine"}
    bad = items[1].id
    refused = browser.post(address, told | {f"fine_{bad}": "no"})
    assert refused.status_code == 422
    assert "请写明问题" in refused.content.decode()
    page = sent(browser, "inspect", place.id, **told | {f"fine_{bad}": "no", f"note_{bad}": "过期"})
    assert "发现 1 条隐患" in page
    hazard = Hazard.objects.get()
    page = sent(browser, "look", hazard.id, mended="yes", note="已换")
    assert "隐患已闭环" in page
    shown = browser.get(reverse("premises:inspection", args=[Inspection.objects.get().id]))
    assert "过期" in shown.content.decode()


def test_an_overdue_inspection_leads_to_the_check_list(town: Town) -> None:
    town.place(area_id=GRID, inspection_due=date(2026, 3, 1))
    find_overdue(at=TUESDAY)
    browser = client(town, "grid_worker")
    page = browser.get(reverse("premises:due")).content.decode()
    assert "安全检查逾期" in page
    form = browser.get(reverse("premises:look", args=[Hazard.objects.get().id]))
    assert "完成检查" in form.content.decode()
    case = browser.get(reverse("cases:case", args=[Hazard.objects.get().case_id]))
    assert "示例宾馆" in case.content.decode()


def test_a_place_is_written_down_with_all_that_hangs_on_it(town: Town) -> None:
    browser = client(town, "administrator")
    told = {
        "kind": "school", "name": "示例学校", "area": LONGMENLI, "hours": "周一至周五 07:30-18:00",
        "responsible": str(town.cast.posts[LONGMENLI].id), "absent": ["dormitory"],
        "lng": "102.2", "lat": "38.5",
    }  # fmt: skip
    assert browser.post(reverse("premises:add"), told | {"hours": "随时"}).status_code == 422
    sent(browser, "add", **told)
    place = Premises.objects.get()
    page = sent(browser, "add_contact", place.id, part="responsible", name="张示例",
                phone="0935 8210000", position="1")  # fmt: skip
    assert "张**" in page
    assert "张示例" not in page
    contact = Contact.objects.get()
    address = reverse("premises:reveal", args=[place.id, contact.id])
    shown = browser.post(address, {"reason": "夜间巡查联系"})
    assert "0935 8210000" in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    assert browser.post(address, {"reason": ""}).status_code == 422
    page = sent(browser, "add_device", place.id, kind="one_key_alarm", name="门卫室报警",
                spot="guard_room", interval_seconds="60")  # fmt: skip
    assert "应配设备不齐" in page
    device = Device.objects.get()
    secret = browser.post(reverse("premises:secret", args=[device.id])).content.decode()
    assert "只显示这一次" in secret
    sent(browser, "fault", device.id, fault="断电")
    assert "断电" in sent(browser, "change_device", device.id, kind="one_key_alarm",
                        name="门卫室", interval_seconds="0")  # fmt: skip
    sent(browser, "mend", device.id, note="已接通电源")
    sent(
        browser, "test", device.id, sent_at="2026-03-10T09:00:00", arrived_at="2026-03-10T09:00:05"
    )
    assert "5 秒" in browser.get(reverse("premises:device", args=[device.id])).content.decode()
    sent(browser, "change", place.id, **told | {"note": "改", "version": "1"})
    late = browser.post(reverse("premises:change", args=[place.id]), told | {"version": "1"})
    assert "已被他人修改" in late.content.decode()
    points = browser.get(reverse("premises:points")).json()
    assert points["points"] == [[102.2, 38.5, "green", "示例学校", str(place.id)]]
    for view in ("map", "due", "coverage", "kinds", "import", "add_street_device", "add_kind"):
        assert browser.get(reverse(f"premises:{view}")).status_code == 200, view
    sent(browser, "erase", place.id, contact.id)
    sent(browser, "retire_device", device.id)
    assert "已于 2026-03-10 关停" in sent(browser, "close", place.id)


def test_drills(town: Town) -> None:
    place = town.place()
    browser = client(town, "village_director")
    sent(browser, "plan_drill", place.id, subject="fire", planned_on="2026-03-10")
    sent(browser, "plan_drill", place.id, subject="earthquake", planned_on="2026-04-10")
    first, second = Drill.objects.order_by("planned_on")
    page = sent(browser, "hold_drill", first.id, held_on="2026-03-10", participants="80",
                findings="三分钟疏散完毕")  # fmt: skip
    assert "80 人参加" in page
    sent(browser, "cancel_drill", second.id)
    place.refresh_from_db()
    assert place.drilled_on == date(2026, 3, 10)
    again = browser.post(reverse("premises:cancel_drill", args=[second.id]))
    assert again.status_code == 409


def test_kinds_are_the_citys_own(town: Town) -> None:
    browser = client(town, "administrator")
    sent(browser, "add_kind", code="temple", name="宗教场所", position="3", inspection_days="60",
         test_days="0", drill_days="0")  # fmt: skip
    sent(browser, "kind", "temple", form="need", device_kind="extinguisher", spot="hall")
    page = sent(browser, "kind", "temple", form="item", text="香火远离帷幔", category="fire",
                mend_days="1")  # fmt: skip
    assert "香火远离帷幔" in page
    CheckItem.objects.filter(kind="temple").update(text_en="Incense is far from curtains")
    english = {"HTTP_ACCEPT_LANGUAGE": "en"}
    told = browser.get(reverse("premises:kind", args=["temple"]), **english).content.decode()
    assert "Incense is far from curtains" in told
    # What comes along has its English; what a person answered keeps the city's words.
    assert not CheckItem.objects.filter(text_en="").exists()
    need, item = Need.objects.get(kind="temple"), CheckItem.objects.get(kind="temple")
    sent(browser, "drop_need", "temple", need.id)
    sent(browser, "retire_item", "temple", item.id)
    assert client(town, "director").get(reverse("premises:kinds")).status_code == 403


@pytest.mark.parametrize("name", ["clerk", "grid_worker"])
def test_who_does_not_keep_places_has_no_form(town: Town, name: str) -> None:
    place = town.place(area_id=GRID)
    browser = client(town, name)
    for view, args in (("add", []), ("change", [place.id]), ("import", []), ("kinds", [])):
        assert browser.get(reverse(f"premises:{view}", args=args)).status_code == 403, view
    assert browser.post(reverse("premises:close", args=[place.id])).status_code == 403


def test_silence_is_seen_before_it_is_counted(town: Town) -> None:
    device = town.device(heard_at=TUESDAY - timedelta(seconds=90))
    page = client(town, "clerk").get(reverse("premises:device", args=[device.id]))
    assert "未按时上报心跳" in page.content.decode()
