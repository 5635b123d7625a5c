"""The demo's dispatch: teams in every township, four emergency teams, liaisons, and incidents.

Units and people are drawn the same each time; incidents are made by the real actions, the closed
ones of the last two weeks with all their clocks, and a few that are open now. Nobody in them exists.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from django.contrib.auth.hashers import make_password

from linli.accounts.actor import Actor
from linli.accounts.models import Role, User
from linli.accounts.models import RoleKind as R
from linli.accounts.queries import actor_of, user_named
from linli.areas.models import Unit
from linli.dispatch.actions.accept import accept_assignment
from linli.dispatch.actions.arrive import arrive
from linli.dispatch.actions.assign_units import assign_units
from linli.dispatch.actions.close_incident import close_incident
from linli.dispatch.actions.finish import finish_assignment
from linli.dispatch.actions.open_incident import Told, open_incident
from linli.dispatch.actions.set_out import set_out
from linli.dispatch.actions.tick import tick_step
from linli.dispatch.choices import LIAISONS
from linli.dispatch.models import Assignment, CheckItem, DispatchUnit, Shift
from linli.dispatch.queries.recommend import chosen, recommendation
from linli.insight.demo.persons import staff_names, telephone
from linli.insight.demo.places import CITY, KM, short_name
from linli.insight.demo.staff import PASSWORD, SINCE, City
from linli.kernel.working_days import local_date

DAYS, CLOSED = 14, 16
SKILLS = ("first_aid", "mediation", "crowd", "search")
EQUIPMENT = ("shield", "extinguisher", "aed", "first_aid_kit")
# Name, skills, equipment.
EMERGENCY = (
    ("治安处突一队", ["crowd"], ["shield", "vehicle"]),
    ("消防救援二队", ["fire_control"], ["extinguisher", "gas_detector", "vehicle"]),
    ("防汛抢险三队", ["search"], ["pump", "rope", "vehicle"]),
    ("医疗救护四队", ["first_aid"], ["aed", "first_aid_kit", "vehicle"]),
)
# Kind of unit → name of the office, its field.
OFFICES = (
    ("police", "公安局", "police"), ("fire", "消防救援支队", "fire"),
    ("medical", "急救中心", "health"),
)  # fmt: skip
# Kind, place, what units are told, what was reported, the closing report.
STORIES = (
    ("intrusion", "示例小学", "一人翻墙进校，未见器械", "门卫按下一键报警", "闯入者为走错门的访客，核实后带离，师生平安"),
    ("quarrel", "示例菜市场南门", "两家摊主争执，围观十余人", "摊主来电", "双方分开劝解，摊位界线当场划定"),
    ("injury", "示例广场", "老人摔倒，意识清楚", "路人来电", "现场包扎后由救护车送医"),
    ("fire", "示例小区3号楼楼道", "楼道杂物冒烟，无明火", "居民来电", "用灭火器扑灭，杂物清走，无人受伤"),
    ("traffic", "示例路口", "电动车与轿车刮碰，一人轻伤", "路人来电", "现场警戒，移交交警处理"),
    ("nuisance", "示例小区", "施工噪声", "居民来电", "劝停施工，约定作业时间"),
    ("missing", "示例公园", "八旬老人午饭后未归，灰外套", "家属来电", "在河边长椅找到，已交家属"),
    ("gas", "示例家园5号楼", "一层闻到燃气味", "居民来电", "关阀通风，软管老化，已联系更换"),
    ("theft", "示例商店", "货架少了一箱烟", "店主来电", "调取监控，移交派出所"),
    ("facility", "示例路人行道", "井盖破损", "网格员报告", "围挡后由管养单位更换"),
)  # fmt: skip
# Made today and still going on: story, how many minutes ago, how far it has come.
OPEN_NOW = ((0, 4, "en_route"), (1, 22, "arrived"), (5, 2, ""), (6, 41, "arrived"))


@dataclass(slots=True)
class _Scene:
    """Who dispatches, and the random source of the incidents."""

    desk: Actor
    rng: Random
    now: datetime


def dispatch(city: City, now: datetime) -> None:
    """Save units with their people and shifts, and let incidents happen."""
    rng = Random("dispatch")  # noqa: S311
    units = _units(city, rng, now)
    Shift.objects.bulk_create(
        Shift(unit=unit, starts=now - timedelta(hours=3), ends=now + timedelta(days=30))
        for unit in units
        if unit.status == "available"
    )
    dispatcher = user_named(f"dispatcher-{CITY}")
    assert dispatcher is not None  # noqa: S101
    desk = actor_of(dispatcher.id, local_date(now))
    assert desk is not None  # noqa: S101
    scene = _Scene(desk, rng, now)
    # Most of it happens in town.
    villages = sorted(c for c in city.places if len(c) == 12 and c.startswith("620302"))
    for n in range(CLOSED):
        at = now - timedelta(
            days=DAYS * (CLOSED - n) / CLOSED, hours=1, seconds=rng.randrange(9_000)
        )
        _closed(scene, city, rng.choice(villages), STORIES[n % len(STORIES)], at)
    for story, minutes, state in OPEN_NOW:
        _open(scene, city, rng.choice(villages[:40]), STORIES[story], minutes, state)


def _units(city: City, rng: Random, now: datetime) -> list[DispatchUnit]:
    townships = sorted(code for code in city.places if len(code) == 9)
    teams = dict(Unit.objects.filter(kind="team").values_list("name", "id"))
    made = _People(rng)
    found: list[DispatchUnit] = []
    for code in townships:
        for turn in "一二" if code.startswith("620302") else "一":
            name = f"{short_name(city.places[code].name)}治安巡逻{turn}队"
            old = teams.get(name.replace(f"{turn}队", "队")) if turn == "一" else None
            unit = old or made.team(
                code, name, f"patrol-leader-{code}-{len(found)}", R.PATROL_LEADER
            )
            found.append(_unit(city, rng, unit, "patrol", name, code, now))
    street = townships[2]
    for name, key in teams.items():
        if "志愿者" in name:
            found.append(_unit(city, rng, key, "volunteer", name, street, now, ["search"], []))
    for n, (name, skills, equipment) in enumerate(EMERGENCY, 1):
        unit = made.team(CITY, name, f"emergency-{n}", R.PATROL_LEADER)
        found.append(_unit(city, rng, unit, "emergency", name, CITY, now, skills, [*equipment]))
    experts = made.team(CITY, "心理援助专家组", "expert-1", R.VOLUNTEER)
    found.append(
        _unit(city, rng, experts, "expert", "心理援助专家组", CITY, now, ["psychology"], [])
    )
    for kind, office, about in OFFICES:
        name = f"金昌市{office}联络员"
        there = Unit.objects.filter(area_id=CITY, kind="department", field=about).first()
        unit = there.id if there else made.team(CITY, name, f"liaison-{kind}", R.DEPARTMENT_OFFICER)
        found.append(_unit(city, rng, unit, kind, name, CITY, now, [], []))
    made.save()
    # One team in nine is at home, one is being mended: not everybody can always be sent.
    for n, one in enumerate(found):
        if one.kind == "patrol" and n % 9 == 5:
            one.status = "off_duty"
        elif one.kind == "patrol" and n % 13 == 8:
            one.status, one.why_out = "out_of_service", "车辆保养"
    return DispatchUnit.objects.bulk_create(found)


class _People:
    """Teams and a leader each, kept until they are saved."""

    def __init__(self, rng: Random) -> None:
        taken = set(User.objects.values_list("name", flat=True))
        self._names = (name for name in staff_names(rng) if name not in taken)
        self._password = make_password(PASSWORD)
        self._units: list[Unit] = []
        self._users: list[User] = []
        self._roles: list[Role] = []

    def team(self, area: str, name: str, username: str, kind: str) -> UUID:
        """Add a team with one person; return its key."""
        unit = Unit(
            area_id=area, kind="department" if kind == R.DEPARTMENT_OFFICER else "team", name=name,
            phone=telephone(86_000_000 + len(self._units)),
        )  # fmt: skip
        user = User(
            username=username, name=next(self._names), password=self._password, loopback_only=True,
            phone=telephone(75_000_000 + len(self._users)),
        )  # fmt: skip
        self._units.append(unit)
        self._users.append(user)
        self._roles.append(Role(user_id=user.id, kind=kind, area=area, unit=unit.id, starts=SINCE))
        return unit.id

    def save(self) -> None:
        """Save them, teams first."""
        Unit.objects.bulk_create(self._units)
        User.objects.bulk_create(self._users)
        Role.objects.bulk_create(self._roles)


def _unit(
    city: City, rng: Random, team: UUID, kind: str, name: str, area: str, now: datetime,
    skills: Sequence[str] | None = None, equipment: Sequence[str] | None = None,
) -> DispatchUnit:  # fmt: skip
    place = city.places[area]
    if place.latitude is None:
        place = city.places["620302003"]
    assert place.latitude is not None  # noqa: S101
    assert place.longitude is not None  # noqa: S101
    return DispatchUnit(
        team_id=team, kind=kind, name=name, area_id=area, shared=kind in LIAISONS,
        latitude=place.latitude + rng.uniform(-0.4, 0.4) * KM,
        longitude=place.longitude + rng.uniform(-0.4, 0.4) * KM,
        skills=sorted(rng.sample(SKILLS, 2)) if skills is None else list(skills),
        equipment=sorted(rng.sample(EQUIPMENT, 2)) if equipment is None else list(equipment),
        status="available", status_at=now - timedelta(hours=3),
    )  # fmt: skip


def _begin(
    scene: _Scene, city: City, area: str, story: Sequence[str], at: datetime
) -> tuple[UUID, list[Assignment], datetime]:
    """Open an incident that rang at ``at`` and send whom the recommendation names."""
    kind, place, brief, text, _report = story
    where, rng = city.places[area], scene.rng
    answered = at + timedelta(seconds=rng.choice((4, 6, 7, 9, 11, 13, 19)))
    told = Told(
        kind=kind, area=area, place=f"{short_name(where.name)}{place}", brief=brief, text=text,
        channel="alarm" if "报警" in text else "phone", latitude=where.latitude,
        longitude=where.longitude, received_at=at, answered_at=answered,
    )  # fmt: skip
    incident = open_incident(told, actor=scene.desk, at=answered)
    sent_at = answered + timedelta(seconds=rng.choice((14, 22, 31, 38, 47, 55, 74)))
    why = chosen(recommendation(incident, scene.desk, sent_at))
    if not why:
        return incident.id, [], sent_at
    made = assign_units(incident.id, units=list(why), actor=scene.desk, at=sent_at, why=why)
    return incident.id, made, sent_at


def _closed(scene: _Scene, city: City, area: str, story: Sequence[str], at: datetime) -> None:
    incident, sent, moment = _begin(scene, city, area, story, at)
    for check in CheckItem.objects.filter(incident=incident)[: scene.rng.randrange(1, 4)]:
        done = check.due_at - timedelta(seconds=scene.rng.choice((9, 20, 31, -25)))
        tick_step(incident, item=check.id, actor=scene.desk, at=max(done, moment))
    last = moment
    for one in sent:
        last = max(last, _go(scene, one, moment, "done"))
    close_incident(
        incident, result="handled", note=story[4], actor=scene.desk,
        at=last + timedelta(minutes=scene.rng.randrange(2, 9)),
    )  # fmt: skip


def _open(
    scene: _Scene, city: City, area: str, story: Sequence[str], minutes: int, state: str
) -> None:
    if not state:
        kind, place, brief, text, _report = story
        at = scene.now - timedelta(minutes=minutes)
        told = Told(kind=kind, area=area, place=place, brief=brief, text=text, received_at=at,
                    answered_at=at + timedelta(seconds=8))  # fmt: skip
        open_incident(told, actor=scene.desk, at=at + timedelta(seconds=8))
        return
    at = scene.now - timedelta(minutes=minutes)
    _incident, sent, moment = _begin(scene, city, area, story, at)
    for one in sent:
        _go(scene, one, moment, state)


def _go(scene: _Scene, one: Assignment, at: datetime, until: str) -> datetime:
    """Let a unit answer as far as ``until``; return the moment of its last answer, before now."""
    rng = scene.rng
    way = (one.expected or 180) * rng.uniform(0.8, 1.2)
    steps = [
        ("accepted", accept_assignment, rng.randrange(8, 50)),
        ("en_route", set_out, rng.randrange(5, 40)),
        ("arrived", arrive, round(min(way, 900))),
        ("done", finish_assignment, rng.randrange(300, 1500)),
    ]
    if not one.exclusive:
        steps = [steps[0], *steps[3:]]
    for state, act, seconds in steps:
        at = min(at + timedelta(seconds=seconds), scene.now)
        act(one.id, actor=scene.desk, at=at)
        if state == until or (not one.exclusive and until != "done"):
            break
    return at
