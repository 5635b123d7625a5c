"""The demo's searches for missing persons: one that goes on, and one that ended days ago.

They need the streets, so they come after them. Nobody in them exists: names say so, the photo is a
drawn outline, telephones cannot be dialled. Everything is done by the product's own actions.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from io import BytesIO
from random import Random
from typing import Any

from PIL import Image, ImageDraw

from linli.accounts.models import Role, User
from linli.accounts.queries import actor_of
from linli.accounts.scope import acting
from linli.cameras.models import Training
from linli.insight.demo.persons import telephone
from linli.insight.demo.places import CENTRES, CITY, near
from linli.kernel.ids import new_id
from linli.kernel.working_days import local_date
from linli.missing.actions.check import check_item
from linli.missing.actions.confirm_told import confirm_told
from linli.missing.actions.end import close_search, find_person, set_consent, tell_reporter
from linli.missing.actions.join import join_search
from linli.missing.actions.look import say_clip, take_clip
from linli.missing.actions.open import open_search
from linli.missing.actions.report import Place, Told, report_missing
from linli.missing.actions.walk import say_streets, take_place, take_streets
from linli.missing.models import Search
from linli.missing.queries.clips import clips_to_review
from linli.missing.queries.page import newest
from linli.missing.queries.told import told_rows
from linli.premises.models import Device, Premises

STREET, VILLAGE = "620302003", "620302003002"
MIDDLE = CENTRES[STREET][1], CENTRES[STREET][0]
# Who reports, opens, looks and walks.
CLERK, DIRECTOR, DISPATCHER = f"clerk-{STREET}", f"director-{STREET}", f"dispatcher-{CITY}"
PATROL, LOOKS_TOO = f"patrol-{STREET}-1", "director-620302"
TRAINED = (DIRECTOR, LOOKS_TOO, f"dispatcher-{STREET}")
MINUTE = timedelta(minutes=1)
# Name, kilometres east and north of the middle of the town.
HOSPITALS = (
    ("金昌示例人民医院", 0.9, -0.6),
    ("金川示例中医院", -1.4, 0.8),
    ("北京路示例卫生服务中心", 0.4, 0.5),
)
WORDS = {
    "reporter": "王建设（示例）", "reporter_phone": telephone(68_000_001), "kinship": "child",
    "police_number": "示例警情0001", "name": "王秀英（示例）", "age": "78",
    "clothes": "深红色棉外套，灰色毛线帽，黑布鞋，左手提蓝色布袋。演示数据，纯属虚构。",
    "health": "阿尔茨海默病中期，行走缓慢，听力尚可，会说自己的姓名。",
    "habits": "常沿大路走，喜欢去早市和老单位家属院；不乘公交车。", "where": "示例早市东门",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Party:
    """The people of the search by name, as they act."""

    people: dict[str, User]
    day: date

    def act(self, name: str, act: Any, /, *arguments: Any, at: datetime, **more: Any) -> Any:
        """Let somebody do something under their scope."""
        actor = actor_of(self.people[name].id, self.day)
        if actor is None:
            raise LookupError(f"the demo has no {name}")
        with acting(actor):
            return act(*arguments, actor=actor, at=at, **more)

    def look(self, name: str, search: Search, outcome: str, at: datetime) -> None:
        """Let somebody take the best clip that is free and say what they saw."""
        belief = newest(search)
        found = clips_to_review(search, belief, at)
        if found:
            taken = self.act(name, take_clip, search.id, found[0].camera, found[0].since, at=at)
            self.act(name, say_clip, taken.id, outcome, at=at + 2 * MINUTE)


def search_for_missing(now: datetime) -> None:
    """Save hospitals, train who looks, and hold both searches; nothing without the demo's people."""
    names = {CLERK, DIRECTOR, DISPATCHER, PATROL, LOOKS_TOO, *TRAINED}
    people = {user.username: user for user in User.objects.filter(username__in=names)}
    if Search.objects.exists() or len(people) < len(names):
        return
    party = _Party(people, local_date(now))
    _hospitals(now)
    _train(people, now)
    _ended(party, now - timedelta(days=6, hours=2))
    _going_on(party, now)


def _hospitals(now: datetime) -> None:
    rng = Random("hospitals")  # noqa: S311
    for number, (name, east, north) in enumerate(HOSPITALS):
        longitude, latitude = near(MIDDLE, east, north)
        place = Premises.objects.create(
            id=new_id(), kind_id="hospital", name=name, area_id=VILLAGE, latitude=latitude,
            longitude=longitude, phone=telephone(69_000_000 + rng.randrange(900_000)),
            added_at=now - timedelta(days=600), note="演示数据：名称和地址均为虚构",
        )  # fmt: skip
        Device.objects.create(
            premises=place, area_id=VILLAGE, kind="one_key_alarm", name="急诊报警", state="online",
            interval_seconds=7 * 24 * 3600, heard_at=now, serial=f"示例-YIYUAN{number + 1}-1",
        )  # fmt: skip


