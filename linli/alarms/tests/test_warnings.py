"""Warnings to the public: two directors, a signed feed for everybody, and only exercises."""

from datetime import timedelta
from typing import Any

import pytest
from defusedxml import ElementTree
from django.db import DatabaseError, transaction
from django.test import Client

from linli.accounts.models import User
from linli.accounts.scope import acting
from linli.alarms.actions.set_warning_terms import set_warning_terms
from linli.alarms.actions.warn import (
    WarningData,
    draft_cancel,
    draft_warning,
    issue_warning,
    refuse_warning,
)
from linli.alarms.cap.keys import certificates
from linli.alarms.cap.reading import read
from linli.alarms.cap.writing import verified
from linli.alarms.models import PublicWarning, WarningTerms
from linli.alarms.tests.house import House
from linli.audit.models import Entry
from linli.cases.tests.desk import Desk as CaseDesk
from linli.kernel.errors import IllegalMove, Invalid, NotPermitted
from linli.kernel.row_security import scoped
from tests.cast import BEIJING_ROAD, TUESDAY

HOUR = timedelta(hours=1)


pytestmark = pytest.mark.usefixtures("signing")


def data(**fields: Any) -> WarningData:
    given = {
        "area": BEIJING_ROAD, "event": "燃气泄漏", "category": "Safety", "urgency": "Immediate",
        "severity": "Severe", "certainty": "Observed", "response": "Avoid",
        "headline": "北京路燃气泄漏，请绕行", "description": "北京路中段燃气管道泄漏，正在抢修。",
        "expires_at": TUESDAY + 6 * HOUR,
    }  # fmt: skip
    return WarningData(**{**given, **fields})


def issued(house: House, **fields: Any) -> PublicWarning:
    draft = draft_warning(data(**fields), actor=house.cast.actor("county_director"), at=TUESDAY)
    return issue_warning(draft.id, actor=house.cast.actor("city_director"), at=TUESDAY)


def test_one_writes_it_and_another_issues_it_signed_as_an_exercise(house: House) -> None:
    author, second = house.cast.actor("county_director"), house.cast.actor("city_director")
    draft = draft_warning(data(), actor=author, at=TUESDAY)
    assert draft.message == ""
    with pytest.raises(NotPermitted, match="另一"):
        issue_warning(draft.id, actor=author, at=TUESDAY)
    warning = issue_warning(draft.id, actor=second, at=TUESDAY)
    message = read(warning.message.encode())
    assert (message.status, message.type, message.codes) == ("Exercise", "Alert", (BEIJING_ROAD,))
    assert verified(warning.message.encode(), certificates()[0])
    events = Entry.objects.filter(object_id=str(draft.id)).order_by("id")
    assert [entry.event for entry in events] == ["warning.draft", "warning.issue"]
    with pytest.raises(IllegalMove):
        issue_warning(draft.id, actor=second, at=TUESDAY)


