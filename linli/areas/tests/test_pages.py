"""Pages, and what the islands read: who sees what, with how many queries, and what refuses."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from linli.areas.actions.open_unit import UnitData, open_unit
from linli.areas.models import Area, Duty, Room, Unit
from tests.cast import (
    BEIJING_ROAD,
    CITY,
    COUNTY,
    GRID,
    LONGMENLI,
    Cast,
    make_case,
    make_cast,
    unit_id,
)

BACKEND = "linli.accounts.backend.RoleBackend"
type Budget = Callable[..., Any]


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def come(cast: Cast, client: Client) -> Callable[[str], Client]:
    def enter(name: str) -> Client:
        client.force_login(cast.users[name], backend=BACKEND)
        return client

    return enter


type Come = Callable[[str], Client]


def page(code: str) -> str:
    return reverse("areas:area", args=[code])


class TestReading:
    def test_the_home_page_has_my_areas_and_the_tree(self, come: Come) -> None:
        text = come("clerk").get("/areas/").content.decode()
        for name in ("北京路街道", "广州路街道", "金川区", "金昌市"):
            assert name in text

    def test_a_name_is_found_with_its_path(self, come: Come) -> None:
        client = come("clerk")
        for words in ("龙门", "北京路 龙门", LONGMENLI):
            text = client.get("/areas/", {"words": words}, headers={"HX-Target": "found"})
            assert "龙门里社区" in text.content.decode()
            assert "金川区 › 北京路街道" in text.content.decode()
        text = client.get("/areas/", {"words": "广州路 龙门"}, headers={"HX-Target": "found"})
        assert "龙门里社区" not in text.content.decode()

    def test_an_area_shows_its_centre_people_roster_and_what_lies_below(
        self, cast: Cast, come: Come
    ) -> None:
        centre = unit_id(cast, BEIJING_ROAD)
        Room.objects.create(unit_id=centre, kind="window", name="1号窗口")
        day = date(2026, 3, 10)
        Duty.objects.create(unit_id=centre, user=cast.users["clerk"], date=day, shift="night")
        text = come("mediator").get(page(BEIJING_ROAD), {"week": "2026-03-11"}).content.decode()
        for word in ("1号窗口", "北京路司法所", "03-09", "clerk", "龙门里社区", "金冶里社区"):
            assert word in text
        # Nobody but an administrator is offered to change anything.
        assert "open_unit" not in text

    def test_every_level_and_bad_parameters_answer(self, come: Come) -> None:
        client = come("administrator")
        for code in (CITY, COUNTY, BEIJING_ROAD, LONGMENLI, GRID):
            for query in ("", "?week=x", "?week=0001-01-01", "?week=9999-12-31", "?after=%00x"):
                assert client.get(page(code) + query).status_code in (200, 400), (code, query)

    def test_what_is_unknown_or_in_another_city_is_not_found(self, come: Come) -> None:
        Area.objects.create(code="6202", name="嘉峪关市", level="city", parent_id="62")
        client = come("city_director")
        for code in ("6202", "620302003999", "11"):
            assert client.get(page(code)).status_code == 404

    def test_an_abolished_area_names_its_successor(self, cast: Cast, come: Come) -> None:
        Area.objects.filter(pk=LONGMENLI).update(
            abolished_on=date(2026, 1, 1), successor="620302003001"
        )
        text = come("administrator").get(page(LONGMENLI)).content.decode()
        assert page("620302003001") in text
        assert reverse("areas:area_verb", args=[LONGMENLI, "rename"]) not in text


class TestManyVillages:
    @pytest.fixture(autouse=True)
    def _villages(self, cast: Cast) -> None:
        codes = [f"{BEIJING_ROAD}{number:03d}" for number in range(3, 1000)]
        Area.objects.bulk_create(
            Area(code=code, name=f"第{code[9:]}村", level="village", parent_id=BEIJING_ROAD)
            for code in codes
        )
        Unit.objects.bulk_create(
            Unit(area_id=code, kind="centre", name=f"{code}中心") for code in codes
        )

    def test_a_page_has_a_hundred_and_few_queries(
        self, come: Come, django_assert_max_num_queries: Budget
    ) -> None:
        client = come("mediator")
        with django_assert_max_num_queries(32):
            text = client.get(page(BEIJING_ROAD)).content.decode()
        assert text.count("row-link") == 100
        text = client.get(page(BEIJING_ROAD), {"after": f"{BEIJING_ROAD}100"}).content.decode()
        assert "第101村" in text
        text = client.get(page(BEIJING_ROAD), {"before": f"{BEIJING_ROAD}101"}).content.decode()
        assert "第100村" in text
        assert "第101村" not in text

    def test_the_picker_gets_all_of_them_in_one_query_beside_the_sign_in(
        self, come: Come, django_assert_max_num_queries: Budget
    ) -> None:
        client = come("mediator")
        with django_assert_max_num_queries(7):
            answer = client.get("/areas/children.json", {"parent": BEIJING_ROAD}).json()
        assert len(answer["areas"]) == 999


class TestPicker:
    def codes(self, client: Client, **given: str) -> list[str]:
        answer = client.get(reverse("areas:choices"), given)
        assert answer.status_code == 200
        return [row["code"] for row in answer.json()["areas"]]

    def test_top_children_path_and_words(self, come: Come) -> None:
        client = come("mediator")
        assert self.codes(client) == [CITY]
        assert self.codes(client, parent=CITY) == [COUNTY]
        assert self.codes(client, code=LONGMENLI) == [CITY, COUNTY, BEIJING_ROAD, LONGMENLI]
        assert self.codes(client, words="龙门里") == [LONGMENLI]
        row = client.get(reverse("areas:choices"), {"words": "龙门里"}).json()["areas"][0]
        assert row["path"] == "金川区 › 北京路街道"
        assert row["has_children"] is True
        assert row["level"] == "village"

    def test_a_point_leads_to_the_lowest_area_around_it(self, come: Come) -> None:
        square = {
            "type": "Polygon",
            "coordinates": [[[102, 38], [103, 38], [103, 39], [102, 39], [102, 38]]],
        }
        around = [COUNTY, BEIJING_ROAD, LONGMENLI]
        Area.objects.filter(pk__in=around).update(boundary=square)
        client = come("mediator")
        assert self.codes(client, lng="102.5", lat="38.5") == [CITY, *around]
        for lng, lat in (("10", "10"), ("500", "0"), ("nan", "38"), ("x", "38")):
            assert self.codes(client, lng=lng, lat=lat) == []
        assert self.codes(client, lng="102.5") == []

    def test_nothing_of_another_city_and_nothing_of_nonsense(self, come: Come) -> None:
        Area.objects.create(code="6202", name="嘉峪关市", level="city", parent_id="62")
        client = come("mediator")
        assert self.codes(client, parent="6202") == []
        assert self.codes(client, code="6202") == []
        assert self.codes(client, words="嘉峪关") == []
        assert self.codes(client, parent="' OR 1=1") == []
        assert self.codes(client, code="620399") == []

    def test_the_top_of_a_role_above_the_cities_is_the_cities(self, cast: Cast, come: Come) -> None:
        from tests.cast import make_user

        cast.users["province"] = make_user("province", "auditor", "62", None)
        assert self.codes(come("province")) == [CITY]


def test_outlines_of_the_areas_below_else_of_the_area(come: Come) -> None:
    square = {"type": "Polygon", "coordinates": [[[102, 38], [103, 38], [103, 39], [102, 38]]]}
    Area.objects.filter(pk__in=[BEIJING_ROAD, LONGMENLI]).update(boundary=square)
    client = come("mediator")
    for within, code in ((COUNTY, BEIJING_ROAD), (BEIJING_ROAD, LONGMENLI), (LONGMENLI, LONGMENLI)):
        answer = client.get(reverse("areas:shapes"), {"within": within}).json()
        assert [one["properties"]["code"] for one in answer["features"]] == [code]
        assert answer["features"][0]["properties"]["url"] == page(code)
        assert answer["features"][0]["geometry"] == square
    assert client.get(reverse("areas:shapes"), {"within": "x"}).json()["features"] == []


class TestVerbs:
    def test_each_form_opens_for_the_administrator_only(self, cast: Cast, come: Come) -> None:
        centre = unit_id(cast, BEIJING_ROAD)
        addresses = [
            *(reverse("areas:area_verb", args=[LONGMENLI, v]) for v in ("rename", "open_unit")),
            *(reverse("areas:area_verb", args=[LONGMENLI, v]) for v in ("add_grid", "abolish")),
            *(
                reverse("areas:unit_verb", args=[centre, v])
                for v in ("change", "add_room", "plan_duty", "close")
            ),
        ]
        client = come("administrator")
        for address in addresses:
            assert client.get(address).status_code == 200, address
        client = come("director")
        for address in addresses:
            assert client.get(address).status_code == 403, address
            assert client.post(address, {}).status_code == 403, address

    def test_rename_open_add_room_and_remove_it(self, cast: Cast, come: Come) -> None:
        client = come("administrator")
        answer = client.post(
            reverse("areas:area_verb", args=[LONGMENLI, "rename"]), {"name": "龙门社区"}
        )
        assert answer.status_code == 302
        assert Area.objects.get(pk=LONGMENLI).name == "龙门社区"
        client.post(
            reverse("areas:area_verb", args=[LONGMENLI, "open_unit"]),
            {"kind": "department", "name": "警务室", "field": "police", "attendance": "rotating"},
        )
        assert Unit.objects.get(name="警务室").attendance == "rotating"
        centre = unit_id(cast, LONGMENLI)
        client.post(
            reverse("areas:unit_verb", args=[centre, "add_room"]),
            {"kind": "window", "name": "一号"},
        )
        room = Room.objects.get()
        assert "一号" in client.get(page(LONGMENLI)).content.decode()
        client.post(reverse("areas:remove_room", args=[room.id]))
        assert not Room.objects.exists()

    def test_duty_is_planned_and_cancelled(self, cast: Cast, come: Come) -> None:
        client, centre = come("administrator"), unit_id(cast, BEIJING_ROAD)
        address = reverse("areas:unit_verb", args=[centre, "plan_duty"])
        given = {
            "user": str(cast.users["clerk"].id),
            "starts": "2026-03-09",
            "ends": "2026-03-10",
            "shift": "day",
        }
        assert client.post(address, {**given, "ends": "2026-03-01"}).status_code == 422
        assert client.post(address, given).status_code == 302
        duty = Duty.objects.earliest("date")
        assert client.post(reverse("areas:cancel_duty", args=[duty.id])).status_code == 302
        assert Duty.objects.count() == 1

    def test_a_refusal_keeps_what_was_typed_and_says_what_to_do(
        self, cast: Cast, come: Come
    ) -> None:
        make_case(cast)
        client, centre = come("administrator"), unit_id(cast, BEIJING_ROAD)
        address = reverse("areas:unit_verb", args=[centre, "close"])
        answer = client.post(address, {"moved_to": ""})
        assert answer.status_code == 422
        assert 'id="id_moved_to_error"' in answer.content.decode()
        assert Unit.objects.get(pk=centre).closed_on is None
        answer = client.post(address, {"moved_to": str(unit_id(cast, COUNTY))})
        assert answer.status_code == 302
        typed = {"name": "  ", "source": "公告〔2026〕7号"}
        answer = client.post(reverse("areas:area_verb", args=[LONGMENLI, "rename"]), typed)
        assert answer.status_code == 422
        assert "公告〔2026〕7号" in answer.content.decode()

    def test_merge_from_the_page(self, come: Come) -> None:
        client = come("administrator")
        address = reverse("areas:area_verb", args=[LONGMENLI, "abolish"])
        assert client.post(address, {"successor": COUNTY}).status_code == 422
        answer = client.post(address, {"successor": "620302003001", "source": ""})
        assert answer.headers["Location"] == page(BEIJING_ROAD)
        assert client.get(address).status_code == 404
        assert client.get(page(LONGMENLI)).status_code == 200

    def test_a_word_of_the_citys_own_survives_a_change(self, cast: Cast, come: Come) -> None:
        from linli.accounts.actor import SYSTEM
        from tests.cast import TUESDAY

        data = UnitData(name="禁毒办", field="anti_drug")
        unit = open_unit(BEIJING_ROAD, kind="department", data=data, actor=SYSTEM, at=TUESDAY)
        address = reverse("areas:unit_verb", args=[unit.id, "change"])
        client = come("administrator")
        assert 'value="anti_drug" selected' in client.get(address).content.decode()
        client.post(address, {"name": "禁毒办公室", "field": "anti_drug"})
        unit.refresh_from_db()
        assert (unit.name, unit.field) == ("禁毒办公室", "anti_drug")


def test_reads_go_by_ranges_of_the_key_and_never_over_the_whole_country(cast: Cast) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO areas_area (code, name, level, urban_rural_kind)"
            " SELECT '9' || lpad(n::text, 11, '0'), '村' || n, 'village', ''"
            " FROM generate_series(1, 60000) n"
        )
        cursor.execute("ANALYZE areas_area")
    from linli.areas import directory, queries
    from linli.areas.models import Area as Model

    assert Model.objects.count() > 60000
    plans: list[str] = []

    def explain(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith("SELECT"):
            with connection.connection.cursor() as raw:
                raw.execute(f"EXPLAIN {sql}", params)
                plans.append("\n".join(row[0] for row in raw.fetchall()))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(explain):
        queries.search("北京路 龙门", (CITY,))
        queries.children(BEIJING_ROAD)
        queries.path(LONGMENLI)
        directory.tree(CITY)
        directory.below(COUNTY)
        directory.shapes(COUNTY, "/areas/")
        directory.changes_of(COUNTY)
    assert len(plans) >= 8
    assert not [plan for plan in plans if "Seq Scan on areas_area " in plan]


def test_a_director_plans_the_leave_of_those_in_the_centre(cast: Cast, come: Come) -> None:
    address = f"/people/{cast.users['clerk'].id}/leave/"
    assert address in come("director").get(page(BEIJING_ROAD)).text
    assert come("director").get(address).status_code == 200
    assert address not in come("county_director").get(page(BEIJING_ROAD)).text
    # Those of the department beside it are not the director's.
    assert (
        f"/people/{cast.users['officer'].id}/leave/"
        not in come("director").get(page(BEIJING_ROAD)).text
    )
