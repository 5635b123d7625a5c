"""The same matter again: what is found, what is shown, who may merge and link, and scope."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from linli.accounts.scope import acting
from linli.alike.actions.follow import follow
from linli.alike.actions.keep_texts import keep_texts
from linli.alike.models import Text
from linli.alike.queries import Like, same_as, same_matter
from linli.cases.models import Case, Link
from linli.cases.tests.desk import Desk, text_of
from tests.cast import GRID, LONGMENLI, NEIGHBOUR_VILLAGE, OTHER_VILLAGE

HERE = (38.5201, 102.1879)
BURST: dict[str, Any] = {
    "title": "6号楼卫生间漏水致楼下天花板发霉",
    "place": "6号楼2单元",
    "latitude": HERE[0],
    "longitude": HERE[1],
}


def ask(desk: Desk, name: str, text: str, area: str = LONGMENLI, **more: Any) -> list[Like]:
    """Ask as a person, under their scope."""
    actor = desk.cast.actor(name)
    point = more.pop("point", None)
    with acting(actor):
        return same_matter(text, area, point, timezone.now(), actor, **more)


def test_found_by_words_and_place_at_once_and_after_the_worker(desk: Desk) -> None:
    same = desk.at("handling", **BURST)
    desk.at("registered", title="广场舞音响影响休息")
    for _ in ("not kept yet", "kept"):
        found = ask(desk, "clerk", "楼上卫生间漏水，天花板发霉了", place="6号楼", point=HERE)
        assert [like.case for like in found] == [same]
        assert found[0].same_place
        assert found[0].metres == 0
        assert "卫生间漏水" in found[0].words
        keep_texts([same.id])
    assert Text.objects.count() == 1


def test_near_comes_before_far_and_recent_before_old(desk: Desk) -> None:
    far = desk.at("registered", **{**BURST, "place": "", "latitude": 38.53})
    near = desk.at("registered", **{**BURST, "place": ""})
    old = desk.at("registered", **{**BURST, "place": ""})
    Case.objects.filter(pk=old.pk).update(opened_at=timezone.now() - timedelta(days=300))
    ancient = desk.at("registered", **BURST)
    Case.objects.filter(pk=ancient.pk).update(opened_at=timezone.now() - timedelta(days=500))
    found = ask(desk, "clerk", "卫生间漏水致楼下天花板发霉", point=HERE)
    assert [like.case for like in found] == [near, old, far]


def test_around_a_point_beyond_the_border_of_the_village(desk: Desk) -> None:
    beyond = desk.at("registered", **{**BURST, "area": NEIGHBOUR_VILLAGE})
    keep_texts([beyond.id])
    found = ask(desk, "clerk", "卫生间漏水致楼下天花板发霉", point=(38.5205, 102.1879))
    assert [like.case for like in found] == [beyond]


def test_nothing_outside_the_scope(desk: Desk) -> None:
    secret = desk.at("registered", **{**BURST, "area": OTHER_VILLAGE})
    keep_texts([secret.id])
    words = "6号楼卫生间漏水致楼下天花板发霉"
    for name in ("grid_worker", "mediator", "neighbour_clerk"):
        found = ask(desk, name, words, OTHER_VILLAGE, point=HERE)
        assert bool(found) == (name == "neighbour_clerk"), name
    # Even a statement that forgets the filter reads no text of another area.
    with acting(desk.cast.actor("grid_worker")):
        assert not Text.objects.exists()
    placed = desk.at("assigned", **{**BURST, "area": OTHER_VILLAGE, "title": "另一处漏水发霉"})
    assert placed.area_id == OTHER_VILLAGE


def test_what_is_with_a_unit_is_found_there(desk: Desk) -> None:
    sent = desk.at("handling", **BURST)
    assert [like.case for like in ask(desk, "mediator", BURST["title"], GRID)] == [sent]
    assert ask(desk, "second_mediator", "完全不同的事情咨询入学")[:1] == []


def test_too_little_finds_nothing(desk: Desk) -> None:
    desk.at("registered", **BURST)
    assert ask(desk, "clerk", "") == []
    assert ask(desk, "clerk", "漏水") == []
    assert ask(desk, "clerk", BURST["title"], "") == []
    assert ask(desk, "clerk", "\0😀" * 900) == []


def test_the_worker_follows_what_happens(desk: Desk) -> None:
    follow()
    case = desk.at("registered", **BURST)
    assert follow() == 1
    assert follow() == 0
    assert Text.objects.get().version == case.version
    desk.done("clerk", case, "classify", title="水管爆裂", kind="hazard", category="building",
              area=LONGMENLI, urgency="normal", difficulty="ordinary", scale="individual")  # fmt: skip
    assert follow() == 1
    assert [like.case for like in ask(desk, "clerk", "水管爆裂了")] == [case]


def test_the_form_while_typing(desk: Desk) -> None:
    same = desk.at("registered", **BURST)
    asked = {"title": "卫生间漏水，天花板发霉", "area": LONGMENLI, "place": "6号楼", "lng": ""}
    page = text_of(desk.client("clerk").post("/similar/typed/", asked))
    assert same.number in page
    assert "同一地点" in page
    wrong = desk.client("clerk").post("/similar/typed/", {**asked, "area": "x", "lat": "nan"})
    assert wrong.status_code == 200
    assert same.number not in text_of(wrong)
    assert desk.client("auditor").post("/similar/typed/", asked).status_code == 403
    assert 'data-island="alike"' in text_of(desk.client("clerk").get("/cases/new/"))


def test_merge_and_link_from_the_page(desk: Desk) -> None:
    older, younger = desk.at("registered", **BURST), desk.at("registered", **BURST)
    page = text_of(desk.client("clerk").get(f"/similar/{older.id}/"))
    assert f"/cases/{younger.id}/merge/" in page
    assert "并入本案" in page
    assert "并入该案" in text_of(desk.client("clerk").get(f"/similar/{younger.id}/"))
    assert "/merge/" not in text_of(desk.client("city_dispatcher").get(f"/similar/{older.id}/"))
    merged = desk.done("clerk", younger, "merge", into=older.number)
    assert merged.merged_into == older
    assert younger.number not in text_of(desk.client("clerk").get(f"/similar/{older.id}/"))


def test_what_is_linked_is_not_offered_again(desk: Desk) -> None:
    one, other = desk.at("registered", **BURST), desk.at("registered", **BURST)
    answer = desk.client("clerk").post(f"/cases/{one.id}/links/", {"number": other.number})
    assert answer.status_code == 302
    assert Link.objects.count() == 1
    assert other.number not in text_of(desk.client("clerk").get(f"/similar/{one.id}/"))


def test_the_card_of_the_case(desk: Desk) -> None:
    case = desk.at("registered", **BURST)
    assert f"/similar/{case.id}/" in text_of(desk.client("clerk").get(f"/cases/{case.id}/"))
    assert desk.client("neighbour_clerk").get(f"/similar/{case.id}/").status_code == 404
    assert desk.client("auditor").get(f"/similar/{case.id}/").status_code == 403


def test_the_api(desk: Desk) -> None:
    one, other = desk.at("registered", **BURST), desk.at("registered", **BURST)
    client = desk.client("clerk")
    found = client.get(f"/api/v1/cases/{one.id}/similar").json()
    assert [like["number"] for like in found["same"]] == [other.number]
    asked = {"title": "卫生间漏水天花板发霉", "area": LONGMENLI}
    typed = client.post("/api/v1/similar", asked, content_type="application/json").json()
    assert {like["id"] for like in typed} == {str(one.id), str(other.id)}
    assert desk.client("neighbour_clerk").get(f"/api/v1/cases/{one.id}/similar").status_code == 404
    wrong = client.post(
        "/api/v1/similar", {"title": "x", "area": "62x"}, content_type="application/json"
    )
    assert wrong.status_code == 422


def test_a_case_and_its_like(desk: Desk) -> None:
    one, other = desk.at("registered", **BURST), desk.at("registered", **BURST)
    actor = desk.cast.actor("clerk")
    with acting(actor):
        assert [like.case for like in same_as(one, timezone.now(), actor)] == [other]
