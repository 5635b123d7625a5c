"""Rules: set for days to come, by the city's administrator, recorded; the past stays as it was."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from linli.audit.models import Entry
from linli.cases.actions.edit_categories import add_category, rename_category, retire_category
from linli.cases.actions.set_calendar import clear_calendar_day, read_days, set_calendar
from linli.cases.actions.set_deadline_rule import drop_deadline_rule, set_deadline_rule
from linli.cases.deadlines import Term, forget_policy, term
from linli.cases.models import Category, DeadlineRule
from linli.cases.queries.categories import forget_categories
from linli.kernel.errors import Invalid, NotFound, NotPermitted
from linli.kernel.models import CalendarDay
from linli.kernel.working_days import forget_table, is_working_day
from tests.cast import BEIJING_ROAD, LONGMENLI, TUESDAY, Cast, make_case, make_cast

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 10)
TOMORROW = TODAY + timedelta(days=1)
RULE = {"area": "", "clock": "level", "key": "village", "amount": 3, "unit": "working_days"}


@pytest.fixture
def cast() -> Any:
    forget_policy()
    forget_categories()
    forget_table()
    yield make_cast()
    forget_policy()
    forget_categories()
    forget_table()


def administrator(cast: Cast) -> Client:
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(cast.users["administrator"], backend="linli.accounts.backend.RoleBackend")
    return client


def set_rule(cast: Cast, **changed: Any) -> DeadlineRule:
    given = {**RULE, "effective_from": TOMORROW, **changed}
    return set_deadline_rule(**given, actor=cast.actor("administrator"), at=TUESDAY)


def test_a_rule_holds_from_its_day_on_and_not_before(cast: Cast) -> None:
    set_rule(cast)
    forget_policy()
    assert term(LONGMENLI, TODAY, "level", "village") == Term(2, "working_days")
    assert term(LONGMENLI, TOMORROW, "level", "village") == Term(3, "working_days")
    set_rule(cast, area=BEIJING_ROAD, amount=5)
    forget_policy()
    assert term(LONGMENLI, TOMORROW, "level", "village") == Term(5, "working_days")
    assert term("620302006001", TOMORROW, "level", "village") == Term(3, "working_days")
    assert Entry.objects.filter(event="case.set_deadline_rule").count() == 2


def test_what_holds_is_never_changed(cast: Cast) -> None:
    with pytest.raises(Invalid):
        set_rule(cast, effective_from=TODAY)
    holding = DeadlineRule.objects.filter(clock="level", key="village").get()
    with pytest.raises(Invalid):
        drop_deadline_rule(holding.pk, actor=cast.actor("administrator"), at=TUESDAY)
    assert DeadlineRule.objects.get(pk=holding.pk).amount == 2


def test_a_rule_to_come_is_changed_and_taken_back(cast: Cast) -> None:
    first = set_rule(cast)
    assert set_rule(cast, amount=4).pk == first.pk
    drop_deadline_rule(first.pk, actor=cast.actor("administrator"), at=TUESDAY)
    assert not DeadlineRule.objects.filter(effective_from=TOMORROW).exists()
    with pytest.raises(NotFound):
        drop_deadline_rule(first.pk, actor=cast.actor("administrator"), at=TUESDAY)


@pytest.mark.parametrize(
    "wrong", [{"key": "moon"}, {"clock": "x"}, {"amount": 0}, {"unit": "weeks"}, {"area": "99"}]
)
def test_nonsense_is_refused(cast: Cast, wrong: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        set_rule(cast, **wrong)


@pytest.mark.parametrize("who", ["clerk", "city_director", "auditor"])
def test_only_the_citys_administrator_sets_rules(cast: Cast, who: str) -> None:
    actor = cast.actor(who)
    with pytest.raises(NotPermitted):
        set_deadline_rule(**RULE, effective_from=TOMORROW, actor=actor, at=TUESDAY)
    with pytest.raises(NotPermitted):
        add_category(kind="dispute", parent="", name="x", name_en="", actor=actor, at=TUESDAY)
    with pytest.raises(NotPermitted):
        set_calendar(read_days("2026-05-06 休"), actor=actor, at=TUESDAY)
    client = Client()
    client.force_login(cast.users[who], backend="linli.accounts.backend.RoleBackend")
    for page in ("", "categories/", "calendar/"):
        assert client.get(f"/policies/{page}").status_code == 403


def test_a_category_is_added_under_a_type_renamed_and_retired(cast: Cast) -> None:
    actor = cast.actor("administrator")
    added = add_category(
        kind="dispute", parent="neighbour", name="漏水", name_en="Leaks", actor=actor, at=TUESDAY
    )
    make_case(cast, category=added.code)
    for kind, parent in (("request", "neighbour"), ("dispute", added.code)):
        with pytest.raises(Invalid):
            add_category(kind=kind, parent=parent, name="x", name_en="", actor=actor, at=TUESDAY)
    with pytest.raises(Invalid):
        rename_category(added.code, name="邻里", name_en="", actor=actor, at=TUESDAY)
    rename_category(added.code, name="楼上漏水", name_en="Leaks", actor=actor, at=TUESDAY)
    retire_category(added.code, retired=True, actor=actor, at=TUESDAY)
    with pytest.raises(Invalid):
        make_case(cast, category=added.code)
    retire_category(added.code, retired=False, actor=actor, at=TUESDAY)
    assert Category.objects.get(pk=added.code).name == "楼上漏水"
    events = (
        Entry.objects.filter(object_id=added.code).order_by("id").values_list("event", flat=True)
    )
    assert list(events) == [
        "case.add_category", "case.rename_category", "case.retire_category", "case.offer_category",
    ]  # fmt: skip


def test_the_calendar_of_a_year_is_entered(cast: Cast) -> None:
    actor = cast.actor("administrator")
    text = "2026-05-06, 休, 加放一天\n\n2026-05-09\t班 补班"
    assert set_calendar(read_days(text), actor=actor, at=TUESDAY) == 2
    forget_table()
    assert not is_working_day(date(2026, 5, 6))
    assert is_working_day(date(2026, 5, 9))
    clear_calendar_day(date(2026, 5, 6), actor=actor, at=TUESDAY)
    forget_table()
    assert is_working_day(date(2026, 5, 6))
    assert Entry.objects.filter(event="case.set_calendar").count() == 1


@pytest.mark.parametrize(
    "text", ["", "2026-02-30 休", "2026-05-06 也许", "2026-01-01 休 过去", "2099-01-01 休"]
)
def test_days_that_cannot_be_read_or_are_past_are_refused(cast: Cast, text: str) -> None:
    with pytest.raises(Invalid):
        set_calendar(read_days(text), actor=cast.actor("administrator"), at=TUESDAY)
    assert not CalendarDay.objects.exists()


def test_the_pages_show_set_and_refuse(cast: Cast) -> None:
    client = administrator(cast)
    tomorrow = timezone.localdate() + timedelta(days=1)
    form = {"timed": "level:village", "amount": "3", "unit": "working_days", "area": ""}
    refused = client.post("/policies/", form | {"effective_from": "2020-01-01"})
    assert refused.status_code == 422
    assert "from tomorrow on" in refused.text
    done = client.post("/policies/", form | {"effective_from": tomorrow.isoformat()}, follow=True)
    assert f"from {tomorrow}" in done.text
    rule = DeadlineRule.objects.get(effective_from=tomorrow)
    client.post(f"/policies/rules/{rule.pk}/drop/")
    assert not DeadlineRule.objects.filter(pk=rule.pk).exists()
    category = {"under": "dispute:neighbour", "name": ""}
    assert client.post("/policies/categories/", category).status_code == 422
    client.post("/policies/categories/", category | {"name": "广场舞"})
    added = Category.objects.get(name="广场舞")
    forget_categories()
    assert client.get(f"/policies/categories/{added.code}/").status_code == 200
    client.post(f"/policies/categories/{added.code}/", {"name": "广场舞噪声"})
    client.post(f"/policies/categories/{added.code}/retire/", {"retired": "1"})
    added.refresh_from_db()
    assert (added.name, added.retired) == ("广场舞噪声", True)
    client.post("/policies/calendar/", {"date": tomorrow.isoformat(), "works": "0", "name": "演练"})
    assert not CalendarDay.objects.get(date=tomorrow).works
    assert "演练" in client.get("/policies/calendar/").text
    client.post(f"/policies/calendar/{tomorrow}/clear/")
    assert not CalendarDay.objects.exists()
    wrong = client.post("/policies/calendar/", {"text": "昨天 休"})
    assert wrong.status_code == 422
    assert "昨天 休" in wrong.text
