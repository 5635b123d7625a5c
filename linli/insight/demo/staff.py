"""The demo's centres, departments, teams and the people in them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from random import Random
from uuid import UUID

from django.contrib.auth.hashers import make_password

from linli.accounts.models import Role, User
from linli.accounts.models import RoleKind as R
from linli.areas.codes import level_of
from linli.areas.models import Unit
from linli.insight.demo.moments import id_at, moment, number_of
from linli.insight.demo.persons import staff_names, telephone
from linli.insight.demo.places import CITY, Place, short_name

PASSWORD = "linli-demo-6203"  # noqa: S105 - printed at every start, works on loopback only
# Everybody has been here since before the first case of the history.
SINCE = date(2013, 1, 4)
# Field → what it is called, and how its people are present: in a township, in a county or city.
TOWNSHIP_DEPARTMENTS = {
    "justice": ("{}司法所", "resident"),
    "police": ("{}派出所", "rotating"),
    "labour": ("{}劳动保障事务所", "on_call"),
}
DEPARTMENTS = {
    "justice": ("{}司法局", "resident"),
    "court": ("{}人民法院诉前调解站", "resident"),
    "police": ("{}公安局", "resident"),
    "petitions": ("{}信访局", "resident"),
    "labour": ("{}人社局", "rotating"),
    "housing": ("{}住建局", "rotating"),
    "land": ("{}自然资源局", "on_call"),
    "health": ("{}卫生健康局", "on_call"),
    "market": ("{}市场监管局", "on_call"),
}
# What a county's committee of a trade is for → its name, its kind, and the types it takes.
SPECIAL_COMMITTEES = {
    "traffic": ("{}道路交通事故人民调解委员会", "social", ["traffic"]),
    "medical": ("{}医疗纠纷人民调解委员会", "social", ["medical"]),
    "property": ("{}物业纠纷人民调解委员会", "social", ["property"]),
    "enterprise": ("{}工业园区企业人民调解委员会", "enterprise", ["wages", "labour"]),
}
CENTRE_STAFF = {R.CENTRE_DIRECTOR: "director", R.WINDOW_CLERK: "clerk", R.DISPATCHER: "dispatcher"}


@dataclass(slots=True)
class Desk:
    """A unit and the people who work in it, by role."""

    id: UUID
    area: str
    name: str
    kind: str
    about: str = ""
    people: defaultdict[str, list[UUID]] = field(default_factory=lambda: defaultdict(list))

    @property
    def level(self) -> str:
        """The level of its area."""
        return level_of(self.area).value


@dataclass(slots=True)
class City:
    """Everything the history needs to know about who works where."""

    places: dict[str, Place]
    posts: dict[str, Desk] = field(default_factory=dict)
    departments: dict[str, dict[str, Desk]] = field(default_factory=lambda: defaultdict(dict))
    committees: dict[str, Desk] = field(default_factory=dict)
    # Those of trades and enterprises, by the name of what they are for: SPECIAL_COMMITTEES.
    special: list[tuple[str, Desk]] = field(default_factory=list)
    desks: dict[UUID, Desk] = field(default_factory=dict)

    def above(self, area: str) -> Desk | None:
        """Return the post one level up, as ``areas.queries.post_above`` does."""
        parent = self.places[area].parent
        return self.posts.get(parent) if parent else None


class Recruiter:
    """Makes units, people and roles, and keeps the rows to save."""

    def __init__(self, places: Iterable[Place], rng: Random) -> None:
        self.city = City({place.code: place for place in places})
        self.units: list[Unit] = []
        self.users: list[User] = []
        self.roles: list[Role] = []
        self._rng = rng
        self._names = staff_names(rng)
        # One hash for all: nine hundred would take a minute, and everybody may read the password.
        self._password = make_password(PASSWORD)
        self._since = moment(number_of(SINCE), 0)

    def _id(self) -> UUID:
        return id_at(self._since, self._rng.getrandbits(74))

    def unit(
        self, area: str, kind: str, name: str, *, about: str = "", attendance: str = ""
    ) -> Desk:
        """Add a unit."""
        desk = Desk(self._id(), area, name, kind, about)
        phone = telephone(88_000_000 + len(self.units))
        self.units.append(
            Unit(
                id=desk.id, area_id=area, kind=kind, name=name, field=about, attendance=attendance,
                phone=phone, address=f"{self.name_of(area)}示例路{len(self.units) + 1}号",
            )
        )  # fmt: skip
        self.city.desks[desk.id] = desk
        return desk

    def person(self, username: str, kind: str, desk: Desk | None, area: str = "") -> UUID:
        """Add a person with a role."""
        user = User(id=self._id(), username=username, name=next(self._names))
        user.phone = telephone(77_000_000 + len(self.users))
        user.password, user.loopback_only = self._password, True
        self.users.append(user)
        self.role(user.id, kind, desk, area)
        return user.id

    def role(self, user: UUID, kind: str, desk: Desk | None, area: str = "") -> None:
        """Give a person a role in a desk, or in an area alone."""
        where = desk.area if desk else area
        unit = desk.id if desk else None
        self.roles.append(
            Role(id=self._id(), user_id=user, kind=kind, area=where, unit=unit, starts=SINCE)
        )
        if desk:
            desk.people[kind].append(user)

    def name_of(self, area: str) -> str:
        """Return the short name of an area."""
        return short_name(self.city.places[area].name)


def recruit(places: Iterable[Place], rng: Random) -> Recruiter:
    """Return units, people and roles for all places; nothing is saved yet."""
    recruiter = Recruiter(places, rng)
    grids: defaultdict[str, list[str]] = defaultdict(list)
    for code in recruiter.city.places:
        match level_of(code):
            case "city" | "county":
                _seat(recruiter, code)
            case "township":
                _township(recruiter, code)
            case "village":
                _village(recruiter, code)
            case "grid":
                grids[code[:12]].append(code)
    for codes in grids.values():
        _grid_workers(recruiter, codes)
    _others(recruiter)
    return recruiter


def _centre(recruiter: Recruiter, code: str) -> Desk:
    centre = recruiter.unit(code, "centre", f"{recruiter.name_of(code)}综治中心")
    recruiter.city.posts[code] = centre
    for kind, word in CENTRE_STAFF.items():
        recruiter.person(f"{word}-{code}", kind, centre)
    return centre


def _offices(recruiter: Recruiter, code: str, offices: dict[str, tuple[str, str]]) -> None:
    for about, (name, attendance) in offices.items():
        title = name.format(recruiter.name_of(code))
        desk = recruiter.unit(code, "department", title, about=about, attendance=attendance)
        recruiter.city.departments[code][about] = desk
        recruiter.person(f"{about}-{code}", R.DEPARTMENT_OFFICER, desk)


def _seat(recruiter: Recruiter, code: str) -> None:
    _centre(recruiter, code)
    _offices(recruiter, code, DEPARTMENTS)


def _township(recruiter: Recruiter, code: str) -> None:
    _centre(recruiter, code)
    _offices(recruiter, code, TOWNSHIP_DEPARTMENTS)
    name = f"{recruiter.name_of(code)}人民调解委员会"
    committee = recruiter.unit(code, "committee", name)
    recruiter.city.committees[code] = committee
    recruiter.person(f"mediator-{code}", R.MEDIATOR, committee)


def _village(recruiter: Recruiter, code: str) -> None:
    centre = recruiter.unit(code, "centre", f"{recruiter.name_of(code)}综治中心")
    recruiter.city.posts[code] = centre
    recruiter.person(f"director-{code}", R.CENTRE_DIRECTOR, centre)
    recruiter.person(f"mediator-{code}", R.MEDIATOR, centre)


def _grid_workers(recruiter: Recruiter, codes: list[str]) -> None:
    """Put one worker in every three grids of a village."""
    village = recruiter.name_of(codes[0][:12])
    for some in (codes[i : i + 3] for i in range(0, len(codes), 3)):
        worker = None
        for code in some:
            name = f"{village}{recruiter.city.places[code].name}"
            desk = recruiter.city.posts[code] = recruiter.unit(code, "grid", name)
            if worker is None:
                worker = recruiter.person(f"grid-{code}", R.GRID_WORKER, desk)
            else:
                recruiter.role(worker, R.GRID_WORKER, desk)


def _others(recruiter: Recruiter) -> None:
    """Add the roles that handle no cases yet: one team or person each is enough to sign in as."""
    recruiter.person(f"auditor-{CITY}", R.AUDITOR, None, CITY)
    recruiter.person(f"administrator-{CITY}", R.ADMINISTRATOR, None, CITY)
    street = "620302003"
    name = recruiter.name_of(street)
    patrol = recruiter.unit(street, "team", f"{name}治安巡逻队")
    recruiter.person(f"patrol-leader-{street}", R.PATROL_LEADER, patrol)
    for i in range(1, 4):
        recruiter.person(f"patrol-{street}-{i}", R.PATROL_MEMBER, patrol)
    armbands = recruiter.unit(street, "team", f"{name}红袖章志愿者服务队")
    for i in range(1, 4):
        recruiter.person(f"volunteer-{street}-{i}", R.VOLUNTEER, armbands)
    lawyers = recruiter.unit("620302", "team", "金川区法律顾问团")
    recruiter.person("counsellor-620302", R.LEGAL_COUNSELLOR, lawyers)
    assessors = recruiter.unit(CITY, "team", "金昌市重大决策稳评组")
    recruiter.person(f"assessor-{CITY}", R.ASSESSOR, assessors)
    for code in (code for code in recruiter.city.places if len(code) == 6):
        for about, (name, _kind, _types) in SPECIAL_COMMITTEES.items():
            desk = recruiter.unit(code, "committee", name.format(recruiter.name_of(code)))
            recruiter.person(f"mediator-{about}-{code}", R.MEDIATOR, desk)
            recruiter.city.special.append((about, desk))


def sign_in_names() -> Iterator[str]:
    """Yield the user names that are shown to whoever tries the demo, one a role at least."""
    street, village = "620302003", "620302003002"
    yield from (f"clerk-{street}", f"mediator-{village}", f"grid-{village}001")
    yield from (f"director-{village}", f"director-{street}", "director-620302", f"director-{CITY}")
    yield from (f"dispatcher-{CITY}", f"justice-{street}", f"patrol-leader-{street}")
    yield from (f"patrol-{street}-1", f"volunteer-{street}-1", "counsellor-620302")
    yield from (f"assessor-{CITY}", f"auditor-{CITY}", f"administrator-{CITY}")
