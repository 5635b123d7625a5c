"""What a text proposes on the first day: from the lists of words alone."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.cases.tests.desk import Desk
from linli.reading.lexicon import Lexicon
from linli.reading.models import PlaceAlias
from linli.reading.places import Gazetteer
from linli.reading.queries import propose, propose_many
from linli.reading.urgency import urgency_of
from tests.cast import BEIJING_ROAD, CITY, GRID, LONGMENLI, NEIGHBOUR_VILLAGE, OTHER_VILLAGE


def test_a_matter_in_peoples_words(desk: Desk) -> None:
    found = propose("楼上住户卫生间漏水，把我家天花板泡坏了，在龙门里3号楼", within=BEIJING_ROAD)
    assert found.category is not None
    assert found.kind is not None
    assert found.area is not None
    assert (found.kind.value, found.category.value) == ("dispute", "neighbour")
    assert "漏水" in "".join(found.category.words)
    assert (found.area.value, found.area.words) == (LONGMENLI, ("龙门里",))
    assert found.urgency is not None
    assert (found.urgency.value, found.urgency.words) == ("normal", ())


@pytest.mark.parametrize(
    ("text", "kind", "category"),
    [
        ("包工头拖欠我们八个农民工工资两万元", "dispute", "wages"),
        ("网购的手机是假货，卖家拒绝退货", "dispute", "e_commerce"),
        ("想咨询一下离婚的法律规定", "consultation", "law_question"),
        ("校门口的井盖坏了，请求维修", "request", "infrastructure"),
        ("楼道里有人给电动车充电，灭火器过期", "hazard", "fire"),
        ("低保申请交了两个月没有消息", "request", "welfare"),
    ],
)
def test_kinds_and_categories(desk: Desk, text: str, kind: str, category: str) -> None:
    found = propose(text, within=CITY)
    assert found.category is not None, found.options
    assert found.kind is not None
    assert (found.kind.value, found.category.value) == (kind, category)
    assert 0.6 <= found.category.confidence <= 1


@pytest.mark.parametrize("text", ["", "   ", "你好", "asdf", "。。。", "\u0000\ud800", "第一网格"])
def test_it_asks_where_nothing_is_known(desk: Desk, text: str) -> None:
    found = propose(text, within=CITY)
    assert (found.kind, found.category, found.area) == (None, None, None)


def test_it_asks_between_two_that_are_alike(desk: Desk) -> None:
    found = propose("合同和物业的事", within=CITY)
    assert found.category is None
    assert {"contract", "property"} <= set(found.options["category"])


class TestUrgency:
    words = Lexicon([("受伤", "danger"), ("着火", "danger"), ("停水", "utility")])

    @pytest.mark.parametrize(
        ("text", "urgency", "found"),
        [
            ("厨房着火了", "danger", ("着火",)),
            ("小区停水三天", "utility", ("停水",)),
            ("停水后有人着火", "danger", ("着火",)),
            ("没有人受伤", "normal", ()),
            ("无人员受伤", "normal", ()),
            ("防止着火", "normal", ()),
            ("没有停水，但是着火了", "danger", ("着火",)),
        ],
    )
    def test_words(self, text: str, urgency: str, found: tuple[str, ...]) -> None:
        part = urgency_of(text, self.words)
        assert (part.value, part.words) == (urgency, found)


class TestPlaces:
    areas = {
        "6203": "金昌市", "620302": "金川区", "620321": "永昌县",
        "620302003": "北京路街道", "620302006": "广州路街道", "620321108": "六坝镇",
        "620302003002": "龙门里社区居委会", "620302003001": "金冶里社区居委会",
        "620302006001": "广文里社区居委会", "620302006002": "龙门里社区居委会",
        "620321108204": "六坝村委会", "620321108200": "玉宝村委会",
        "620302003001001": "第一网格", "620302006001001": "第一网格",
    }  # fmt: skip
    gazetteer = Gazetteer(areas, [("老电影院", "620302003001"), ("八一菜市场", "620302003001001")])

    def found(self, text: str, within: str = "6203") -> str | None:
        part, _rivals = self.gazetteer.area_of(text, within)
        return part.value if part else None

    @pytest.mark.parametrize(
        ("text", "code"),
        [
            ("金川区北京路街道龙门里社区2号楼", "620302003002"),
            ("广州路街道的龙门里有人吵架", "620302006002"),
            ("金冶里社区门口", "620302003001"),
            ("老电影院后面", "620302003001"),
            ("八一菜市场地面积水", "620302003001001"),
            ("广文里第一网格", "620302006001001"),
            ("在六坝镇玉宝村", "620321108200"),
            ("北京路街道办门前", "620302003"),
            ("玉宝", None),
            ("六坝镇玉宝", "620321108200"),
            ("第一网格", None),
            ("龙门里", None),
        ],
    )
    def test_forms(self, text: str, code: str | None) -> None:
        assert self.found(text) == code

    def test_of_two_names_the_one_where_one_works(self) -> None:
        assert self.found("龙门里有人吵架", "620302006") == "620302006002"
        part, rivals = self.gazetteer.area_of("龙门里有人吵架", "6203")
        assert part is None
        assert rivals == ("620302003002", "620302006002")

    def test_two_places_are_asked(self) -> None:
        part, rivals = self.gazetteer.area_of("从金冶里到广文里的路坏了", "6203")
        assert part is None
        assert set(rivals) == {"620302003001", "620302006001"}


def test_a_landmark_a_city_names_and_no_place_of_another_city(desk: Desk) -> None:
    PlaceAlias.objects.create(alias="老电影院", area_id=GRID)
    area = propose("老电影院门口", within=CITY).area
    assert area is not None
    assert area.value == GRID
    assert propose("龙门里社区", within="1101").area is None
    for village in (NEIGHBOUR_VILLAGE, OTHER_VILLAGE):
        assert propose("老电影院门口", within=CITY).area.value != village  # type: ignore[union-attr]


def test_an_answer_takes_less_than_five_milliseconds(desk: Desk) -> None:
    text = "楼上住户卫生间漏水泡坏天花板，" * 40 + "北京路街道龙门里社区"
    propose(text, within=CITY)
    began = time.process_time()
    for _ in range(20):
        propose(text, within=CITY)
    assert (time.process_time() - began) / 20 < 0.005


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    gazetteer, words = TestPlaces.gazetteer, TestUrgency.words
    part, _ = gazetteer.area_of(text, "6203")
    assert part is None or 0 < part.confidence < 1
    assert urgency_of(text, words).value in {"danger", "utility", "normal"}


def test_many_at_once_say_what_each_says(desk: Desk) -> None:
    texts = ["物业费太高", "路灯不亮，在龙门里", "拖欠工资"]
    assert propose_many(texts, CITY) == [propose(text, within=CITY) for text in texts]
