"""The pages of patrols: who gets in, what they show, what their forms do, and with how many queries."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.cases.models import Case
from linli.cases.tests.desk import text_of
from linli.patrol.codes import code_of
from linli.patrol.models import (
    CheckIn,
    CheckPoint,
    Fix,
    Member,
    Plan,
    RosterRules,
    Route,
    Seat,
    Shift,
    Swap,
    Wish,
)
from linli.patrol.tests.blocks import town
from linli.patrol.tests.round import WEDNESDAY, Round, make_team
from linli.roads.tests.conftest import Import
from tests.cast import TUESDAY

EARLY = TUESDAY + timedelta(hours=21, minutes=30)


def get(round_: Round, name: str, path: str, status: int = 200) -> str:
    """Open a page as a person and return it."""
    answer = round_.client(name).get(path)
    assert answer.status_code == status, text_of(answer)[:600]
    return text_of(answer)


def post(round_: Round, who: str, path: str, status: int = 302, /, **data: Any) -> Any:
    """Send a form."""
    answer = round_.client(who).post(path, data)
    assert answer.status_code == status, text_of(answer)[:2000]
    return answer


@pytest.mark.parametrize(
    ("who", "status"),
    [("leader", 302), ("walker1a", 302), ("director", 200), ("city_dispatcher", 200),
     ("mediator", 403), ("auditor", 403)],
)  # fmt: skip
def test_who_may_open_the_room(round_: Round, who: str, status: int) -> None:
    get(round_, who, "/patrol/", status)


def test_a_leader_plans_publishes_and_sees_how_evenly_it_is_shared(round_: Round) -> None:
    page = f"/patrol/areas/{round_.area.id}/"
    post(round_, "leader", f"{page}needs/", pattern="early", weekday="", teams=1, skill="first_aid")
    post(round_, "leader", f"{page}plan/", 422, starts="2026-03-10", days=7)
    post(round_, "leader", f"{page}plan/", starts="2026-03-11", days=7)
    text = get(round_, "leader", f"{page}?week=2026-W11")
    assert "排班草案" in text
    assert "需求全部满足" in text
    plan = Plan.objects.get()
    post(round_, "leader", f"/patrol/plans/{plan.id}/publish/", version=plan.version)
    assert Plan.objects.get().state == "published"
    text = get(round_, "walker1a", page)
    assert "第1巡逻队" in text
    assert "生成草案" not in text
    post(round_, "walker1a", f"{page}plan/", 403, starts="2026-03-12", days=7)


def test_the_reason_stands_on_the_page_when_there_is_no_roster(round_: Round) -> None:
    Member.objects.update(skills=[])
    round_.need("early", 1, first_aid=1)
    round_.plan(1)
    text = get(round_, "leader", f"/patrol/areas/{round_.area.id}/")
    assert "没有能满足全部需求的排班" in text
    assert "早班：已无具备“急救”的队伍（3 队不具备该技能）" in text
    assert "发布排班" not in text


def test_the_week_costs_no_query_a_team(round_: Round) -> None:
    round_.published(7)
    page = f"/patrol/areas/{round_.area.id}/"

    def queries() -> int:
        client = round_.client("leader")
        client.get(page)
        with CaptureQueriesContext(connection) as caught:
            assert client.get(page).status_code == 200
        return len(caught)

    before = queries()
    for number in (4, 5, 6):
        make_team(round_, number)
    assert queries() <= before
    assert before < 40


def test_teams_and_members_are_looked_after(round_: Round) -> None:
    page = f"/patrol/areas/{round_.area.id}/teams/"
    assert "walker1a" in get(round_, "leader", page)
    post(
        round_, "administrator", f"{page}add/", name="第九巡逻队", kind="volunteers", mode="foot",
        strength=2, weekly=2,
    )  # fmt: skip
    assert "红袖章志愿者" in get(round_, "leader", page)
    team = round_.teams[0]
    fresh = round_.person("fresh", "patrol_member", team.unit)
    post(round_, "team1_leader", f"{page}{team.id}/", user=str(fresh.id), skills=["driving"])
    member = Member.objects.get(user=fresh)
    assert member.skills == ["driving"]
    where = f"/patrol/areas/{round_.area.id}/members/{member.id}/"
    post(round_, "team2_leader", where, 403, skills=["fire"])
    post(round_, "team1_leader", where, skills=["fire"])
    post(round_, "team1_leader", where, leave="1")
    assert Member.objects.get(user=fresh).left_on is not None


def test_the_rules_of_rest_are_seen_by_leaders_and_changed_by_an_administrator(
    round_: Round,
) -> None:
    page = "/patrol/rules/"
    given = {"rest_hours": 12, "nights": 2, "free_days": 1, "week_hours": 40}
    assert "<form" not in get(round_, "leader", page).split('id="content"')[1].split("</main>")[0]
    post(round_, "leader", page, 403, **given)
    wrong = post(round_, "administrator", page, 422, **{**given, "rest_hours": 4})
    assert "8" in text_of(wrong)
    post(round_, "administrator", page, **given)
    assert (RosterRules.objects.get().rest_hours, RosterRules.objects.get().nights) == (12, 2)
    assert "12" in get(round_, "leader", page)
    get(round_, "mediator", page, 403)


def test_a_track_is_shown_to_the_team_s_leader_after_a_reason(round_: Round) -> None:
    shift = Shift.objects.get(plan=round_.published(1))
    number = round_.teams.index(shift.team) + 1
    leader, walker = f"team{number}_leader", f"walker{number}a"
    page = f"/patrol/shifts/{shift.id}/track/"
    Fix.objects.create(
        shift=shift, team=shift.team, user=round_.users[walker], at=EARLY, longitude=102.18,
        latitude=38.5,
    )  # fmt: skip
    assert "该班次尚未开始" in text_of(post(round_, leader, page, 422, reason="看看"))
    with time_machine.travel(EARLY, tick=False):
        team = f"/patrol/areas/{round_.area.id}/teams/{shift.team_id}/"
        assert page in get(round_, leader, team)
        assert page not in get(round_, "leader", team)
        assert "polyline" not in get(round_, leader, page)
        post(round_, leader, page, 422, reason="")
        answer = post(round_, leader, page, 200, reason="核对漏走的街道")
        assert "polyline" in text_of(answer)
        assert "no-store" in answer["Cache-Control"]
        get(round_, "leader", page, 403)
        assert "polyline" in text_of(post(round_, walker, page, 200))


def test_check_points_are_written_down_and_have_a_code_to_print(round_: Round) -> None:
    page = f"/patrol/areas/{round_.area.id}/points/"
    told = {
        "kind": "school", "name": "示例小学", "longitude": "102.18", "latitude": "38.50",
        "minutes": "10",
    }  # fmt: skip
    wrong = post(round_, "leader", f"{page}add/", 422, times="1-5 late", **told)
    assert "无法识别" in text_of(wrong)
    post(round_, "leader", f"{page}add/", times="1-5 07:30-08:10\n16:00-16:40", **told)
    point = CheckPoint.objects.get()
    assert point.windows == [
        {"days": [0, 1, 2, 3, 4], "begins": 450, "ends": 490},
        {"days": [0, 1, 2, 3, 4, 5, 6], "begins": 960, "ends": 1000},
    ]
    assert "周一至周五 07:30–08:10" in get(round_, "leader", page)
    assert "1-5 07:30-08:10" in get(round_, "leader", f"{page}{point.id}/")
    assert "<svg" in get(round_, "leader", f"{page}{point.id}/code/")
    get(round_, "walker1a", f"{page}{point.id}/code/", 404)
    post(round_, "leader", f"{page}{point.id}/code/")
    assert CheckPoint.objects.get().edition == 2
    post(round_, "leader", f"/patrol/areas/{round_.area.id}/promise/", street="", per_week=5)
    post(round_, "leader", f"{page}{point.id}/", retire="1")
    assert not CheckPoint.objects.filter(retired_at=None).exists()
    post(round_, "walker1a", f"{page}add/", 403, times="", **told)


def test_without_a_map_pages_say_so(round_: Round, maps: Path) -> None:
    round_.published(1)
    page = f"/patrol/areas/{round_.area.id}/"
    assert "地图" in get(round_, "leader", f"{page}coverage/")
    post(round_, "leader", f"{page}routes/make/", date="2026-03-11", pattern="early")
    assert "生成路线" in get(round_, "leader", f"{page}routes/")


def test_a_night_from_the_route_to_what_was_missed(
    round_: Round, bring: Import, tmp_path: Path
) -> None:
    """One import of a map pays for routes, the printed page, the phone, scoring and coverage."""
    from linli.patrol.actions.score_shifts import score_due
    from linli.patrol.actions.take_fixes import Position, take_fixes
    from linli.patrol.models import Fix, Seen
    from linli.patrol.tests.blocks import walked

    bring(town(tmp_path / "town.osm.pbf"))
    round_.published(1, early=2)
    page = f"/patrol/areas/{round_.area.id}/"
    post(round_, "walker1a", f"{page}routes/make/", 403, date="2026-03-11", pattern="early")
    post(round_, "leader", f"{page}routes/make/", date="2026-03-11", pattern="early")
    assert Route.objects.count() == 2
    shown = get(round_, "leader", f"{page}routes/?date=2026-03-11&pattern=early")
    assert "打印路线" in shown
    printed = get(round_, "leader", f"{page}routes/print/?date=2026-03-11&pattern=early")
    assert printed.count("sheet-page") == 2
    shift = Shift.objects.select_related("team").order_by("team__name")[0]
    route = Route.objects.get(shift=shift)
    number = round_.teams.index(next(t for t in round_.teams if t.id == shift.team_id)) + 1
    name = f"walker{number}a"
    with time_machine.travel(EARLY):
        assert "第" in get(round_, name, "/patrol/me/")
    degrees, seconds = walked([(x, y) for x, y in route.line][:400], noise=4.0, every=10.0)
    batch = [
        Position(shift.starts_at + timedelta(seconds=second), x, y, 5.0)
        for (x, y), second in zip(degrees.tolist(), seconds.tolist(), strict=True)
        if second < 7 * 3600
    ]
    at = shift.ends_at
    for first in range(0, len(batch), 2_000):
        round_.act(name, take_fixes, shift.id, batch[first : first + 2_000], at=at)
    assert Fix.objects.count() == len(batch)
    assert score_due(at=shift.ends_at + timedelta(hours=1)) == 2
    assert Seen.objects.filter(shift=shift).exists()
    with time_machine.travel(shift.ends_at + timedelta(hours=20)):
        text = get(round_, "leader", f"{page}coverage/?first=2026-03-11&last=2026-03-11")
        assert "street-kept" in text
        assert "遗漏情况" in text
        for other in ("walker1a", "director"):
            assert "street-kept" in get(
                round_, other, f"{page}coverage/?first=2026-03-11&last=2026-03-11"
            )
        answer = round_.client("leader").get(
            f"/api/v1/patrol/areas/{round_.area.id}/coverage?first=2026-03-11&last=2026-03-11"
        )
        assert answer.status_code == 200
        assert {one["state"] for one in answer.json()["streets"]} & {"kept", "short"}


def test_the_phone_checks_in_reports_wishes_and_swaps(round_: Round) -> None:
    round_.published(2)
    seat = Seat.objects.filter(user__username__startswith="walker").order_by("shift__date")[0]
    name, shift = seat.user.username, seat.shift
    point = CheckPoint.objects.create(
        patrol_area=round_.area, kind="market", name="示例夜市", longitude=102.18, latitude=38.5
    )
    with time_machine.travel(shift.starts_at + timedelta(minutes=30)):
        assert "示例夜市" in get(round_, name, "/patrol/me/")
        where = f"/patrol/me/shifts/{shift.id}/"
        key = f"point:{point.id}"
        post(round_, name, f"{where}check/", key=key)
        assert not CheckIn.objects.exists()
        post(round_, name, f"{where}check/", key=key, longitude="102.18", latitude="38.5")
        assert CheckIn.objects.get().way == "position"
        paper = f"/patrol/read/{point.id}/{code_of(point.id, 1)}/"
        assert "示例夜市" in get(round_, name, paper)
        assert CheckIn.objects.count() == 1
        post(round_, name, paper)
        assert CheckIn.objects.count() == 2
        form = get(round_, name, f"{where}report/")
        made = re.search(r'name="key" value="([^"]+)"', form)
        assert made
        post(round_, name, f"{where}report/", 422, key=made[1], title="")
        post(round_, name, f"{where}report/", key=made[1], title="路灯不亮", place="示例路口")
        case = Case.objects.get()
        assert case.number in get(round_, name, "/patrol/me/")
    post(round_, name, "/patrol/me/wish/", date="2026-03-30")
    assert Wish.objects.get().date.isoformat() == "2026-03-30"
    post(round_, name, "/patrol/me/wish/", back="2026-03-30")
    assert not Wish.objects.exists()
    page = get(round_, name, f"/patrol/me/shifts/{shift.id}/swap/")
    choice = re.search(r'<option value="([0-9a-f-]{36})"', page)
    assert choice
    post(round_, name, f"/patrol/me/shifts/{shift.id}/swap/", other=choice[1])
    swap = Swap.objects.get()
    other = swap.other.username
    assert name in get(round_, other, "/patrol/me/")
    post(round_, other, f"/patrol/swaps/{swap.id}/agree/", back="me")
    assert "批准" in get(round_, "leader", f"/patrol/areas/{round_.area.id}/")
    post(round_, "leader", f"/patrol/swaps/{swap.id}/grant/", back=str(round_.area.id))
    assert Seat.objects.get(pk=seat.pk).user_id == swap.other_id


def test_programs_do_the_same(round_: Round) -> None:
    client = round_.client("leader")

    def call(path: str, **body: Any) -> Any:
        return client.post(f"/api/v1/patrol/{path}", body, content_type="application/json")

    round_.need()
    assert [one["name"] for one in client.get("/api/v1/patrol/areas").json()] == ["第一巡区"]
    made = call(f"areas/{round_.area.id}/plans", starts="2026-03-11", days=2)
    assert made.status_code == 201, made.content
    plan = made.json()
    assert plan["open_needs"] == []
    assert call(f"plans/{plan['id']}/publish", version=9).status_code == 409
    assert call(f"plans/{plan['id']}/publish", version=1).json()["state"] == "published"
    shifts = client.get(
        f"/api/v1/patrol/areas/{round_.area.id}/shifts?first=2026-03-11&last=2026-03-12"
    ).json()
    assert len(shifts) == 2
    assert call(f"shifts/{shifts[0]['id']}/fixes", fixes=[]).status_code == 403
    assert call("wishes", date=str(WEDNESDAY)).status_code == 403
    assert round_.client("mediator").get("/api/v1/patrol/areas").status_code == 403