def test_the_database_wants_two_people_and_keeps_what_was_issued(house: House) -> None:
    warning = issued(house)
    draft = draft_warning(data(), actor=house.cast.actor("county_director"), at=TUESDAY)
    with pytest.raises(DatabaseError, match="warning_two_people"), transaction.atomic():
        PublicWarning.objects.filter(pk=draft.pk).update(decided_by=draft.drafted_by)
    for change in ({"message": "x"}, {"headline": "x"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            PublicWarning.objects.filter(pk=warning.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        PublicWarning.objects.filter(pk=warning.pk).delete()


@pytest.mark.parametrize(
    "name", ["director", "village_director", "city_dispatcher", "administrator", "clerk"]
)
def test_others_do_not_warn_the_public(house: House, name: str) -> None:
    with pytest.raises(NotPermitted):
        draft_warning(data(), actor=house.cast.actor(name), at=TUESDAY)
    draft = draft_warning(data(), actor=house.cast.actor("county_director"), at=TUESDAY)
    with pytest.raises(NotPermitted):
        issue_warning(draft.id, actor=house.cast.actor(name), at=TUESDAY)


def test_what_can_not_be_told_is_named_by_field(house: House) -> None:
    author = house.cast.actor("county_director")
    with pytest.raises(Invalid) as wrong:
        draft_warning(
            data(headline=" ", expires_at=TUESDAY + timedelta(days=8)), actor=author, at=TUESDAY
        )
    assert set(wrong.value.fields) == {"headline", "expires_at"}
    late = draft_warning(data(expires_at=TUESDAY + HOUR), actor=author, at=TUESDAY)
    with pytest.raises(IllegalMove):
        issue_warning(late.id, actor=house.cast.actor("city_director"), at=TUESDAY + 2 * HOUR)


def test_update_and_cancellation_name_what_they_follow_and_need_a_second_person_too(
    house: House,
) -> None:
    county, city = house.cast.actor("county_director"), house.cast.actor("city_director")
    first = issued(house)
    update = draft_warning(data(severity="Minor"), actor=city, at=TUESDAY, updates=first.id)
    with pytest.raises(IllegalMove):
        draft_warning(data(), actor=city, at=TUESDAY, updates=first.id)
    update = issue_warning(update.id, actor=county, at=TUESDAY + HOUR)
    cancel = draft_cancel(update.id, note="抢修完成", actor=county, at=TUESDAY + 2 * HOUR)
    with pytest.raises(NotPermitted):
        issue_warning(cancel.id, actor=county, at=TUESDAY + 2 * HOUR)
    cancel = issue_warning(cancel.id, actor=city, at=TUESDAY + 2 * HOUR)
    message = read(cancel.message.encode())
    assert message.type == "Cancel"
    assert list(message.references) == [
        f"{one.sender},{one.identifier},{one.sent}" for one in (first, update)
    ]
    with pytest.raises(IllegalMove):
        draft_cancel(cancel.id, note="x", actor=city, at=TUESDAY)


def test_a_draft_is_refused_with_a_reason_and_may_be_written_again(house: House) -> None:
    county, city = house.cast.actor("county_director"), house.cast.actor("city_director")
    first = issued(house)
    update = draft_warning(data(), actor=county, at=TUESDAY, updates=first.id)
    refuse_warning(update.id, note="措辞不准", actor=city, at=TUESDAY)
    draft_warning(data(), actor=county, at=TUESDAY, updates=first.id)
    assert PublicWarning.objects.filter(state="refused").count() == 1


def test_real_warnings_need_the_citys_own_switch_and_no_demo(house: House) -> None:
    administrator = house.cast.actor("administrator")
    for name in ("city_director", "county_director"):
        with pytest.raises(NotPermitted):
            set_warning_terms(
                sender="w@city.gov.cn", is_real=True, actor=house.cast.actor(name), at=TUESDAY
            )
    with pytest.raises(Invalid):
        set_warning_terms(sender="", is_real=True, actor=administrator, at=TUESDAY)
    User.objects.filter(pk=house.dispatcher.pk).update(loopback_only=True)
    with pytest.raises(Invalid, match="演示"):
        set_warning_terms(sender="w@city.gov.cn", is_real=True, actor=administrator, at=TUESDAY)
    User.objects.filter(pk=house.dispatcher.pk).update(loopback_only=False)
    set_warning_terms(sender="w@city.gov.cn", is_real=True, actor=administrator, at=TUESDAY)
    assert WarningTerms.objects.get().is_real
    assert read(issued(house).message.encode()).status == "Actual"


def test_everybody_reads_the_feed_and_nobody_a_draft(house: House) -> None:
    warning = issued(house)
    draft_warning(data(headline="还没签发"), actor=house.cast.actor("county_director"), at=TUESDAY)
    with scoped((), (), None):
        assert [one.pk for one in PublicWarning.objects.all()] == [warning.pk]
    visitor = Client()
    answer = visitor.get("/cap/")
    assert answer["Cache-Control"] == "public, max-age=60"
    feed = ElementTree.fromstring(answer.content)
    links = [one.get("href") for one in feed.iter("{http://www.w3.org/2005/Atom}link")]
    assert len(links) == 2
    assert "还没签发" not in answer.content.decode()
    assert visitor.get("/cap/", headers={"If-None-Match": answer["ETag"]}).status_code == 304
    message = visitor.get(str(links[1]).removeprefix("http://testserver"))
    assert message["Content-Type"].startswith("application/cap+xml")
    certificate = visitor.get("/cap/certificates.pem").content
    assert verified(message.content, certificate)
    assert visitor.get("/cap/linli-0000000000.xml").status_code == 404


def test_the_pages_lead_from_the_draft_to_the_feed(house: House) -> None:
    desk = CaseDesk(house.cast)
    county, city = desk.client("county_director"), desk.client("city_director")
    form = {
        "area": BEIJING_ROAD, "event": "沙尘暴", "severity": "Moderate", "category": "Met",
        "urgency": "Expected", "certainty": "Likely", "response": "Shelter",
        "headline": "沙尘暴黄色预警", "description": "未来12小时有沙尘暴。",
        "expires_at": "2026-03-10T20:00",
    }  # fmt: skip
    assert county.post("/warnings/new/", {**form, "headline": ""}).status_code == 422
    address = county.post("/warnings/new/", form)["Location"]
    assert "必须由另一位" in county.get(address).content.decode()
    assert county.post(f"{address}issue/").status_code == 403
    assert city.post(f"{address}issue/").status_code == 302
    page = city.get(address).content.decode()
    assert "撤销预警" in page
    assert "演练" in page
    assert city.post(f"{address}cancel/", {"note": "天气转好"}).status_code == 302
    assert "沙尘暴黄色预警" in county.get("/warnings/").content.decode()
    assert desk.client("clerk").get("/warnings/").status_code == 403
    assert desk.client("administrator").post(
        "/warnings/terms/", {"sender": "w@city.gov.cn"}
    ).status_code == 302  # fmt: skip
    actor = house.cast.actor("clerk")
    with acting(actor):
        assert not PublicWarning.objects.filter(state="draft", area="6203").exists()
