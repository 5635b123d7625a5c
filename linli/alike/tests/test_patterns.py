"""What keeps coming back from one place: counted by place, never by person, within the scope."""

from datetime import timedelta

import pytest
from django.utils import timezone

from linli.accounts.scope import acting
from linli.alike.actions.find_patterns import find_patterns
from linli.alike.models import Pattern
from linli.alike.places import metres, public_place, spot_of
from linli.cases.models import Case
from linli.cases.tests.desk import Desk, text_of
from tests.cast import BEIJING_ROAD, GUANGZHOU_ROAD, LONGMENLI, OTHER_VILLAGE


@pytest.mark.parametrize(
    ("place", "public"),
    [
        ("6号楼2单元301室", "6号楼"),
        ("6号楼2单元", "6号楼"),
        ("3栋-502", "3栋"),
        ("龙门里５号楼１２０２", "龙门里5号楼"),
        ("5-2-301", ""),
        ("12号楼三楼东户", "12号楼"),
        ("王大爷家门前", ""),
        ("三组15号", "三组"),
        ("文化广场东侧", "文化广场东侧"),
        ("和平路与新华路口", "和平路与新华路口"),
        ("", ""),
    ],
)
def test_what_lies_behind_a_front_door_is_cut_off(place: str, public: str) -> None:
    assert public_place(place) == public


def test_a_home_has_no_spot_even_with_a_point() -> None:
    assert spot_of("王大爷家", 38.52, 102.18) == ""
    assert spot_of("", 38.52, 102.18) == spot_of("", 38.52001, 102.18001) != ""
    assert spot_of("", None, None) == ""
    assert round(metres((38.52, 102.18), (38.53, 102.18))) == 1112


def test_three_of_a_category_from_one_place(desk: Desk) -> None:
    for place in ("6号楼2单元", "6号楼1单元102室", "6号楼"):
        desk.at("registered", place=place)
    desk.at("registered", place="7号楼")
    desk.at("registered", place="6号楼", category="property")
    for _ in range(4):
        desk.at("registered", place="6号楼", category="family")
    old = desk.at("registered", place="6号楼")
    Case.objects.filter(pk=old.pk).update(opened_at=timezone.now() - timedelta(days=400))
    assert find_patterns(timezone.now()) == 1
    (found,) = Pattern.objects.all()
    assert (found.area, found.place, found.category) == (LONGMENLI, "6号楼", "neighbour")
    assert (found.cases, found.still_open) == (3, 3)


def test_where_it_is_shown_and_to_whom(desk: Desk) -> None:
    cases = [desk.at("registered", place="6号楼") for _ in range(3)]
    assert find_patterns(timezone.now()) == 1
    clerk, mediator = desk.client("clerk"), desk.client("mediator")
    assert "6号楼" in text_of(clerk.get(f"/patterns/{BEIJING_ROAD}/"))
    assert "3 件" in text_of(clerk.get(f"/similar/{cases[0].id}/"))
    assert "反复出现" in text_of(clerk.get(f"/areas/{LONGMENLI}/"))
    assert len(clerk.get(f"/api/v1/patterns/{LONGMENLI}").json()) == 1
    # Who sees only what was sent to them counts nothing.
    assert mediator.get(f"/patterns/{LONGMENLI}/").status_code == 403
    assert clerk.get(f"/patterns/{OTHER_VILLAGE}/").status_code == 403
    assert desk.client("auditor").get(f"/patterns/{GUANGZHOU_ROAD}/").status_code == 403
    with acting(desk.cast.actor("neighbour_clerk")):
        assert not Pattern.objects.exists()


def test_patterns_are_made_anew(desk: Desk) -> None:
    cases = [desk.at("registered", place="6号楼") for _ in range(3)]
    find_patterns(timezone.now())
    Case.objects.filter(pk=cases[0].pk).update(state="merged")
    assert find_patterns(timezone.now()) == 0
