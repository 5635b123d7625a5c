"""The demo's patrols: 21 areas, 189 teams with made-up members, their rosters and what they saw.

Names say that they are examples. Rosters follow a turn of nine days that keeps to every rule; what is
drawn is the same each time, only the days follow the day of loading.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

import shapely

from linli.accounts.actor import SYSTEM
from linli.accounts.models import Role, RoleKind, User
from linli.areas.models import Area, Unit
from linli.dispatch.actions.found_unit import found_unit
from linli.dispatch.models import DispatchUnit
from linli.insight.demo.moments import id_at, moment, number_of
from linli.insight.demo.persons import STAFF_WORDS, SURNAMES, telephone
from linli.insight.demo.places import KM, SQUEEZE
from linli.insight.demo.staff import SINCE
from linli.insight.demo.streets import TOWNS, numeral
from linli.kernel.working_days import local_date
from linli.patrol.actions.muster import muster
from linli.patrol.actions.plan_roster import new_shift
from linli.patrol.actions.unit_of_team import unit_data
from linli.patrol.models import (
    Beat,
    CheckPoint,
    Member,
    PatrolArea,
    Plan,
    Seat,
    Shift,
    ShiftNeed,
    ShiftPattern,
    Team,
    Wish,
)

# Towns: township → columns and rows of patrol areas its blocks are cut into.
CUT = {"620302003": (4, 3), "620321100": (2, 2), "620321101": (2, 1)}
# Besides, the middles of three townships, so wide and high (kilometres).
COUNTRY, SIDE = ("620302100", "620302101", "620321102"), 1.0
TEAMS, MEMBERS, ROOMS, DISTRICTS = 9, 5, 87, 116
KINDS = ("police",) * 2 + ("auxiliary",) * 3 + ("guards",) * 2 + ("volunteers",) * 2
WORDS = {
    "police": "民警", "auxiliary": "辅警", "guards": "保安", "volunteers": "红袖章",
}  # fmt: skip
# A team's nine days: two early shifts, two late ones, a night, and four days off.
TURN = ("early", "early", "late", "late", "night", "", "", "", "")
NEEDS: tuple[tuple[str, int, dict[str, int]], ...] = (
    ("early", 2, {}),
    ("late", 2, {"first_aid": 1}),
    ("night", 1, {}),
)
EVENING = [{"days": list(range(7)), "begins": 19 * 60, "ends": 21 * 60 + 30}]
COMMUTE = [
    {"days": list(range(5)), "begins": 7 * 60 + 20, "ends": 8 * 60 + 10},
    {"days": list(range(5)), "begins": 17 * 60, "ends": 18 * 60},
]
# The people whose sign-ins are shown: they lead the third area, and walk with its first team.
SHOWN_AREA, STREET = 2, "620302003"
SHOWN = f"示例第{numeral(SHOWN_AREA + 1)}巡区"


def patrols(now: datetime) -> None:
    """Save patrol areas, teams, members, check points and the rosters of three weeks."""
    rng, today = Random("patrol"), local_date(now)  # noqa: S311
    areas = list(_areas(rng))
    PatrolArea.objects.bulk_create(areas)
    _beats(areas, rng)
    _points(areas, rng)
    ShiftNeed.objects.bulk_create(
        ShiftNeed(patrol_area=area, pattern_id=code, teams=count, skills=skills)
        for area in areas
        for code, count, skills in NEEDS
    )
    teams = _teams(areas, rng)
    members = _people(areas, teams, rng)
    _rosters(areas, teams, members, today, now)
    _to_dispatch(teams, now)
    # Somebody always has something on.
    Wish.objects.bulk_create(
        Wish(
            team=member.team, user=member.user, asked_at=now,
            date=today + timedelta(days=15 + rng.randrange(12)),
        )
        for member in members[:: MEMBERS * 4]
    )  # fmt: skip


def _to_dispatch(teams: list[Team], now: datetime) -> None:
    """Make every team a unit of dispatch, and put those on duty whose shift is under way."""
    known = set(DispatchUnit.objects.values_list("team", flat=True))
    for team in teams:
        if team.unit_id not in known:
            found_unit(team.unit_id, unit_data(team), actor=SYSTEM, at=now)
    muster(at=now)


def _id(rng: Random) -> Any:
    return id_at(moment(number_of(SINCE), 0), rng.getrandbits(74))


def _boxes() -> Iterator[tuple[str, Any]]:
    """Yield the township a patrol area belongs to, and its box."""
    places = {area.code: area for area in Area.objects.filter(level="township")}
    for code, (columns, rows) in CUT.items():
        _name, wide, high, block = TOWNS[code]
        x, y = places[code].longitude or 0.0, places[code].latitude or 0.0
        east, north = wide * block / columns * KM / SQUEEZE, high * block / rows * KM
        for row in range(rows):
            for column in range(columns):
                west, south = x + (column - columns / 2) * east, y + (row - rows / 2) * north
                yield code, shapely.box(west, south, west + east, south + north)
    for code in COUNTRY:
        x, y = places[code].longitude or 0.0, places[code].latitude or 0.0
        half = (SIDE * KM / SQUEEZE, SIDE * KM)
        yield code, shapely.box(x - half[0], y - half[1], x + half[0], y + half[1])


def _areas(rng: Random) -> Iterator[PatrolArea]:
    street = list(Area.objects.filter(code__startswith="62030200", level="township"))
    units = []
    for number, (code, box) in enumerate(_boxes()):
        middle = box.centroid
        where = code
        if code == STREET and number != SHOWN_AREA:  # in the town, the street around its middle
            where = min(street, key=lambda one: _apart(one, middle.x, middle.y)).code
        name = f"示例第{numeral(number + 1)}巡区"
        units.append(Unit(id=_id(rng), area_id=where, kind="team", name=name))
        units[-1].save(force_insert=True)
        ring = [[round(x, 6), round(y, 6)] for x, y in box.exterior.coords]
        yield PatrolArea(
            id=_id(rng), name=name, area_id=where, unit=units[-1],
            boundary={"type": "Polygon", "coordinates": [ring]},
            longitude=round(middle.x, 6), latitude=round(middle.y, 6),
        )  # fmt: skip


def _apart(area: Area, x: float, y: float) -> float:
    return abs((area.longitude or 0.0) - x) + abs((area.latitude or 0.0) - y)


def _spot(area: PatrolArea, rng: Random) -> tuple[float, float]:
    (west, south), _b, (east, north) = area.boundary["coordinates"][0][:3]
    west, east = min(west, east), max(west, east)
    south, north = min(south, north), max(south, north)
    x = west + (0.15 + 0.7 * rng.random()) * (east - west)
    return round(x, 6), round(south + (0.15 + 0.7 * rng.random()) * (north - south), 6)


def _beats(areas: list[PatrolArea], rng: Random) -> None:
    rows = []
    for kind, count, word in (("room", ROOMS, "警务室"), ("district", DISTRICTS, "警务区")):
        for number in range(count):
            area = areas[number % len(areas)]
            x, y = _spot(area, rng)
            rows.append(
                Beat(
                    id=_id(rng), kind=kind, name=f"示例{numeral_of(number + 1)}号{word}",
                    area_id=area.area_id, patrol_area=area, longitude=x, latitude=y,
                )
            )  # fmt: skip
    Beat.objects.bulk_create(rows)


def numeral_of(number: int) -> str:
    """Return a number up to 199 in words."""
    return numeral(number) if number < 100 else "一百" + (numeral(number - 100) or "")


def _points(areas: list[PatrolArea], rng: Random) -> None:
    wanted: tuple[tuple[str, str, list[dict[str, Any]]], ...] = (
        ("market", "示例夜市", EVENING),
        ("station", "示例公交枢纽", COMMUTE),
        ("compound", "示例小区东门", []),
    )
    rows = []
    for area in areas:
        for kind, name, windows in wanted:
            x, y = _spot(area, rng)
            rows.append(
                CheckPoint(
                    id=_id(rng), patrol_area=area, kind=kind, name=name, longitude=x, latitude=y,
                    windows=windows, minutes=10 if windows else 5,
                )
            )  # fmt: skip
    CheckPoint.objects.bulk_create(rows)


def _teams(areas: list[PatrolArea], rng: Random) -> list[Team]:
    shown = Role.objects.filter(user__username=f"patrol-leader-{STREET}").first()
    units, teams = [], []
    for number, area in enumerate(areas):
        for place in range(TEAMS):
            kind = KINDS[place]
            name = f"{area.name}{WORDS[kind]}{numeral(place + 1)}队"
            unit = Unit(id=_id(rng), area_id=area.area_id, kind="team", name=name)
            if number == SHOWN_AREA and place == 0 and shown and shown.unit:
                unit = Unit.objects.get(pk=shown.unit)
            else:
                units.append(unit)
            teams.append(
                Team(
                    id=_id(rng), patrol_area=area, unit=unit, name=f"{WORDS[kind]}{numeral(place + 1)}队",
                    kind=kind, mode="bicycle" if place == 4 else "foot", strength=3, weekly=5,
                )
            )  # fmt: skip
    Unit.objects.bulk_create(units)
    Team.objects.bulk_create(teams)
    return teams


@dataclass
class _Recruits:
    """People on their way into the database; those in ``known`` are there already."""

    rng: Random
    known: dict[str, User]
    names: Iterator[str]
    users: list[User] = field(default_factory=list)
    roles: list[Role] = field(default_factory=list)

    def person(self, username: str, kind: str, unit: Unit, shown: str = "") -> User:
        """Return a person with a role in a unit: the one who is shown, else a new one."""
        user = self.known.get(shown)
        if user is None:
            password = next(iter(self.known.values())).password
            phone = telephone(66_000_000 + len(self.users))
            user = User(
                id=_id(self.rng), username=username, name=next(self.names), phone=phone,
                password=password, loopback_only=True,
            )  # fmt: skip
            self.users.append(user)
        role = Role(
            id=_id(self.rng), user=user, kind=kind, area=unit.area_id, unit=unit.id, starts=SINCE
        )
        self.roles.append(role)
        return user


def _new_names() -> Iterator[str]:
    """Yield names that nobody of the demo has."""
    taken = set(User.objects.values_list("name", flat=True))
    for word in STAFF_WORDS:
        yield from (surname + word for surname in SURNAMES if surname + word not in taken)


def _people(areas: list[PatrolArea], teams: list[Team], rng: Random) -> list[Member]:
    """Save leaders and members; those whose sign-ins are shown take the place of made-up ones."""
    known = {user.username: user for user in User.objects.filter(username__contains=STREET)}
    recruits = _Recruits(rng, known, _new_names())
    for number, area in enumerate(areas):
        shown = f"patrol-leader-{STREET}" if number == SHOWN_AREA else ""
        recruits.person(f"patrol-area-{number + 1:02}", RoleKind.PATROL_LEADER, area.unit, shown)
    members = []
    for team_number, team in enumerate(teams):
        first = team_number == SHOWN_AREA * TEAMS
        for place in range(MEMBERS):
            kind = RoleKind.VOLUNTEER if team.kind == "volunteers" else RoleKind.PATROL_MEMBER
            kind = kind if place else RoleKind.PATROL_LEADER
            shown = f"patrol-{STREET}-1" if first and place == 1 else ""
            name = f"walker-{team_number + 1:03}-{place + 1}"
            user = recruits.person(name, kind, team.unit, shown)
            skills = [skill for skill, share in (("first_aid", 0.5), ("driving", 0.4), ("fire", 0.2))
                      if rng.random() < share]  # fmt: skip
            members.append(Member(id=_id(rng), team=team, user=user, skills=skills))
    User.objects.bulk_create(recruits.users)
    Role.objects.bulk_create(recruits.roles)
    Member.objects.bulk_create(members)
    return members


def _rosters(
    areas: list[PatrolArea], teams: list[Team], members: list[Member], today: date, now: datetime
) -> None:
    """Save last week, this one and the next, turn by turn."""
    monday = today - timedelta(days=today.weekday() + 7)
    kinds = {one.code: one for one in ShiftPattern.objects.all()}
    plans = [
        Plan(
            patrol_area=area, starts=monday, ends=monday + timedelta(days=20), state="published",
            made_at=now - timedelta(days=14), published_at=now - timedelta(days=14), version=2,
        )
        for area in areas
    ]  # fmt: skip
    Plan.objects.bulk_create(plans)
    shifts = []
    for number, team in enumerate(teams):
        for day in range(21):
            code = TURN[(day + number % TEAMS) % TEAMS]
            if code:
                shift = new_shift(
                    plans[number // TEAMS], team.id, kinds[code], monday + timedelta(days=day)
                )
                shift.team, shift.published = team, True
                # What is over has been counted; the tracks of some come with the streets.
                shift.scored_at = shift.ends_at if shift.ends_at < now else None
                shifts.append(shift)
    Shift.objects.bulk_create(shifts)
    by_team: dict[Any, list[Member]] = {}
    for member in members:
        by_team.setdefault(member.team_id, []).append(member)
    Seat.objects.bulk_create(
        (
            Seat(shift=shift, team_id=shift.team_id, user_id=member.user_id)
            for shift in shifts
            for number, member in enumerate(by_team[shift.team_id])
            # One of the five is off in turn.
            if number == 0 or (number + shift.date.toordinal()) % MEMBERS
        ),
        batch_size=2_000,
    )