def _train(people: dict[str, User], now: datetime) -> None:
    """Whoever opens and looks has been trained for video."""
    today = local_date(now)
    for name in TRAINED:
        role = Role.objects.filter(user=people[name]).order_by("id").first()
        Training.objects.create(
            user=people[name], area=role.area if role else CITY, course="公共安全视频调阅规范（示例）",
            trained_on=today - timedelta(days=60), until=date(today.year + 1, 12, 31), at=now,
        )  # fmt: skip


def _reported(party: _Party, at: datetime, **fields: Any) -> Search:
    told: dict[str, Any] = {
        "area": VILLAGE, "channel": "window", "category": "dementia", "is_adult": True,
        "sure": "good", "words": WORDS, "kinship_checked": True, "police_told": True,
        "photo": outline(), **fields,
    }  # fmt: skip
    search: Search = party.act(CLERK, report_missing, Told(**told), at=at)
    return search


def _place(what: str, east: float, north: float, *, is_home: bool = False) -> Place:
    longitude, latitude = near(MIDDLE, east, north)
    return Place(what, latitude, longitude, is_home)


def _going_on(party: _Party, now: datetime) -> None:
    """Somebody is missing since an hour and a half: clips and streets were looked at, one sighting."""
    begun = now - 58 * MINUTE
    longitude, latitude = near(MIDDLE, 0.1, 0.1)
    search = _reported(
        party, begun - 9 * MINUTE, seen_at=now - 95 * MINUTE, latitude=latitude, longitude=longitude,
        places=[
            _place("家", 0.6, 0.9, is_home=True),
            _place("原单位家属院（示例）", -1.1, 1.6), _place("早市（示例）", -0.4, -0.7),
        ],
    )  # fmt: skip
    party.act(DIRECTOR, open_search, search.id, at=begun)
    for name in (DISPATCHER, LOOKS_TOO):
        party.act(name, join_search, search.id, at=begun + 2 * MINUTE)
    for item, minutes in (("house", 3), ("phone", 6), ("police", 8), ("neighbours", 15)):
        party.act(CLERK, check_item, search.id, item, True, at=begun + minutes * MINUTE)
    first = next(iter(told_rows(search)), None)
    if first is not None:
        party.act(CLERK, confirm_told, first.telling.id, True, at=begun + 11 * MINUTE)
    party.look(DIRECTOR, search, "not_seen", begun + 12 * MINUTE)
    party.look(DISPATCHER, search, "not_seen", begun + 18 * MINUTE)
    party.look(LOOKS_TOO, search, "seen", begun + 26 * MINUTE)
    walk = party.act(PATROL, take_streets, search.id, 0, at=begun + 30 * MINUTE)
    party.act(PATROL, say_streets, walk.id, "not_seen", at=begun + 52 * MINUTE)


def _ended(party: _Party, begun: datetime) -> None:
    """Somebody was missing for two hours, was found by footage, and agreed that the family hears."""
    longitude, latitude = near(MIDDLE, 1.2, -0.4)
    words = {**WORDS, "name": "周福田（示例）", "age": "81", "where": "示例公园南门"}
    search = _reported(
        party, begun - 8 * MINUTE, seen_at=begun - 50 * MINUTE, latitude=latitude,
        longitude=longitude, words=words, places=[_place("旧居（示例）", 2.0, 0.6)],
    )  # fmt: skip
    party.act(DIRECTOR, open_search, search.id, at=begun)
    party.act(DISPATCHER, join_search, search.id, at=begun + 2 * MINUTE)
    for row in told_rows(search):
        party.act(CLERK, confirm_told, row.telling.id, True, at=begun + 10 * MINUTE)
    party.look(DIRECTOR, search, "not_seen", begun + 9 * MINUTE)
    party.look(DISPATCHER, search, "seen", begun + 15 * MINUTE)
    walk = party.act(PATROL, take_place, search.id, 0, at=begun + 20 * MINUTE)
    party.act(PATROL, say_streets, walk.id, "seen", at=begun + 44 * MINUTE)
    at = begun + 47 * MINUTE
    party.act(PATROL, find_person, search.id, "streets", at=at)
    party.act(PATROL, set_consent, search.id, True, at=at + 3 * MINUTE)
    party.act(CLERK, tell_reporter, search.id, at=at + 5 * MINUTE)
    note = "老人在路边长椅休息，身体无碍，由家属接回。演示数据，纯属虚构。"
    party.act(DIRECTOR, close_search, search.id, note, at=at + 30 * MINUTE)


def outline(wide: int = 240, high: int = 300) -> bytes:
    """Return a picture (PNG) of nobody: head and shoulders in one colour."""
    picture = Image.new("RGB", (wide, high), (226, 230, 235))
    draw = ImageDraw.Draw(picture)
    for middle, across, along in (((wide / 2, 105), 52, 62), ((wide / 2, high), 100, 125)):
        x, y = middle
        draw.ellipse((x - across, y - along, x + across, y + along), fill=(122, 132, 145))
    file = BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()
