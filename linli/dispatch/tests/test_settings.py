"""What a city sets: from the page to the row, and what it changes for the next incident."""

from typing import Any

from linli.areas.models import Area
from linli.audit.models import Entry
from linli.dispatch.models import Capability, IncidentKind, Plan, QuestionCard, RunCard, Targets
from linli.dispatch.queries.settings import is_in_town, plan_for, priority_by
from linli.dispatch.tests.room import Room
from tests.cast import BEIJING_ROAD

HERE = "/dispatch/settings/"


def post(room: Room, name: str, rest: str, /, **data: Any) -> int:
    return int(room.client(name).post(f"{HERE}{rest}", data).status_code)


def test_a_run_card_is_added_changed_and_dropped(room: Room) -> None:
    data = {
        "unit_kind": "emergency",
        "count": 1,
        "priority": 4,
        "position": 1,
        "skills": ["search"],
    }
    assert post(room, "director", "kinds/theft/cards/", **data) == 403
    assert post(room, "administrator", "kinds/theft/cards/", **{**data, "count": 99}) == 422
    assert post(room, "administrator", "kinds/theft/cards/", **data) == 302
    card = RunCard.objects.get(kind="theft", unit_kind="emergency")
    assert card.skills == ["search"]
    assert post(room, "administrator", f"cards/{card.id}/", **{**data, "count": 2}) == 302
    assert post(room, "city_director", f"cards/{card.id}/", drop="1") == 302
    assert not RunCard.objects.filter(pk=card.pk).exists()
    words = Entry.objects.filter(event__startswith="dispatch.set_run_card")
    assert words.count() == 3


def test_a_kind_and_its_questions(room: Room) -> None:
    kind = {"name": "盗窃", "name_en": "Theft", "priority": 2}
    assert post(room, "administrator", "kinds/theft/", **kind) == 302
    assert IncidentKind.objects.get(pk="theft").priority == 2
    asked = {
        "text": "人还在吗？", "position": 5, "answer0": "在", "priority0": "1", "answer1": "不在",
        "priority1": "",
    }  # fmt: skip
    assert post(room, "administrator", "kinds/theft/questions/", **{**asked, "answer1": ""}) == 422
    assert post(room, "administrator", "kinds/theft/questions/", **asked) == 302
    card = QuestionCard.objects.get(kind="theft")
    codes = [answer["code"] for answer in card.answers]
    assert priority_by(3, [card], {str(card.id): codes[0]}) == 1
    assert priority_by(3, [card], {str(card.id): codes[1]}) == 3
    changed = {**asked, "answer0": "还在", "retired": "on"}
    assert post(room, "administrator", f"questions/{card.id}/", **changed) == 302
    card.refresh_from_db()
    assert [answer["code"] for answer in card.answers] == codes
    assert card.retired


def test_a_plan_of_a_smaller_area_counts(room: Room) -> None:
    steps = "调度员 | 通知街道值班 | 60\n巡逻队｜到场｜300"
    data = {"title": "北京路专用", "area": BEIJING_ROAD, "priority": 4, "steps": steps}
    for wrong in ({"steps": "没有竖线"}, {"steps": "a | b | 5"}, {"area": "620399"}):
        assert post(room, "director", "kinds/fire/plans/", **{**data, **wrong}) in (403, 422)
    assert post(room, "director", "kinds/fire/plans/", **{**data, "area": ""}) == 403
    assert post(room, "director", "kinds/fire/plans/", **data) == 302
    assert post(room, "director", "kinds/fire/plans/", **data) == 422
    plan = Plan.objects.get(title="北京路专用")
    assert list(plan.steps.values_list("who", "within")) == [("调度员", 60), ("巡逻队", 300)]
    assert plan_for("fire", 1, BEIJING_ROAD + "002") == plan
    assert plan_for("fire", 1, "620302006") != plan
    assert room.client("director").get(f"{HERE}plans/{plan.id}/").status_code == 200


def test_targets_of_an_area_hold_for_its_next_incident(room: Room) -> None:
    data = {
        "answer": 10, "process": 45, "accept": 30, "arrive_in_town": 240, "arrive_outside": 500,
        "share": 95,
    }  # fmt: skip
    assert post(room, "clerk", "targets/", **data) == 403
    assert post(room, "director", "targets/", **{**data, "share": 101}) == 422
    assert post(room, "director", "targets/", **data) == 302
    assert Targets.objects.get(area=BEIJING_ROAD).process == 45
    incident = room.incident()
    assert (incident.answer_target, incident.arrive_target) == (10, 240)


def test_skills_and_equipment(room: Room) -> None:
    assert post(room, "administrator", "skills/", sort="skill", name="手语") == 302
    one = Capability.objects.get(name="手语")
    changed = {"sort": "skill", "name": "手语翻译", "retired": "on"}
    assert post(room, "administrator", f"skills/{one.code}/", **changed) == 302
    assert Capability.objects.get(pk=one.code).retired


def test_town_is_told_by_the_statistics_or_by_the_code(room: Room) -> None:
    assert is_in_town(Area(code="620302003002", urban_rural_kind="111"))
    assert not is_in_town(Area(code="620302003002", urban_rural_kind="220"))
    assert is_in_town(Area(code="620302003002"))
    assert not is_in_town(Area(code="620321200001"))
