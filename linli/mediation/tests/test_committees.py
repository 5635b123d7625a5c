"""Committees: set up where they belong, changed, their people described, and shown."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from linli.accounts.models import ApiToken, Role
from linli.accounts.tokens import digest_of, new_token
from linli.areas.models import Area, Unit
from linli.audit.models import Entry
from linli.cases.tests.desk import text_of
from linli.kernel.errors import IllegalMove, Invalid, NotFound, NotPermitted
from linli.mediation.actions.change_committee import change_committee
from linli.mediation.actions.describe_mediator import MediatorData, describe_mediator
from linli.mediation.actions.found import CommitteeData, found_committee
from linli.mediation.models import Committee, Mediator
from linli.mediation.queries.committees import listing
from linli.mediation.tests.table import TODAY, Table
from tests.cast import (
    CITY,
    COUNTY,
    GRID,
    GUANGZHOU_ROAD,
    LONGMENLI,
    NEIGHBOUR_VILLAGE,
    OTHER_VILLAGE,
)


def data(**more: Any) -> CommitteeData:
    """Return what is written about a committee."""
    given = {"kind": "neighbourhood", "name": "金冶里社区人民调解委员会", "word": "冶"}
    return CommitteeData(**given | more)


def found(table: Table, area: str, by: str = "administrator", **more: Any) -> Committee:
    """Set a committee up."""
    made: Committee = table.act(by, found_committee, area, data(**more))
    return made


def about(**more: Any) -> MediatorData:
    """Return what is known of a mediator."""
    return MediatorData(**{"most": 5, "since": date(2020, 1, 1)} | more)


def test_a_villages_committee_works_as_its_centre(table: Table) -> None:
    made = found(table, NEIGHBOUR_VILLAGE)
    assert made.unit == table.cast.posts[NEIGHBOUR_VILLAGE]
    assert made.seal_name == made.name
    entry = Entry.objects.get(event="committee.found")
    assert entry.facts["area"] == NEIGHBOUR_VILLAGE
    with pytest.raises(IllegalMove):
        found(table, NEIGHBOUR_VILLAGE, word="又")


def test_others_work_as_a_unit_of_their_own(table: Table) -> None:
    more = {"kind": "social", "name": "物业纠纷人民调解委员会", "phone": "0935-1"}
    made = found(table, COUNTY, **more)
    assert (made.unit.kind, made.unit.name, made.unit.phone) == (
        "committee",
        "物业纠纷人民调解委员会",
        "0935-1",
    )
    assert Entry.objects.filter(event="unit.open").count() == 1
    # A unit that waits under the name is taken.
    waiting = Unit.objects.create(area_id=GUANGZHOU_ROAD, kind="committee", name="广州路街道调委会")
    street = found(table, GUANGZHOU_ROAD, kind="street", name="广州路街道调委会", word="广")
    assert street.unit == waiting


def test_where_it_belongs_and_what_it_needs(table: Table) -> None:
    wrong: list[tuple[str, dict[str, Any], str]] = [
        (COUNTY, {}, "kind"),
        (NEIGHBOUR_VILLAGE, {"kind": "street"}, "kind"),
        (NEIGHBOUR_VILLAGE, {"kind": "club"}, "kind"),
        (GRID, {"kind": "enterprise"}, "kind"),
        (NEIGHBOUR_VILLAGE, {"name": " "}, "name"),
        (NEIGHBOUR_VILLAGE, {"word": ""}, "word"),
        (NEIGHBOUR_VILLAGE, {"word": "冶 里"}, "word"),
        (NEIGHBOUR_VILLAGE, {"word": "一二三四五六七八九"}, "word"),
        (NEIGHBOUR_VILLAGE, {"word": "龙"}, "word"),
        (NEIGHBOUR_VILLAGE, {"specialities": ("magic",)}, "specialities"),
        (NEIGHBOUR_VILLAGE, {"founded_on": date(2027, 1, 1)}, "founded_on"),
    ]
    for area, more, field in wrong:
        with pytest.raises(Invalid) as refused:
            found(table, area, **more)
        assert field in refused.value.fields, more
    assert Committee.objects.count() == 2
    assert not Unit.objects.filter(kind="committee").exists()


def test_only_an_administrator_of_the_area(table: Table) -> None:
    Role.objects.filter(user=table.cast.users["administrator"]).update(area=OTHER_VILLAGE)
    for name in ("village_director", "city_director", "administrator"):
        with pytest.raises(NotPermitted):
            found(table, NEIGHBOUR_VILLAGE, by=name)
        with pytest.raises(NotPermitted):
            table.act(name, change_committee, table.committee.id, data())
    found(table, OTHER_VILLAGE)


def test_changing_keeps_the_unit_called_like_it(table: Table) -> None:
    made = found(table, COUNTY, kind="social", name="物业调委会", word="物")
    change = data(kind="enterprise", name="物业服务调委会", word="物", address="新华路1号")
    table.act("administrator", change_committee, made.id, change)
    made = Committee.objects.select_related("unit").get(pk=made.pk)
    assert (made.kind, made.unit.name, made.unit.address) == (
        "enterprise",
        "物业服务调委会",
        "新华路1号",
    )
    entry = Entry.objects.get(event="committee.change")
    assert entry.facts["changed"] == ["kind", "name", "seal_name"]
    # The centre a village's committee works as keeps its own name.
    table.act("administrator", change_committee, table.committee.id, data(word="龙"))
    table.committee.unit.refresh_from_db()
    assert table.committee.unit.name == "龙门里社区"
    with pytest.raises(Invalid) as refused:
        table.act("administrator", change_committee, table.committee.id, data(word="北"))
    assert "word" in refused.value.fields


def test_what_is_known_of_a_mediator(table: Table) -> None:
    user, committee = table.cast.users["second_mediator"], table.committee
    told = about(full_time=True, languages=("藏语", " "), specialities=("neighbour",))
    for name in ("mediator", "neighbour_clerk"):
        with pytest.raises(NotPermitted):
            table.act(name, describe_mediator, committee.id, user.id, told)
    table.act("village_director", describe_mediator, committee.id, user.id, told)
    row = Mediator.objects.get(user=user)
    assert (row.full_time, row.languages, row.specialities, row.most) == (
        True,
        ["藏语"],
        ["neighbour"],
        5,
    )
    changed = about(
        full_time=True, languages=("藏语",), specialities=("neighbour",), certificate="7"
    )
    table.act("administrator", describe_mediator, committee.id, user.id, changed)
    entry = Entry.objects.filter(event="committee.describe").order_by("-id")[0]
    assert entry.facts == {"user": str(user.id), "changed": ["certificate"]}


def test_only_members_and_only_what_can_be(table: Table) -> None:
    committee, users = table.committee, table.cast.users
    with pytest.raises(NotFound):
        table.act("village_director", describe_mediator, committee.id, users["clerk"].id, about())
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"most": 201}, "most"),
        ({"until": date(2019, 1, 1)}, "until"),
        ({"languages": ("长" * 31,)}, "languages"),
        ({"specialities": ("magic",)}, "specialities"),
        ({"certificate": "1" * 41}, "certificate"),
    ]
    for more, field in wrong:
        with pytest.raises(Invalid) as refused:
            table.act(
                "village_director", describe_mediator, committee.id, users["mediator"].id,
                about(**more),
            )  # fmt: skip
        assert list(refused.value.fields) == [field]


def test_from_the_list_to_a_new_committee(table: Table) -> None:
    admin = table.client("administrator")
    shown = text_of(admin.get("/committees/"))
    assert "/committees/found/" in shown
    assert table.committee.name in shown
    assert "/committees/found/" not in text_of(table.client("mediator").get("/committees/"))
    assert table.client("mediator").get("/committees/found/").status_code == 403
    form = {
        "area": NEIGHBOUR_VILLAGE,
        "kind": "neighbourhood",
        "name": "金冶里调委会",
        "word": "龙",
    }
    kept = admin.post("/committees/found/", form)
    assert kept.status_code == 422
    assert "金冶里调委会" in text_of(kept)
    answer = admin.post("/committees/found/", form | {"word": "冶", "specialities": ["neighbour"]})
    made = Committee.objects.get(word="冶")
    assert answer.headers["Location"] == f"/committees/{made.id}/"
    assert "邻里" in text_of(admin.get(f"/committees/{made.id}/"))
    change = form | {"word": "冶", "remit": "本社区居民"}
    assert admin.post(f"/committees/{made.id}/change/", change).status_code == 302
    assert "本社区居民" in text_of(admin.get(f"/committees/{made.id}/"))


def test_a_filter_by_kind_and_words(table: Table) -> None:
    client = table.client("mediator")
    streets = text_of(client.get("/committees/?kind=street"))
    assert table.street.name in streets
    assert table.committee.name not in streets
    assert table.committee.name in text_of(client.get("/committees/?words=龙门"))
    assert "没有找到调委会" in text_of(client.get("/committees/?words=不存在"))
    assert client.get("/committees/?kind=none&after=x_y").status_code == 200


def test_the_page_with_people_and_numbers(table: Table) -> None:
    table.accepted()
    Mediator.objects.create(
        user=table.cast.users["mediator"], committee=table.committee, full_time=True,
        languages=["裕固语"], specialities=["neighbour"], most=1, since=date(2020, 1, 1),
    )  # fmt: skip
    page = f"/committees/{table.committee.id}/"
    shown = text_of(table.client("mediator").get(page))
    for word in ("裕固语", "1 件（上限 1）", "暂不再接", "2026 年收到"):
        assert word in shown, word
    assert "/change/" not in shown
    # Whoever sees only some of its mediations is shown no count of them.
    elsewhere = text_of(table.client("neighbour_clerk").get(page))
    assert "裕固语" in elsewhere
    assert "2026 年收到" not in elsewhere
    assert "件（上限" not in elsewhere
    mine = f"{page}mediators/{table.cast.users['mediator'].id}/"
    director = table.client("village_director")
    assert mine in text_of(director.get(page))
    form = {"full_time": "0", "languages": "藏语，手语", "most": 9, "since": "2021-05-01"}
    assert director.post(mine, form | {"most": 999}).status_code == 422
    assert director.post(mine, form).status_code == 302
    row = Mediator.objects.get(user=table.cast.users["mediator"])
    assert (row.full_time, row.languages, row.most) == (False, ["藏语", "手语"], 9)
    assert table.client("mediator").get(mine).status_code == 403


def test_another_city_knows_nothing_of_it(table: Table) -> None:
    Area.objects.create(code="6204", name="白银市", level="city", parent_id="62")
    Role.objects.filter(user=table.cast.users["neighbour_clerk"]).update(area="6204", unit=None)
    client = table.client("neighbour_clerk")
    assert client.get(f"/committees/{table.committee.id}/").status_code == 404
    assert table.committee.name not in text_of(client.get("/committees/"))


def test_pages_and_queries_of_a_long_list(table: Table) -> None:
    actor = table.cast.actor("city_director")

    def read(after: str = "") -> Any:
        return table.by("city_director", listing, actor, TODAY, after=after)

    with CaptureQueriesContext(connection) as few:
        read()
    for number in range(60):
        unit = Unit.objects.create(area_id=CITY, kind="committee", name=f"行业{number}")
        Committee.objects.create(
            unit=unit, kind="social", name=f"行业{number}", word=f"业{number}", seal_name="章"
        )
    with CaptureQueriesContext(connection) as many:
        first, after = read()
    assert len(many) == len(few)
    second, end = read(after)
    assert (len(first), len(second), end) == (50, 12, "")
    assert len({line.id for line in (*first, *second)}) == 62
    longmenli = next(line for line in second if line.name == table.committee.name)
    assert longmenli.members == 3
    assert table.committee.unit.area_id == LONGMENLI


def test_on_the_page_of_the_area(table: Table) -> None:
    page = f"/areas/{LONGMENLI}/"
    mine = f"/committees/{table.committee.id}/"
    setting_up = f"/committees/found/?area={LONGMENLI}"
    shown = text_of(table.client("mediator").get(page))
    assert mine in shown
    assert setting_up not in shown
    admin = table.client("administrator")
    assert setting_up in text_of(admin.get(page))
    assert f'value="{LONGMENLI}"' in text_of(admin.get(setting_up))
    # A grid has none, and nobody sets one up there.
    assert "/committees/found/" not in text_of(admin.get(f"/areas/{GRID}/"))


def test_what_is_in_hand_opens_the_mediations_behind_it(table: Table) -> None:
    mediation = table.accepted()
    for name, view in (("mediator", "committee"), ("director", "all")):
        client = table.client(name)
        address = f"/mediations/?view={view}&committee={table.committee.id}"
        assert address.replace("&", "&amp;") in text_of(
            client.get(f"/committees/{table.committee.id}/")
        )
        assert mediation.case.title in text_of(client.get(address))
        other = text_of(client.get(f"/mediations/?view={view}&committee={table.street.id}"))
        assert mediation.case.title not in other
    assert table.client("mediator").get("/mediations/?committee=none").status_code == 200


def test_the_committees_of_an_area_over_the_api(table: Table) -> None:
    raw = new_token()
    ApiToken.objects.create(
        user=table.cast.users["clerk"], name="areas", digest=digest_of(raw), scopes=["areas:read"],
        expires_at=datetime(2099, 1, 1, tzinfo=UTC),
    )  # fmt: skip
    client = Client(headers={"Authorization": f"Bearer {raw}"})
    answer = client.get(f"/api/v1/areas/{LONGMENLI}/committees")
    assert answer.status_code == 200
    (one,) = answer.json()
    assert (one["id"], one["kind"], one["word"]) == (
        str(table.committee.id),
        "neighbourhood",
        "龙",
    )
    assert client.get("/api/v1/areas/999/committees").status_code == 422
