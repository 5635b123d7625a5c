"""The API: the same actions as the pages, within a token's scopes, once for a key."""

import json

import pytest

from linli.accounts.models import ApiToken
from linli.accounts.tokens import digest_of, new_token
from linli.cases.tests.test_api import Caller
from linli.premises.cli import coverage_command
from linli.premises.models import CheckItem, Drill, Hazard, Inspection, Premises
from linli.premises.tests.town import Town
from tests.cast import CITY, LONGMENLI

BOTH = ("premises:read", "premises:write")


def caller(town: Town, name: str, *scopes: str) -> Caller:
    """Return a program that acts for somebody."""
    raw = new_token()
    ApiToken.objects.create(
        user=town.cast.users[name], name="测试", digest=digest_of(raw), scopes=list(scopes or BOTH),
        expires_at="2030-01-01T00:00:00Z",
    )  # fmt: skip
    return Caller(raw)


def test_a_school_with_its_alarm(town: Town, capsys: pytest.CaptureFixture[str]) -> None:
    administrator = caller(town, "administrator")
    school = {"kind": "school", "name": "示例学校", "area": LONGMENLI, "hours": "24小时",
              "absent": ["monitoring_room", "dormitory"]}  # fmt: skip
    made = administrator.post("/premises", school, **{"Idempotency-Key": "once"})
    assert made.status_code == 201, made.content
    assert (
        administrator.post("/premises", school, **{"Idempotency-Key": "once"}).json() == made.json()
    )
    assert administrator.post("/premises", {**school, "hours": "随时"}).status_code == 422
    key = made.json()["id"]
    alarm = {"kind": "one_key_alarm", "name": "门卫室", "premises": key, "spot": "guard_room",
             "serial": "A1", "interval_seconds": 60}  # fmt: skip
    device = administrator.post("/devices", alarm).json()["id"]
    (line,) = administrator.get(f"/premises/coverage?area={CITY}&kind=school").json()
    assert (line["covered"], line["total"]) == (0, 1)
    assert line["exceptions"][0]["gaps"] == [
        {"device": "one_key_alarm", "spot": "guard_room", "why": "unconnected"}
    ]
    test = {"sent_at": "2026-03-10T09:00:00+08:00", "arrived_at": "2026-03-10T09:00:04+08:00"}
    assert administrator.post(f"/devices/{device}/tests", test).status_code == 201
    (line,) = administrator.get("/premises/coverage?device=one_key_alarm").json()
    assert (line["covered"], line["total"]) == (1, 1)
    assert (
        administrator.post(f"/devices/{device}/fault", {"fault": "断电"}).json()["state"] == "fault"
    )
    told = administrator.get(f"/devices/{device}").json()
    assert "secret" not in str(told)
    assert administrator.post(f"/devices/{device}/mend", {}).json()["state"] == "offline"
    coverage_command(area=CITY, kind="", device="", as_json=True)
    printed = json.loads(capsys.readouterr().out)
    assert printed["coverage"][0]["exceptions"][0]["name"] == "示例学校"
    coverage_command(area="", kind="", device="", as_json=False)
    assert "one_key_alarm@guard_room offline" in capsys.readouterr().out


def test_an_inspection_a_hazard_and_a_drill(town: Town) -> None:
    place = town.place()
    director = caller(town, "village_director")
    items = list(CheckItem.objects.filter(kind="hotel"))
    lines = [{"item": str(item.id), "fine": True} for item in items]
    lines[0] |= {"fine": False, "note": "堵塞"}
    answer = director.post(
        f"/premises/{place.id}/inspections", {"lines": lines}, **{"Idempotency-Key": "i1"}
    )
    assert answer.status_code == 201, answer.content
    director.post(
        f"/premises/{place.id}/inspections", {"lines": lines}, **{"Idempotency-Key": "i1"}
    )
    assert Inspection.objects.count() == 1
    hazard = Hazard.objects.get()
    shown = director.get(f"/premises/{place.id}").json()
    assert shown["hazards"][0]["case"] == str(hazard.case_id)
    assert len(shown["check_list"]) == len(items)
    closed = director.post(f"/hazards/{hazard.id}/look", {"mended": True})
    assert closed.json()["state"] == "closed"
    plan = {"subject": "fire", "planned_on": "2026-03-10"}
    drill = director.post(f"/premises/{place.id}/drills", plan).json()["id"]
    held = {"held_on": "2026-03-10", "participants": 30, "findings": "顺利"}
    assert director.post(f"/drills/{drill}/held", held).status_code == 200
    assert Drill.objects.get().participants == 30
    (row,) = director.get("/premises?q=示例").json()["premises"]
    assert row["hazards"] == 0
    assert director.get("/premises/due").json() == []


def test_a_token_needs_the_scope_and_its_owner_the_place(town: Town) -> None:
    town.place()
    reader = caller(town, "village_director", "premises:read")
    school = {"kind": "school", "name": "x", "area": LONGMENLI}
    assert reader.post("/premises", school).status_code == 403
    assert caller(town, "village_director", "cases:read").get("/premises").status_code == 403
    assert caller(town, "auditor").get("/premises").status_code == 403
    assert caller(town, "neighbour_clerk").get("/premises").json()["premises"] == []
    gone = Premises.objects.get().id
    assert caller(town, "neighbour_clerk").get(f"/premises/{gone}").status_code == 404
