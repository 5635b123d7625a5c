"""How was it solved before: what is told, to whom, and that it says nobody."""

from typing import Any

import pytest
from django.utils import timezone

from linli.accounts.scope import acting
from linli.alike.actions import keep_texts as keeping
from linli.alike.actions.follow import catch_up, follow, look_again
from linli.alike.actions.weigh import weigh
from linli.alike.grams import short
from linli.alike.models import Solved
from linli.alike.queries import Lesson, solved_before
from linli.cases.actions.parties import PartyData, erase_party
from linli.cases.models import Case, Party
from linli.cases.tests.desk import Desk, text_of
from tests.cast import OTHER_VILLAGE, make_case

TITLE = "楼上卫生间漏水致王建国家天花板发霉"
OUTCOME = "经调解，王建国接受李秀英赔偿八百元，6号楼2单元的水管由双方共同更换，电话139 3561 2345回访满意。"
PARTIES = [
    PartyData(
        role="applicant", name="王建国", phone="13935612345", address="龙门里社区6号楼2单元301"
    ),
    PartyData(role="respondent", name="李秀英"),
]


def solved_case(desk: Desk, **fields: Any) -> Case:
    """Return a case that a neighbour street solved well."""
    given = {"title": TITLE, "area": OTHER_VILLAGE, "parties": PARTIES, **fields}
    case: Case = desk.by("neighbour_clerk", make_case, desk.cast, by="neighbour_clerk", **given)
    Case.objects.filter(pk=case.pk).update(
        state="closed", outcome=OUTCOME, resolved_at=timezone.now(), resolved_level="village",
        followed_up_at=timezone.now(), closed_at=timezone.now(), satisfaction=5,
    )  # fmt: skip
    look_again()
    while catch_up():
        pass
    return Case.objects.get(pk=case.pk)


def ask(desk: Desk, name: str, case: Case) -> list[Lesson]:
    """Ask as a person, under their scope."""
    actor = desk.cast.actor(name)
    with acting(actor):
        return solved_before(case, actor)


def test_across_the_city_and_without_anybody(desk: Desk) -> None:
    solved = solved_case(desk)
    mine = desk.at("handling", title="卫生间漏水致天花板发霉", description="楼上不认")
    (lesson,) = ask(desk, "mediator", mine)
    assert lesson.case is None
    assert (lesson.days, lesson.satisfaction, lesson.level) == (0, 5, "village")
    assert "赔偿八百元" in lesson.outcome
    assert "共同更换" in lesson.outcome
    page = text_of(desk.client("mediator").get(f"/similar/{mine.id}/"))
    assert "以前怎样解决" in page
    for told in ("王建国", "李秀英", "6号楼", "139", "广文里", solved.number, str(solved.id)):
        assert told not in page.replace(str(mine.id), ""), told


def test_who_sees_the_case_gets_its_number(desk: Desk) -> None:
    solved = solved_case(desk)
    mine = desk.at("registered", title="卫生间漏水致天花板发霉")
    (lesson,) = ask(desk, "county_director", mine)
    assert lesson.case == solved
    found = desk.client("county_director").get(f"/api/v1/cases/{mine.id}/similar").json()
    assert [one["number"] for one in found["solved"]] == [solved.number]
    found = desk.client("clerk").get(f"/api/v1/cases/{mine.id}/similar").json()
    assert [one["number"] for one in found["solved"]] == [None]


def test_what_is_no_lesson(desk: Desk) -> None:
    case = solved_case(desk)
    assert Solved.objects.count() == 1
    for change in ({"satisfaction": 2}, {"satisfaction": 5, "high_risk": True}):
        Case.objects.filter(pk=case.pk).update(**change)
        look_again()
        Case.objects.filter(pk=case.pk).update(version=case.version + 1)
        catch_up()
        assert not Solved.objects.exists(), change


def test_erased_is_forgotten_for_good(desk: Desk) -> None:
    case = solved_case(desk)
    party = Party.objects.filter(case=case)[0]
    director = desk.cast.actor("county_director")
    with acting(director):
        erase_party(party.id, reason="当事人要求", actor=director, at=timezone.now())
    assert not Solved.objects.exists()
    Case.objects.filter(pk=case.pk).update(version=case.version + 1)
    look_again()
    catch_up()
    assert not Solved.objects.exists()


def test_no_lesson_of_a_case_that_moved_while_it_was_read(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = solved_case(desk)
    Solved.objects.all().delete()

    def slowly(*texts: str) -> Any:
        Case.objects.filter(pk=case.pk).update(version=case.version + 1)
        return short(*texts)

    with monkeypatch.context() as patch:
        patch.setattr(keeping, "short", slowly)
        keeping.keep_texts([case.id])
    assert not Solved.objects.exists()
    keeping.keep_texts([case.id])
    assert Solved.objects.get().version == case.version + 1


def test_reopened_is_no_lesson_any_more(desk: Desk) -> None:
    follow()
    case = desk.at("resolved", title="楼上漏水浸湿墙面")
    follow()
    assert Solved.objects.count() == 1
    desk.done("mediator", case, "reopen", note="又漏了")
    follow()
    assert not Solved.objects.exists()


def test_the_same_answer_is_given_once_and_common_words_are_enough(desk: Desk) -> None:
    for _ in range(5):
        solved_case(desk)
    weigh()
    look_again()
    Case.objects.filter(state="closed").update(version=9)
    catch_up()
    mine = desk.at("registered", title="卫生间漏水致天花板发霉")
    assert len(ask(desk, "clerk", mine)) == 1
