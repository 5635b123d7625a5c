"""Invented persons, and visibly so: no name, number or telephone here can belong to anybody.

Residents are called after solar terms, numbers and colours, staff after plants. Telephone numbers
start with 000, which no network routes; identity numbers have a correct check digit and a year of
birth before 1900.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from linli.kernel.crypto import blind_index

SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛"
    "奚范彭郎鲁韦昌马苗凤花方"
)
_TERMS = "立春 雨水 惊蛰 春分 清明 谷雨 立夏 小满 芒种 夏至 小暑 大暑 立秋 处暑 白露 秋分 寒露 霜降 立冬 小雪 大雪 冬至 小寒 大寒"
_NUMBERS = "一百 二百 三百 五百 六百 八百 一千 两千 三千 四千 五千 七千 九千 一万 两万 五万 十一 十二 二十 三十 四十 六十 八十 九十"
_COLOURS = "大红 深红 橘黄 鹅黄 浅绿 墨绿 草绿 天蓝 深蓝 湖蓝 淡紫 深紫 雪青 米白 银灰 浅灰 乌黑 土黄 杏黄 水粉"
RESIDENT_WORDS = f"{_TERMS} {_NUMBERS} {_COLOURS}".split()
STAFF_WORDS = [
    "青椒",
    "石榴",
    "芝麻",
    "蓝莓",
    "冬瓜",
    "薄荷",
    "萝卜",
    "莲藕",
    "葡萄",
    "樱桃",
    "菠菜",
    "荔枝",
    "香菜",
    "核桃",
    "板栗",
    "花生",
    "豌豆",
    "蚕豆",
    "黄瓜",
    "南瓜",
    "丝瓜",
    "苦瓜",
    "茄子",
    "土豆",
    "山药",
    "百合",
    "枸杞",
    "红枣",
    "柠檬",
    "橙子",
    "柚子",
    "芒果",
    "香蕉",
    "菠萝",
    "草莓",
    "苹果",
    "雪梨",
    "水蜜桃",
    "杏子",
    "李子",
    "山楂",
    "桑葚",
    "茴香",
    "花椒",
    "生姜",
    "大葱",
    "洋葱",
    "韭菜",
    "芹菜",
    "生菜",
    "油菜",
    "白菜",
    "蘑菇",
    "木耳",
    "银耳",
    "海带",
    "糯米",
    "小麦",
    "燕麦",
    "高粱",
]
OCCUPATIONS = ("务农", "个体经营", "企业职工", "务工", "退休", "学生", "教师", "司机", "无业")
ORGANISATIONS = (
    "示例物业服务公司（虚构）",
    "样板建筑工程公司（虚构）",
    "假想商贸公司（虚构）",
    "例子农业合作社（虚构）",
    "演示运输公司（虚构）",
    "模拟餐饮店（虚构）",
    "假设超市（虚构）",
    "示范劳务公司（虚构）",
    "虚拟旅行社（虚构）",
    "样例诊所（虚构）",
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"


@dataclass(frozen=True, slots=True)
class Resident:
    """A party's personal data, and the look-up hashes of it."""

    personal: dict[str, str]
    name_index: bytes
    phone_index: bytes
    identity_index: bytes | None


def identity_number(county: str, year: int, month: int, day: int, order: int) -> str:
    """Return an identity number of GB 11643 with its check digit (ISO 7064, MOD 11-2)."""
    digits = f"{county}{year}{month:02d}{day:02d}{order:03d}"
    total = sum(int(d) * w for d, w in zip(digits, _WEIGHTS, strict=True))
    return digits + _CHECK[total % 11]


def telephone(number: int) -> str:
    """Return a telephone number nobody can dial."""
    return f"000-{number // 10_000:04d}-{number % 10_000:04d}"


def residents(rng: Random, n: int) -> list[Resident]:
    """Return ``n`` invented residents; some share a name, none an identity number."""
    return [_resident(rng, i) for i in range(n)]


def _resident(rng: Random, i: int) -> Resident:
    name = rng.choice(SURNAMES) + rng.choice(RESIDENT_WORDS)
    sex = rng.randrange(2)
    number = identity_number(
        rng.choice(("620302", "620321")), rng.randint(1840, 1899), rng.randint(1, 12),
        rng.randint(1, 28), rng.randrange(500) * 2 + sex,
    )  # fmt: skip
    phone = telephone(i)
    personal = {"name": name, "sex": "男" if sex else "女", "phone": phone}
    personal |= {"address": f"示例路{rng.randint(1, 400)}号", "identity_number": number}
    if rng.random() < 0.4:
        personal["occupation"] = rng.choice(OCCUPATIONS)
    return Resident(
        personal,
        blind_index("name", name),
        blind_index("phone", phone),
        blind_index("identity", number),
    )


def organisations() -> list[Resident]:
    """Return the invented organisations."""
    found = []
    for i, name in enumerate(ORGANISATIONS):
        phone = telephone(99_990_000 + i)
        indexes = blind_index("name", name), blind_index("phone", phone), None
        found.append(Resident({"name": name, "phone": phone}, *indexes))
    return found


def staff_names(rng: Random) -> Iterator[str]:
    """Yield names for staff, no two alike."""
    names = [surname + word for surname in SURNAMES for word in STAFF_WORDS]
    rng.shuffle(names)
    yield from names
