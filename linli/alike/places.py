"""What counts as one place, and how far two places are apart."""

import re
import unicodedata
from functools import lru_cache
from math import floor

from linli.kernel.earth import apart

type Point = tuple[float, float]  # latitude, longitude, WGS-84 degrees

# A cell is 0.002 degrees high and wide: in China 222 m by 140 to 210 m.
_CELLS_A_DEGREE = 500
_ROW = 1_000_000
# Points without words are one spot within about fifty metres.
_SPOTS_A_DEGREE = 2000
AT = "@"
# What lies behind a front door is somebody's home, and no pattern may be of a person.
_NUMBER = "[0-9a-z一二三四五六七八九十百两]+"
_HOME = [
    re.compile(rf"[-#]?{_NUMBER}(?:单元|门洞).*"),
    re.compile(r"[0-9]{2,4}(?:室|户|房).*"),
    re.compile(rf"{_NUMBER}[楼层](?:[东西南北中左右]?户)?$"),
    re.compile(r"(?<=[号栋幢座楼])[-#]?[0-9]+(?:-[0-9]+)*$"),
    re.compile(r"(?:[0-9]+-)+[0-9]+$"),
    re.compile(r"[东西南北中左右]户$"),
    # In a village a number within a group is one family's house.
    re.compile(r"(?<=[组队社])[0-9一二三四五六七八九十百]+号?$"),
]
_SOMEBODYS = re.compile(r"(?:家|宅|住处|家中)(?:中|里|门前|门口|院内|附近|旁边?)?$")


def cell_of(latitude: float | None, longitude: float | None) -> int | None:
    """Return the cell of a point, or None without a point."""
    if latitude is None or longitude is None:
        return None
    return floor(latitude * _CELLS_A_DEGREE) * _ROW + floor(longitude * _CELLS_A_DEGREE)


def cells_around(point: Point) -> list[int]:
    """Return the cell of a point and the eight around it."""
    middle = cell_of(*point) or 0
    return [middle + north * _ROW + east for north in (-1, 0, 1) for east in (-1, 0, 1)]


def metres(one: Point, other: Point) -> float:
    """Return the distance of two points of a city in metres."""
    return apart((one[1], one[0]), (other[1], other[0]))


def spot_of(place: str, latitude: float | None, longitude: float | None) -> str:
    """Return what makes two matters of an area be of one place; empty where nothing may tell."""
    if words := public_place(place):
        return words
    if place or latitude is None or longitude is None:
        # What was written is a home: its point would be one too.
        return ""
    return f"{AT}{floor(latitude * _SPOTS_A_DEGREE)},{floor(longitude * _SPOTS_A_DEGREE)}"


@lru_cache(maxsize=50_000)
def public_place(place: str) -> str:
    """Return a place in words up to the building or spot, without what is behind a front door.

    Empty where nothing public is left, such as in “张三家”.
    """
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", place)).lower()
    text = re.sub("[－—–]", "-", text)
    for home in _HOME:
        text = home.sub("", text)
    text = text.strip("，,。.、;；-#")
    return "" if _SOMEBODYS.search(text) or text.isdigit() else text
