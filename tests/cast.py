"""A small named cast on a small piece of the city, for every test that needs people and places.

Two streets with villages and one grid; on each level a centre, and the people the stories need.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from linli.accounts.actor import Actor
from linli.accounts.models import Role, User
from linli.accounts.queries import actor_of
from linli.areas.codes import level_of, parent_of
from linli.areas.models import Area, Unit
from linli.cases.actions.register import Matter, register_case
from linli.cases.models import Case

CITY, COUNTY = "6203", "620302"
BEIJING_ROAD, GUANGZHOU_ROAD = "620302003", "620302006"
LONGMENLI, NEIGHBOUR_VILLAGE = "620302003002", "620302003001"
OTHER_VILLAGE = "620302006001"
GRID = LONGMENLI + "001"

AREAS = {
    "62": "甘肃省",
    CITY: "金昌市",
    COUNTY: "金川区",
    BEIJING_ROAD: "北京路街道",
    GUANGZHOU_ROAD: "广州路街道",
    LONGMENLI: "龙门里社区",
    NEIGHBOUR_VILLAGE: "金冶里社区",
    OTHER_VILLAGE: "广文里社区",
    GRID: "第一网格",
}
# Long before any test acts.
SINCE = date(2013, 1, 1)
PASSWORD = "correct horse battery"

# A Tuesday without a holiday near it, at ten in the morning in Jinchang.
TUESDAY = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)


@dataclass
class Cast:
    """Units by area code (and ``justice``, the department), people by name."""

    posts: dict[str, Unit] = field(default_factory=dict)
    justice: Unit = None  # type: ignore[assignment]
    users: dict[str, User] = field(default_factory=dict)

    def actor(self, name: str) -> Actor:
        """Return the person as they are today."""
        actor = actor_of(self.users[name].id, date(2026, 3, 10))
        assert actor is not None
        return actor


PEOPLE = [
    # name, role, area
    ("clerk", "window_clerk", BEIJING_ROAD),
    ("director", "centre_director", BEIJING_ROAD),
    ("mediator", "mediator", LONGMENLI),
    ("second_mediator", "mediator", LONGMENLI),
    ("village_director", "centre_director", LONGMENLI),
    ("grid_worker", "grid_worker", GRID),
    ("neighbour_clerk", "window_clerk", GUANGZHOU_ROAD),
    ("county_clerk", "window_clerk", COUNTY),
    ("county_director", "centre_director", COUNTY),
    ("city_director", "centre_director", CITY),
    ("city_dispatcher", "dispatcher", CITY),
    ("auditor", "auditor", CITY),
    ("administrator", "administrator", CITY),
]


def make_areas() -> dict[str, Unit]:
    """Save the places and a post in each (the province has none)."""
    posts = {}
    for code, name in AREAS.items():
        parent = parent_of(code)
        Area.objects.create(code=code, name=name, level=level_of(code), parent_id=parent)
        if len(code) > 2:
            kind = "grid" if len(code) == 15 else "centre"
            posts[code] = Unit.objects.create(area_id=code, kind=kind, name=name)
    return posts


def make_user(name: str, kind: str, area: str, unit: Unit | None, **fields: Any) -> User:
    """Save a person who holds one role."""
    user = User.objects.create_user(
        username=name, password=fields.pop("password", None), name=name, **fields
    )
    Role.objects.create(
        user=user, kind=kind, area=area, unit=unit.id if unit else None, starts=SINCE
    )
    return user


def make_cast() -> Cast:
    """Save everybody."""
    cast = Cast(posts=make_areas())
    cast.justice = Unit.objects.create(
        area_id=BEIJING_ROAD, kind="department", field="justice", name="北京路司法所"
    )
    for name, kind, area in PEOPLE:
        unit = None if kind in ("auditor", "administrator") else cast.posts[area]
        cast.users[name] = make_user(name, kind, area, unit)
    cast.users["officer"] = make_user("officer", "department_officer", BEIJING_ROAD, cast.justice)
    return cast


def make_case(cast: Cast, *, by: str = "clerk", at: datetime = TUESDAY, **fields: Any) -> Case:
    """Register a neighbour dispute in 龙门里 (or what ``fields`` say)."""
    matter: dict[str, Any] = {
        "kind": "dispute",
        "category": "neighbour",
        "title": "楼上漏水引发邻里纠纷",
        "area": LONGMENLI,
        "channel": "window",
        **fields,
    }
    return register_case(Matter(**matter), actor=cast.actor(by), at=at)


def unit_id(cast: Cast, area: str) -> UUID:
    """Return the id of an area's post."""
    return cast.posts[area].id
