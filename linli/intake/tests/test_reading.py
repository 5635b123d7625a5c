"""What cells and headings say: dates in their shapes, words of closed lists, names of places."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.cases.tests.desk import Desk
from linli.intake.cells import has_lost_digits, is_phone, moment_in
from linli.intake.fields import field_called, field_like
from linli.intake.gazetteer import Ambiguous, Gazetteer
from linli.intake.layout import builtin
from linli.intake.matching import best_builtin
from linli.intake.values import code_of
from tests.cast import CITY, GRID, LONGMENLI, OTHER_VILLAGE

ZONE = ZoneInfo("Asia/Shanghai")
SHAPES = [
    "%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d", "%Y-%m-%d %H:%M:%S", "%Y/%m/%d %H:%M",
    "%Y-%m-%dT%H:%M", "%Y年%m月%d日%H时%M分", "%Y年%m月%d日 %H点", "%Y%m%d%H%M%S",
]  # fmt: skip


@settings(max_examples=50, deadline=None)
@given(
    moment=st.datetimes(datetime.fromisoformat("1990-01-01"), datetime.fromisoformat("2099-12-31")),
    shape=st.sampled_from(SHAPES),
)
def test_a_date_in_any_shape_is_that_date(moment: datetime, shape: str) -> None:
    found = moment_in(moment.strftime(shape))
    assert found is not None
    told, with_hour = found
    assert (told.year, told.month, told.day) == (moment.year, moment.month, moment.day)
    assert with_hour == ("%H" in shape)
    if "%M" in shape:
        assert (told.hour, told.minute) == (moment.hour, moment.minute)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("45352", "2024-03-01 12:00"),
        ("45352.395833333", "2024-03-01 09:30"),
        ("2024年3月1日下午3时05分", "2024-03-01 15:05"),
        ("二〇二四年十一月二十一日", "2024-11-21 12:00"),
        ("２０２４－３－１", "2024-03-01 12:00"),
        ("2024-02-30", None),
        ("20241301", None),
        ("2024-03-01 25:00", None),
        ("三月", None),
        ("13912345678", None),
        ("", None),
    ],
)
def test_dates_as_people_and_sheets_write_them(text: str, wanted: str | None) -> None:
    found = moment_in(text)
    assert (found and found[0].astimezone(ZONE).strftime("%Y-%m-%d %H:%M")) == wanted


def test_numbers_that_are_something_else() -> None:
    assert is_phone("0935-1234567")
    assert not is_phone("20240301")
    assert has_lost_digits("6.20302189001e+17")
    assert not has_lost_digits("620302189001010017")


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("纠纷名称（必填）", "title"),
        ("矛盾纠纷发生日期", "happened_on"),
        ("当事人联系电话", "applicant_phone"),
        ("对方当事人姓名", "respondent_name"),
        ("化解责任人姓名", None),
        ("证件类型", None),
        ("Case No", "source_number"),
        ("Description", "description"),
    ],
)
def test_headings(heading: str, field: str | None) -> None:
    assert (field_called(heading) or field_like(heading)) == field


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "word", "code"),
    [
        ("state", "未化解", "open"),
        ("state", "是", "closed"),
        ("state", "调解不成，引导诉讼", "referred"),
        ("category", "婚姻家庭类纠纷", "family"),
        ("category", "劳动争议/拖欠农民工工资", "wages"),
        ("category", "Road accidents", "traffic"),
        ("category", "外星人", None),
        ("channel", "12345热线", "phone"),
        ("scale", "一般群体性", "group"),
        ("satisfaction", "非常不满意", "1"),
        ("satisfaction", "不满意", "2"),
        ("urgency", "特急", "danger"),
    ],
)
def test_words_of_closed_lists(field: str, word: str, code: str | None) -> None:
    assert code_of(field, word) == code


def test_a_category_is_looked_for_within_the_kind(desk: Desk) -> None:
    assert code_of("category", "其他", "hazard") == "other_hazard"
    assert code_of("category", "交通", "hazard") == "traffic_hazard"
    assert code_of("category", "交通") == "traffic"


def test_places_by_name_path_and_code(desk: Desk) -> None:
    names = Gazetteer(CITY)
    assert names.find("金川区北京路街道龙门里社区3号楼2单元") == LONGMENLI
    assert names.find("龙门里") == LONGMENLI
    assert names.find("龙门里社区第一网格") == GRID
    assert names.find("620302006001") == OTHER_VILLAGE
    assert names.find("620302006000") == "620302006"
    assert names.find("月球") is None


def test_places_of_one_name_are_not_guessed(desk: Desk) -> None:
    from linli.areas.models import Area

    Area.objects.create(
        code="620302006002", name="龙门里社区", level="village", parent_id="620302006"
    )
    names = Gazetteer(CITY)
    assert names.find("广州路街道龙门里社区") == "620302006002"
    with pytest.raises(Ambiguous):
        names.find("龙门里社区")


def test_the_mappings_that_come_with_linli_know_their_tables() -> None:
    dispute = ["编号", "纠纷名称", "发生日期", "发生地", "规模", "涉及人数", "单位", "类别", "是否化解",
               "化解方式", "化解时限", "责任人", "主要当事人姓名", "证件号码"]  # fmt: skip
    hotline = ["工单编号", "诉求内容", "来电时间", "来电号码", "承办单位"]
    own = ["Number", "Kind", "Area code", "Light", "Registered"]
    for headings, name in ((dispute, "GB/T 31000"), (hotline, "12345"), (own, "Linli")):
        found = best_builtin(headings)
        assert found is not None
        assert found.name.startswith(name)
    assert best_builtin(["甲", "乙"]) is None
    assert len(builtin()) == 3
