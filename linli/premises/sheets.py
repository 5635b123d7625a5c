"""The columns of the two tables people fill in, and what their words mean. Knows no rows."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from linli.areas.coordinates import Datum, to_wgs84
from linli.kernel.errors import Invalid
from linli.premises.choices import DeviceKind, Senses, Spot

# Column → the headings it goes by, the template's first.
PREMISES: Mapping[str, Sequence[str]] = {
    "name": ("名称", "场所名称", "单位名称", "name"),
    "kind": ("类型", "场所类型", "类别", "kind"),
    "area": ("区划", "区划代码", "区划名称", "所属社区", "area"),
    "address": ("地址", "详细地址", "address"),
    "longitude": ("经度", "lng", "longitude"),
    "latitude": ("纬度", "lat", "latitude"),
    "phone": ("电话", "场所电话", "phone"),
    "hours": ("营业时间", "开放时间", "hours"),
    "floors": ("地上层数", "层数", "floors"),
    "basements": ("地下层数", "basements"),
    "capacity": ("容纳人数", "核定人数", "capacity"),
    "responsible": ("责任单位", "responsible"),
    "department": ("主管部门", "department"),
    "absent": ("没有的位置", "absent"),
    "contact": ("责任人", "负责人", "contact"),
    "contact_phone": ("责任人电话", "负责人电话", "联系电话", "contactphone"),
    "note": ("备注", "note"),
}
DEVICES: Mapping[str, Sequence[str]] = {
    "premises": ("场所", "场所名称", "premises"),
    "area": ("区划", "区划代码", "区划名称", "area"),
    "kind": ("设备类型", "类型", "kind"),
    "senses": ("感知内容", "senses"),
    "name": ("设备名称", "名称", "name"),
    "spot": ("位置", "安装位置", "spot"),
    "floor": ("楼层", "floor"),
    "serial": ("序列号", "设备编号", "serial"),
    "longitude": ("经度", "lng", "longitude"),
    "latitude": ("纬度", "lat", "latitude"),
    "to_police": ("与公安联网", "联网公安", "topolice"),
    "interval_seconds": ("心跳间隔", "心跳间隔(秒)", "心跳间隔（秒）", "interval"),
    "installed_on": ("安装日期", "installed"),
    "expires_on": ("应更换日期", "有效期至", "expires"),
}
NEEDED = {"premises": ("name", "kind", "area"), "devices": ("area", "kind", "name")}
COLUMNS = {"premises": PREMISES, "devices": DEVICES}
EXAMPLES = {
    "premises": [
        "示例宾馆", "宾馆旅馆", "620302003002", "示例路1号", "102.18", "38.52", "0935-0000000",
        "24小时", "5", "1", "120", "", "", "", "张三", "0935-0000000", "",
    ],
    "devices": [
        "示例学校", "620302003002", "一键报警装置", "", "门卫室报警", "门卫室", "1", "AL-0001", "",
        "", "是", "60", "2026-01-01", "",
    ],
}  # fmt: skip
_BETWEEN = re.compile(r"[、，,;；\s]+")
_YES = frozenset({"是", "有", "已联网", "y", "yes", "1", "true"})
# The words of the table are Chinese whatever the language of the page.
DEVICE_WORDS: Mapping[str, str] = {
    "一键报警装置": DeviceKind.ONE_KEY_ALARM, "一键报警": DeviceKind.ONE_KEY_ALARM,
    "身份核验终端": DeviceKind.ID_TERMINAL, "身份证读卡器": DeviceKind.ID_TERMINAL,
    "人脸识别终端": DeviceKind.FACE_TERMINAL, "感知设备": DeviceKind.SENSOR,
    "传感器": DeviceKind.SENSOR, "灭火器": DeviceKind.EXTINGUISHER,
    "消火栓": DeviceKind.HYDRANT, "门禁道闸": DeviceKind.GATE, "门禁": DeviceKind.GATE,
    "对讲机": DeviceKind.INTERCOM, "其他设备": DeviceKind.OTHER,
    **{one.value: one.value for one in DeviceKind},
}  # fmt: skip
SENSE_WORDS: Mapping[str, str] = {
    "烟雾": Senses.SMOKE, "烟感": Senses.SMOKE, "温度": Senses.HEAT, "可燃气体": Senses.GAS,
    "一氧化碳": Senses.CARBON_MONOXIDE, "水位或漏水": Senses.WATER, "水位": Senses.WATER,
    "消防水压": Senses.PRESSURE, "电气火灾": Senses.ELECTRIC, "门窗开闭": Senses.DOOR,
    "移动": Senses.MOTION, "倾斜位移": Senses.TILT, **{one.value: one.value for one in Senses},
}  # fmt: skip
SPOT_WORDS: Mapping[str, str] = {
    "门卫室": Spot.GUARD_ROOM, "监控室": Spot.MONITORING_ROOM, "宿舍值班室": Spot.DORMITORY,
    "宿舍": Spot.DORMITORY, "前台": Spot.RECEPTION, "出入口": Spot.ENTRANCE,
    "走廊": Spot.CORRIDOR, "厨房": Spot.KITCHEN, "加油区": Spot.FORECOURT, "营业厅": Spot.SHOP,
    "候车厅": Spot.HALL, "机房": Spot.MACHINE_ROOM, "室外": Spot.OUTSIDE, "其他位置": Spot.OTHER,
    **{one.value: one.value for one in Spot},
}  # fmt: skip


def word(text: str, words: Mapping[str, str], wrong: list[str]) -> str:
    """Return what a word of the table means; an unknown one goes to ``wrong``, none is none."""
    text = text.strip()
    if text and text not in words:
        wrong.append(_("“%(text)s” is not known here.") % {"text": text})
    return words.get(text, "")


def spots(text: str, wrong: list[str]) -> tuple[str, ...]:
    """Return the spots a cell names."""
    return tuple(word(one, SPOT_WORDS, wrong) for one in _BETWEEN.split(text) if one)


def number(text: str, wrong: list[str]) -> int | None:
    """Return a whole number that is not negative, None for an empty cell."""
    text = text.strip()
    if not text:
        return None
    if text.isascii() and text.isdigit() and len(text) < 8:
        return int(text)
    wrong.append(_("“%(text)s” is no number.") % {"text": text})
    return None


def yes(text: str) -> bool:
    """Say whether a cell says yes."""
    return text.strip().lower() in _YES


def point(row: Mapping[str, str], datum: str, wrong: list[str]) -> tuple[float, float] | None:
    """Return (longitude, latitude) in WGS-84, None for two empty cells."""
    cells = [row.get(name, "").strip() for name in ("longitude", "latitude")]
    if not any(cells):
        return None
    try:
        return to_wgs84(Datum(datum), *(float(cell) for cell in cells))
    except ValueError:
        wrong.append(_("“%(text)s” is no place on the map.") % {"text": " ".join(cells)})
        return None


def refusal_words(refusal: Invalid) -> Iterable[str]:
    """Return the sentences of a refusal."""
    told: dict[str, Any] = refusal.fields
    return [str(one) for one in told.values()] or [str(refusal.reason)]
