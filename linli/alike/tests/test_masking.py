"""What is taken out of a text, tried with what people write to be found and not to be found."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.alike.masking import masked

PHONES = [
    "13935612345",
    "139 3561 2345",
    "139-3561-2345",
    "１３９３５６１２３４５",
    "+86 13935612345",
    "0935-8212345",
    "139.3561.2345",
    "一三九三五六一二三四五",
    "139\u200b3561\u200b2345",
    "幺三九三五六幺二三四五",
]
NUMBERS = [
    "620302198811023456",
    "62030219881102345X",
    "6203 0219 8811 0234 56",
    "6222021234567890123",
    "甘C12345",
    "甘C·D1234",
    "甘 C 12345",
    "微信wx_wang88",
    "QQ：123456789",
    "wang.jg@example.com",
    "（2025）金民初字第123号",
    "620302003-2026-000123",
    "https://example.com/u/wang",
]
NAMES = [
    "村民马小军拖欠货款",
    "张三先生来访",
    "与邻居赵六发生口角",
    "老刘反映漏水",
    "欧阳修远同意赔偿",
    "李某某已履行",
    "王×拒绝到场",
    "被申请人陈强支付三千元",
    "由网格员周敏回访",
    "患者孙丽认可",
    "经张大爷说和",
    "当事人吴芳、郑勇签字",
    "甲方钱伟赔偿",
    "赵女士致歉",
    "我叫李雷，住在附近",
    "向何伟道歉",
    "诸葛亮愿意退款",
    "姓名：David Wang",
]
PLACES = [
    "住6号楼2单元301室",
    "龙门里小区8栋4楼",
    "金川区北京路街道",
    "和平路12号",
    "三组15号",
    "幸福花园2号院",
    "十二号楼三单元",
    "鑫源物业管理有限公司",
    "老王家常菜饭店",
    "第三小学",
    "红星村村民",
]
DAYS = ["2026年3月5日", "3月5日", "2026-03-05", "2026/3/5", "2025年12月"]
LEFT = [
    "王建",
    "马小军",
    "张三",
    "赵六",
    "老刘",
    "欧阳",
    "修远",
    "李某",
    "王×",
    "陈强",
    "周敏",
    "孙丽",
    "张大爷",
    "吴芳",
    "郑勇",
    "钱伟",
    "赵女士",
    "李雷",
    "何伟",
    "诸葛",
    "David",
]


@pytest.mark.parametrize("number", [*PHONES, *NUMBERS])
def test_numbers(number: str) -> None:
    found = masked(f"联系{number}，已办结")
    assert "〔" in found
    assert not any(
        part in found for part in ("3561", "6203", "8811", "1234", "五六", "wx_", "example")
    )
    assert found.endswith("，已办结")


@pytest.mark.parametrize("text", NAMES)
def test_names(text: str) -> None:
    found = masked(text)
    assert "〔某人〕" in found
    assert not any(name in found for name in LEFT), found


@pytest.mark.parametrize("text", PLACES)
def test_places_and_firms(text: str) -> None:
    found = masked(text)
    assert "〔" in found
    for told in (
        "301",
        "8栋",
        "北京路",
        "和平",
        "15",
        "幸福",
        "十二",
        "鑫源",
        "家常",
        "第三",
        "红星",
    ):
        assert told not in found, found


@pytest.mark.parametrize("text", DAYS)
def test_days(text: str) -> None:
    assert masked(f"于{text}履行") == "于〔某日〕履行"


@pytest.mark.parametrize(
    "text",
    [
        "双方达成书面协议：分三期付清，每期两千元，首期已履行。",
        "依据《民法典》第一千一百六十五条，由侵权人赔偿医疗费3200元。",
        "楼上住户卫生间漏水致墙面受损，费用各自承担一半，约定一周内履行。",
        "共用院墙、滴水檐引发邻里纠纷，双方互谅互让，握手言和。",
        "水渠放水淹没玉米青苗，按每亩四百元赔偿。",
        "拖欠五名农民工工资八千元，已全部结清。",
        "高空坠物砸坏车辆，物业安装防护网。",
    ],
)
def test_what_worked_stays(text: str) -> None:
    assert masked(text) == text


@given(
    st.text("王李欧阳建国秀英小明", min_size=2, max_size=4),
    st.text("，。的与漏水赔偿 了在和123abc", max_size=12),
    st.text("，。的与漏水赔偿 了在和123abc", max_size=12),
    st.sampled_from(["", " ", "·", "\u200b"]),
)
@settings(max_examples=40, deadline=None)
def test_a_known_name_never_stays(name: str, before: str, after: str, between: str) -> None:
    found = masked(f"{before}{between.join(name)}{after}", [name])
    assert name not in found


@pytest.mark.parametrize(
    ("written", "word"),
    [
        ("DAVID  W.ang", "David Wang"),
        ("王 建-国", "王建国"),
        ("阿依古丽买买提", "阿依古丽·买买提"),
        ("139.3561 2345", "１３９３５６１２３４５"),
        ("ｄavıd", "David"),
    ],
)
def test_a_known_word_is_found_however_it_is_written(written: str, word: str) -> None:
    assert masked(f"经{written}确认", [word]).startswith("经〔")


@given(st.text(max_size=300))
@settings(max_examples=40, deadline=None)
def test_whatever_is_written_is_read_in_good_time(text: str) -> None:
    assert isinstance(masked(text * 3), str)
