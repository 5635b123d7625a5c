"""The board's rows: what each dispatcher gets, and nobody else; few queries; what a nudge asks for."""

import uuid
from typing import Any

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from linli.accounts.scope import acting
from linli.alarms.actions.answer import answer_alarm
from linli.alarms.actions.reset import reset_alarm
from linli.alarms.tests.house import House, make_house
from linli.dispatch.tests.test_database import incident, team
from tests.cast import GUANGZHOU_ROAD, TUESDAY, make_cast, make_user

BACKEND = "linli.accounts.backend.RoleBackend"


@pytest.fixture
def house(db: None) -> House:
    return make_house(make_cast())


def signed_in(client: Client, house: House, name: str) -> Client:
    with override_settings(AXES_ENABLED=False):
        client.force_login(house.cast.users[name], backend=BACKEND)
    return client


def state(client: Client, house: House, name: str) -> dict[str, Any]:
    answer = signed_in(client, house, name).get("/board/state.json")
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


def test_it_shows_what_rings_goes_on_and_is_out_in_ones_own_area(
    house: House, client: Client
) -> None:
    alarm = house.alarm()
    unit = team()
    going = incident(house.cast)
    for name in ("city_dispatcher", "city_director", "director"):
        found = state(client, house, name)
        assert [row["id"] for row in found["alarms"]] == [str(alarm.id)]
        assert found["alarms"][0]["place"].startswith("龙门里小学")
        assert [row["id"] for row in found["incidents"]] == [str(going.id)]
        assert [row["id"] for row in found["units"]] == [str(unit.id)]


def test_beside_ones_area_it_shows_nothing(house: House, client: Client) -> None:
    house.alarm()
    incident(house.cast)
    team()
    desk = house.cast.posts[GUANGZHOU_ROAD]
    house.cast.users["other_dispatcher"] = make_user(
        "other_dispatcher", "dispatcher", GUANGZHOU_ROAD, desk
    )
    found = state(client, house, "other_dispatcher")
    assert (found["alarms"], found["incidents"], found["units"]) == ([], [], [])


@pytest.mark.parametrize("name", ["clerk", "mediator", "grid_worker", "auditor", "administrator"])
@pytest.mark.parametrize(
    "page", ["", "state.json", "alarms.json", "response.json", "premises.json"]
)
def test_nobody_else_gets_any_of_it(house: House, client: Client, name: str, page: str) -> None:
    assert signed_in(client, house, name).get(f"/board/{page}").status_code == 403


def test_a_nudge_is_answered_with_the_rows_it_names_while_they_are_open(
    house: House, client: Client
) -> None:
    first, second = house.alarm(), house.alarm(house.dormitory)
    dispatcher = house.cast.actor("city_dispatcher")
    with acting(dispatcher):
        answer_alarm(second.id, actor=dispatcher, at=TUESDAY)
        reset_alarm(second.id, note="误碰", actor=dispatcher, at=TUESDAY)
    signed_in(client, house, "city_dispatcher")
    asked = [first.id, second.id, uuid.uuid4(), "nonsense"]
    found = client.get("/board/alarms.json", {"id": asked}).json()["alarms"]
    assert [row["id"] for row in found] == [str(first.id)]
    assert client.get("/board/alarms.json").json()["alarms"] == []


def test_many_alarms_cost_as_many_queries_as_one(house: House, client: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            state(client, house, "city_dispatcher")
        return len(caught)

    house.alarm()
    queries()
    before = queries()
    for kind in ("fire", "gas", "water"):
        house.alarm(kind=kind)
        team()
        incident(house.cast)
    assert queries() == before


def test_without_scripts_it_is_lists_with_links(house: House, client: Client) -> None:
    alarm = house.alarm()
    page = signed_in(client, house, "city_dispatcher").get("/board/").content.decode()
    assert f'href="/alarms/{alarm.id}/"' in page
    assert 'data-topics="alarms:6203 dispatch:6203"' in page
