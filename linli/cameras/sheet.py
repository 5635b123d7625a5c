"""The columns of a table of cameras, and what its words mean. Knows no rows of the database."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from linli.accounts.sheets import Row, day_in
from linli.areas.coordinates import Datum, to_wgs84
from linli.cameras.choices import LegalClass, PlaceKind

# Column → the headings it goes by, the template's first.
HEADINGS: Mapping[str, Sequence[str]] = {
    "code": ("编码", "设备编码", "摄像头编码", "摄像机编码", "国标编码", "code"),
    "name": ("名称", "设备名称", "摄像头名称", "摄像机名称", "点位名称", "name"),
    "area": ("区划", "区划代码", "所属区划", "所属社区", "area"),
    "place_kind": ("场所类型", "位置类型", "场所", "placekind"),
    "place": ("地点", "安装地址", "详细地址", "地址", "place"),
    "legal_class": ("类别", "法定类别", "点位类别", "建设类型", "class"),
    "owner": ("所属单位", "建设单位", "产权单位", "owner"),
    "managing": ("管理单位", "维护单位", "managing"),
    "purpose": ("用途", "purpose"),
    "longitude": ("经度", "lng", "longitude"),
    "latitude": ("纬度", "lat", "latitude"),
    "height": ("高度", "高度(米)", "高度（米）", "架设高度", "height"),
    "heading": ("朝向", "方位角", "heading"),
    "angle": ("视角", "水平视角", "angle"),
    "reach": ("可视距离", "监控距离", "reach"),
    "storage_days": ("存储天数", "录像保存天数", "保存天数", "storagedays"),
    "installed_on": ("启用日期", "安装日期", "安装时间", "installed"),
    "company": ("维护公司", "维保单位", "company"),
    "contract_number": ("合同编号", "contract"),
    "contract_phone": ("维护电话", "维保电话"),
    "contract_until": ("合同截止", "维保到期"),
    "protocol": ("协议", "protocol"),
    "address": ("取流地址", "rtsp地址", "流地址", "address"),
    "user": ("用户名", "user"),
    "password": ("密码", "password"),
}
NEEDED = ("code", "name", "area", "place_kind", "owner", "purpose", "longitude", "latitude")
EXAMPLE = (
    "62030200001320000001", "龙门里东口东向", "620302003002", "道路、路口", "示例一街1号", "一类",
    "北京路街道", "北京路街道", "公共区域治安防范", "102.183", "38.53", "4", "90", "75", "60", "30",
    "2026-01-05", "示例安防工程有限公司", "示例维保2026-01", "0935-0000000", "2027-12-31", "rtsp",
    "rtsp://10.20.1.5/live", "admin", "",
)  # fmt: skip
_CLASSES = {
    "一类": "first", "一类点": "first", "1": "first", "二类": "second", "二类点": "second",
    "2": "second", "三类": "third", "三类点": "third", "3": "third",
    **{value: value for value in LegalClass.values},
}  # fmt: skip


@dataclass(slots=True)
class Read:
    """What a row's own words say; what they name is looked up later. ``faults`` tells what is wrong."""

    code: str
    place_kind: str = ""
    legal_class: str = "second"
    longitude: float = 0.0
    latitude: float = 0.0
    numbers: dict[str, float | None] = field(default_factory=dict)
    storage_days: int = 30
    installed_on: date | None = None
    contract_until: date | None = None
    faults: list[str] = field(default_factory=list)


def read_row(row: Row, datum: Datum, today: date) -> Read:
    """Return what a row says."""
    read = Read(row.get("code", ""), installed_on=today)
    kind = row.get("place_kind", "")
    read.place_kind = place_kinds().get(kind, "")
    if not read.place_kind:
        read.faults.append(_("There is no kind of place “%(word)s”.") % {"word": kind})
    if text := row.get("legal_class", ""):
        read.legal_class = _CLASSES.get(text, "")
        if not read.legal_class:
            read.faults.append(_("There is no class “%(word)s”.") % {"word": text})
    try:
        x, y = float(row.get("longitude", "")), float(row.get("latitude", ""))
        read.longitude, read.latitude = to_wgs84(datum, x, y)
    except ValueError:
        read.faults.append(_("The coordinates are no place."))
    for name in ("height", "heading", "angle", "reach"):
        read.numbers[name] = _taken(row.get(name, ""), _number, read)
    days = _taken(row.get("storage_days", ""), _number, read)
    read.storage_days = int(days) if days is not None else 30
    for name in ("installed_on", "contract_until"):
        if text := row.get(name, ""):
            day = day_in(text)
            setattr(read, name, day)
            if day is None:
                read.faults.append(_("“%(text)s” is no date.") % {"text": text})
    return read


def place_kinds() -> dict[str, str]:
    """Return the words for kinds of places, also each half of a word such as 道路、路口."""
    found = {kind.value: kind.value for kind in PlaceKind}
    for kind in PlaceKind:
        label = str(kind.label)
        found[label] = kind.value
        for part in label.split("、"):
            found.setdefault(part, kind.value)
    return found


def _taken(text: str, read: Callable[[str], float], into: Read) -> float | None:
    if not text:
        return None
    try:
        return read(text)
    except ValueError:
        into.faults.append(_("“%(text)s” is no number.") % {"text": text})
        return None


def _number(text: str) -> float:
    return float(re.sub(r"(米|m|°|度|天)$", "", text.strip()))
