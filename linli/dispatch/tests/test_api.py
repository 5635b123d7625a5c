"""The API: the same way as on the pages, with a token, and who may not."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from linli.accounts.models import ApiToken
from linli.accounts.tokens import digest_of, new_token
from linli.dispatch.models import CheckItem, Incident
from linli.dispatch.tests.room import Room
from tests.cast import LONGMENLI


class Caller:
    """Somebody's token."""

    def __init__(self, room: Room, name: str, *scopes: str) -> None:
        self.raw = new_token()
        ApiToken.objects.create(
            user=room.cast.users[name], name="test", digest=digest_of(self.raw),
            scopes=list(scopes or ("dispatch:read", "dispatch:write")),
            expires_at="2030-01-01T00:00:00Z",
        )  # fmt: skip

    def get(self, path: str) -> Any:
        return Client().get(f"/api/v1{path}", headers={"authorization": f"Bearer {self.raw}"})

    def post(self, path: str, key: str = "", **body: Any) -> Any:
        headers = {"authorization": f"Bearer {self.raw}"}
        if key:
            headers["idempotency-key"] = key
        return Client().post(
            f"/api/v1{path}", body, content_type="application/json", headers=headers
        )


def test_from_the_call_to_the_close(room: Room) -> None:
    desk, unit = Caller(room, "city_dispatcher"), Caller(room, "first_leader")
    opened = desk.post(
        "/incidents", kind="intrusion", area=LONGMENLI, place="龙门里小学", longitude=102.19,
        latitude=38.52,
    )  # fmt: skip
    assert opened.status_code == 201, opened.content
    here = f"/incidents/{opened.json()['id']}"
    lines = desk.get(f"{here}/recommendation").json()
    assert [one["name"] for one in lines[0]["chosen"]] == ["first队", "second队"]
    units = [one["unit"] for one in lines[0]["chosen"]]
    sent = desk.post(f"{here}/assign", units=units)
    assert [one["proposed"] for one in sent.json()] == [True, True]
    assert desk.post(f"{here}/assign", units=units).status_code == 409
    mine = unit.get(f"/dispatch/units/{room.units['first'].id}/assignments").json()[0]["id"]
    for verb, state in [("accept", "accepted"), ("arrive", "arrived"), ("finish", "done")]:
        assert unit.post(f"/dispatch/assignments/{mine}/{verb}").json()["state"] == state
    other = next(one["id"] for one in sent.json() if one["id"] != mine)
    assert desk.post(f"/dispatch/assignments/{other}/recall", note="够了").status_code == 200
    item = CheckItem.objects.all()[0]
    assert desk.post(f"{here}/tick", item=str(item.id)).status_code == 200
    assert desk.post(f"{here}/report").status_code == 200
    assert desk.post(f"{here}/close", result="handled", note="完").json()["state"] == "closed"
    assert desk.post(f"{here}/review", good="快").status_code == 200
    told = [one["title"] for one in desk.get(f"{here}/timeline").json()]
    assert len(told) == 11
    assert desk.get(here).json()["assignments"][0]["unit_name"]
    assert desk.get("/incidents").json() == []


@pytest.mark.parametrize("path", ["/incidents", "/incidents/{id}", "/incidents/{id}/timeline"])
def test_who_may_not_read(room: Room, path: str) -> None:
    where = path.format(id=room.incident().id)
    assert Caller(room, "clerk").get(where).status_code == 403
    assert Caller(room, "first_leader").get(where).status_code == 403
    assert Caller(room, "city_dispatcher", "cases:read").get(where).status_code == 403


def test_a_unit_and_its_place(room: Room) -> None:
    phone, key = Caller(room, "first_member"), room.units["first"].id
    here = f"/dispatch/units/{key}"
    assert [one["name"] for one in phone.get("/dispatch/units").json()] == ["first队"]
    fix = {"lng": 102.19, "lat": 38.5, "at": timezone.now().isoformat()}
    assert phone.post(f"{here}/positions", fixes=[fix]).status_code == 409
    assert phone.post(f"{here}/share").status_code == 200
    assert phone.post(f"{here}/positions", fixes=[fix]).json() == {"taken": 1}
    assert phone.post(f"{here}/end_shift").json()["status"] == "off_duty"
    assert phone.post(f"{here}/take_out", why="修车").status_code == 403
    until = (timezone.now() + timedelta(hours=8)).isoformat()
    assert phone.post(f"{here}/begin_shift", until=until).json()["status"] == "available"
    desk = Caller(room, "city_dispatcher")
    assert len(desk.get("/dispatch/units?kind=patrol&status=available").json()) == 3


def test_a_step_that_is_stale_or_wrong(room: Room) -> None:
    incident, desk = room.incident(), Caller(room, "city_dispatcher")
    here = f"/incidents/{incident.id}"
    assert desk.post(f"{here}/set_priority", priority=3, note="x", version=99).status_code == 409
    assert desk.post(f"{here}/set_priority", priority=9, note="x").status_code == 422
    assert desk.post(f"{here}/merge", into=str(incident.id)).status_code == 422
    assert Incident.objects.get(pk=incident.pk).priority == 1


def test_the_same_key_opens_one_incident(room: Room) -> None:
    desk = Caller(room, "city_dispatcher")
    given = {"kind": "theft", "area": LONGMENLI}
    first = desk.post("/incidents", key="call-1", **given).json()["id"]
    assert desk.post("/incidents", key="call-1", **given).json()["id"] == first
    assert desk.post("/incidents", key="call-1", kind="fire", area=LONGMENLI).status_code == 422
    assert Incident.objects.count() == 1
