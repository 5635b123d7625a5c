"""The demo's rooms and duty rosters."""

from collections.abc import Iterator
from datetime import date, timedelta

from linli.areas.models import Duty, Room
from linli.insight.demo.staff import City, Desk

_VILLAGE = (("reception", "群众接待室"), ("mediation", "人民调解室"))
_TOWNSHIP = (
    ("window", "综合受理窗口"),
    ("window", "法律服务窗口"),
    ("reception", "群众接待室"),
    ("mediation", "第一调解室"),
    ("mediation", "第二调解室"),
    ("command", "指挥调度室"),
)
_SEAT = (*_TOWNSHIP, ("window", "信访接待窗口"), ("window", "劳动争议窗口"), ("meeting", "会商室"))
_ROOMS = {"village": _VILLAGE, "township": _TOWNSHIP, "county": _SEAT, "city": _SEAT}


def rooms(city: City) -> Iterator[Room]:
    """Yield the rooms of every centre."""
    for desk in city.posts.values():
        for kind, name in _ROOMS.get(desk.level, ()):
            yield Room(unit_id=desk.id, kind=kind, name=name)


def roster(city: City, today: date) -> Iterator[Duty]:
    """Yield who is on duty this week and next: by day everywhere, by night from the township up."""
    monday = today - timedelta(days=today.weekday())
    for desk in city.posts.values():
        if desk.kind != "centre":
            continue
        people = [person for kind in desk.people.values() for person in kind]
        for i in range(14):
            day = monday + timedelta(days=i)
            yield Duty(unit_id=desk.id, user_id=people[i % len(people)], date=day, shift="day")
            if _has_night(desk):
                night = people[(i + 1) % len(people)]
                yield Duty(unit_id=desk.id, user_id=night, date=day, shift="night")


def _has_night(desk: Desk) -> bool:
    return desk.level != "village"
