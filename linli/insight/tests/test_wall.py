"""The wall: what it counts, for whom, and that open walls hear of a change."""

from random import Random

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from linli.accounts.scope import acting, in_area
from linli.alarms.tests.house import make_house
from linli.areas.models import Area
from linli.cases.models import Case
from linli.insight.rollup import fold
from linli.insight.tasks import fold_figures
from linli.insight.tests.histories import NOW, add_case
from linli.insight.wall import panels
from linli.insight.wall_cards import cards
from linli.notices.models import StreamEvent
from linli.premises.models import Device
from tests.cast import (
    BEIJING_ROAD,
    CITY,
    COUNTY,
    GUANGZHOU_ROAD,
    LONGMENLI,
    Cast,
    make_case,
    make_cast,
)

BACKEND = "linli.accounts.backend.RoleBackend"


@pytest.fixture
def cast(db: None) -> Cast:
    cast = make_cast()
    random = Random(4)
    for _ in range(30):
        add_case(random, cast.posts[CITY])
    fold(batch=20)
    return cast


def test_it_counts_what_happened_today_and_what_is_open_by_township(cast: Cast) -> None:
    with acting(cast.actor("city_director")):
        found = panels(Area.objects.get(code=CITY), NOW)
        assert [one.area.code for one in found] == [CITY, BEIJING_ROAD, GUANGZHOU_ROAD]
        for one in found:
            cases = Case.objects.filter(in_area(one.area.code))
            open_ones = cases.exclude(state__in=["resolved", "closed", "referred"])
            assert one.registered == cases.filter(opened_at__date=NOW.date()).count()
            assert one.resolved == cases.filter(resolved_at=NOW).count()
            assert one.now.open == open_ones.count()
            assert sum(count for _light, count in one.lights) == one.now.open
    assert found[0].resolved > 0


def test_of_a_township_it_shows_the_villages(cast: Cast) -> None:
    with acting(cast.actor("director")):
        codes = [one.area.code for one in panels(Area.objects.get(code=BEIJING_ROAD), NOW)]
    assert codes[0] == BEIJING_ROAD
    assert LONGMENLI in codes


@pytest.mark.parametrize(
    ("name", "query", "status"),
    [
        ("city_director", "", 200),
        ("city_dispatcher", f"?area={COUNTY}", 200),
        ("director", f"?area={GUANGZHOU_ROAD}", 403),
        ("mediator", "", 403),
        ("auditor", "", 403),
        ("administrator", "", 403),
    ],
)
def test_it_is_for_who_works_on_all_cases_of_the_area(
    cast: Cast, client: Client, name: str, query: str, status: int
) -> None:
    with override_settings(AXES_ENABLED=False):
        client.force_login(cast.users[name], backend=BACKEND)
    with CaptureQueriesContext(connection) as queries:
        response = client.get(f"/wall/{query}")
    assert response.status_code == status
    assert len(queries) <= 22


def test_what_changes_comes_without_the_page_around_it(cast: Cast, client: Client) -> None:
    with override_settings(AXES_ENABLED=False):
        client.force_login(cast.users["city_director"], backend=BACKEND)
    part = client.get("/wall/", {"live": ""}).content.decode()
    assert "<html" not in part
    assert f'data-panel="{BEIJING_ROAD}"' in part


def test_walls_hear_of_a_change_and_of_nothing_else(cast: Cast) -> None:
    heard = StreamEvent.objects.filter(topic="figures")
    fold_figures(timestamp=0)
    heard.delete()
    fold_figures(timestamp=0)
    assert not heard.exists()
    with acting(cast.actor("clerk")):
        make_case(cast, at=timezone.now())
    fold_figures(timestamp=0)
    assert heard.get().data == {}


def test_its_cards_are_for_who_may_see_what_they_count(cast: Cast) -> None:
    house = make_house(cast)
    house.alarm()
    house.alarm(house.dormitory, is_test=True)
    Device.objects.filter(pk=house.guard.pk).update(state="fault", fault="电池没电")
    with acting(cast.actor("city_dispatcher")):
        found = cards(cast.actor("city_dispatcher"), CITY, NOW)
        elsewhere = cards(cast.actor("city_dispatcher"), GUANGZHOU_ROAD, NOW)
    # A test rings no bell on a wall.
    assert [card.value for card in found] == [1, 0, 0, 1]
    assert found[0].rows[0][1].startswith("一键报警 · 龙门里小学")
    assert [card.value for card in elsewhere] == [0, 0, 0, 0]
    with acting(cast.actor("clerk")):
        assert len(cards(cast.actor("clerk"), BEIJING_ROAD, NOW)) == 1
