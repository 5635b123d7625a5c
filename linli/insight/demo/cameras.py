"""The demo's cameras: 4,048 of class 1 and 4,100 others, and 河西堡镇's 511 of four departments.

They stand along the made-up streets. No picture of the demo shows anybody: every address is made up,
and nobody looks at one. The departments, companies and streets are invented.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from math import cos, radians
from random import Random
from uuid import UUID

from django.db import connection
from django.utils import timezone

from linli.areas.models import Area, Unit, UnitKind
from linli.cameras.actions.count_day import count_day
from linli.cameras.choices import PlaceKind
from linli.cameras.lifecycle import FILED_FACTS, OUTAGES
from linli.cameras.models import (
    Agreement,
    Camera,
    Contract,
    Filing,
    Health,
    HealthChange,
    Network,
    Source,
    WorkOrder,
)
from linli.insight.demo.moments import id_at
from linli.insight.demo.places import CITY, KM, short_name
from linli.insight.demo.streets import TOWNS
from linli.kernel.working_days import local_date

FIRST_CLASS, OTHERS = 4_048, 4_100
HEXIBAO = "620321101"
# Department, its field, cameras, where they look, and what for.
DEPARTMENTS = (
    ("河西堡公安交警中队（示例）", "police", 181, "road", "道路交通管理"),
    ("河西堡消防救援站（示例）", "", 122, "plant", "消防通道与火灾隐患"),
    ("河西堡生态环境监管所（示例）", "", 108, "plant", "排污口与堆场监管"),
    ("河西堡建设工地监管所（示例）", "housing", 100, "site", "工地安全与扬尘"),
)
COMPANIES = ("示例安防工程有限公司", "示例智能科技有限公司")
KINDS_FIRST = ("road", "road", "road", "square", "station", "school_gate", "park")
KINDS_OTHER = ("residential", "residential", "market", "hotel_lobby", "hospital_hall", "government")
PURPOSES = {"first": "公共区域治安防范", "second": "场所治安防范", "third": "内部安全防范"}
TURNS = ("东", "南", "西", "北")
MEND_HOURS = {"first": 24, "second": 48, "third": 72}
DETAIL = {
    "network": "no_answer", "authentication": "wrong_password", "stream": "no_video",
    "black": "dark", "frozen": "still", "blurred": "soft", "clock": "clock",
}  # fmt: skip
KNOWN_DAYS = 14
# One in so many was out of order for a while this month, is now, or has something due.
ONCE_OUT, OUT_NOW, UNFILED, CHANGED = 25, 190, 130, 400
_BATCH = 2_000


@dataclass(frozen=True, slots=True)
class Owners:
    """Whose a camera is and who runs it."""

    owner: Unit
    managing: Unit


class _Drawer:
    """Draws cameras one after the other, the same on every machine."""

    def __init__(self, now: datetime) -> None:
        self.rng = Random("cameras")  # noqa: S311
        self.now, self.today = now, local_date(now)
        self.places = {area.code: area for area in Area.objects.filter(code__startswith=CITY)}
        self.posts = {
            unit.area_id: unit for unit in Unit.objects.filter(kind=UnitKind.CENTRE, closed_on=None)
        }
        self.villages = [code for code in self.places if len(code) == 12]
        self.contracts: dict[UUID, Contract] = {}
        self.number = 0

    def id(self) -> UUID:
        """Return the next id."""
        return id_at(int(self.now.timestamp()) - 86_400, self.rng.getrandbits(74))

    def camera(self, area: str, kind: str, legal_class: str, who: Owners, purpose: str) -> Camera:
        """Draw a camera somewhere in a village."""
        rng, place = self.rng, self.places[area]
        self.number += 1
        longitude, latitude = self._spot(area)
        turn = rng.randrange(4)
        installed = self.today - timedelta(days=rng.randrange(200, 2_600))
        camera = Camera(
            id=self.id(), code=f"{area[:8]}001320{self.number:06d}", area_id=area,
            name=f"{short_name(place.name)}{self.number % 97 + 1}号杆{TURNS[turn]}向",
            place=f"{short_name(place.name)}示例路{self.number % 180 + 1}号", place_kind=kind,
            legal_class=legal_class, owner=who.owner, managing=who.managing,
            of_centre=who.owner.kind == UnitKind.CENTRE, purpose=purpose, latitude=latitude,
            longitude=longitude, height=rng.choice((3.5, 4.0, 6.0, 8.0)),
            heading=(90 * (turn + 1) + rng.randrange(-15, 16)) % 360,
            angle=float(rng.choice((60, 75, 90, 110))), reach=float(rng.randrange(30, 121, 5)),
            storage_days=rng.choice((30, 30, 30, 60, 90)), installed_on=installed,
            filed_on=installed + timedelta(days=rng.randrange(3, 29)),
            filing_number=f"金公视备〔{installed.year}〕{self.number}号",
            contract=self._contract(who.owner),
        )  # fmt: skip
        self._file(camera)
        return camera

    def _contract(self, owner: Unit) -> Contract:
        if owner.id not in self.contracts:
            number = len(self.contracts) + 1
            self.contracts[owner.id] = Contract(
                id=self.id(), owner=owner, company=COMPANIES[number % 2],
                number=f"示例维保{self.today.year}-{number:02d}",
                phone="0935-0000000",
                until=self.today + timedelta(days=18 + 31 * (number % 9)),
            )  # fmt: skip
        return self.contracts[owner.id]

    def _file(self, camera: Camera) -> None:
        """Leave some to be filed: new ones, late ones, and ones that were changed."""
        if self.number % UNFILED == 7:
            ago = self.rng.randrange(2, 36)
            camera.installed_on = self.today - timedelta(days=ago)
            camera.filed_on, camera.filing_number = None, ""
            camera.filing_due = camera.installed_on + timedelta(days=30)
        elif self.number % CHANGED == 11:
            camera.changed_on = self.today - timedelta(days=self.rng.randrange(1, 20))
            camera.filing_due = camera.changed_on + timedelta(days=30)

    def _spot(self, area: str) -> tuple[float, float]:
        """Return a point at a street: a crossing of the town's lattice, or along the village's lane."""
        place, rng = self.places[area], self.rng
        longitude, latitude = place.longitude or 0.0, place.latitude or 0.0
        squeeze = cos(radians(latitude))
        seat = "620302003" if area.startswith("62030200") else area[:9]
        east, north = rng.gauss(0, 0.35), rng.gauss(0, 0.35)
        if seat in TOWNS:
            middle = self.places[seat]
            _name, wide, high, block = TOWNS[seat]
            x = (longitude - (middle.longitude or 0)) * squeeze / KM + east + wide * block / 2
            y = (latitude - (middle.latitude or 0)) / KM + north + high * block / 2
            if 0 <= x <= wide * block and 0 <= y <= high * block:
                x, y = round(x / block) * block, round(y / block) * block
                if rng.random() < 0.5:
                    x += rng.uniform(-0.4, 0.4) * block
                east = x - wide * block / 2
                north = y - high * block / 2
                longitude, latitude = middle.longitude or 0.0, middle.latitude or 0.0
                return round(longitude + east * KM / squeeze, 6), round(latitude + north * KM, 6)
        east, north = rng.uniform(-0.36, 0.36), rng.gauss(0, 0.01)
        return round(longitude + east * KM / squeeze, 6), round(latitude + north * KM, 6)


def cameras(now: datetime) -> None:
    """Put the registry into the demo, with its agreements, a month of health, and work orders."""
    drawer = _Drawer(now)
    departments = _departments(drawer)
    drawn = [*_of_centres(drawer), *_of_departments(drawer, departments)]
    Unit.objects.bulk_create(departments)
    Contract.objects.bulk_create(drawer.contracts.values())
    Camera.objects.bulk_create(drawn, batch_size=_BATCH)
    Filing.objects.bulk_create(_filings(drawn, now), batch_size=_BATCH)
    Source.objects.bulk_create(_sources(drawn, now), batch_size=_BATCH)
    _agree(drawer, departments)
    _health(drawer, drawn)
    Network.objects.create(cidr="127.0.0.0/8", reason="本机（演示）", at=now)
    # Counting a day joins them: without statistics the database goes through all for each of all.
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE cameras_camera, cameras_health, cameras_healthchange")
    for ago in range(KNOWN_DAYS, -1, -1):
        count_day(drawer.today - timedelta(days=ago), now=now)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE cameras_availability")


def _of_centres(drawer: _Drawer) -> Iterator[Camera]:
    """Draw those of the governance centres: class 1 is the county's, the others the towns'."""
    weights = [3 if code.startswith("62030200") else 1 for code in drawer.villages]
    for area in drawer.rng.choices(drawer.villages, weights, k=FIRST_CLASS):
        who = Owners(drawer.posts[area[:6]], drawer.posts[area[:9]])
        kind = drawer.rng.choice(KINDS_FIRST)
        yield drawer.camera(area, kind, "first", who, PURPOSES["first"])
    for area in drawer.rng.choices(drawer.villages, weights, k=OTHERS):
        legal_class = drawer.rng.choice(("second", "second", "third"))
        who = Owners(drawer.posts[area[:9]], drawer.posts[area[:9]])
        kind = drawer.rng.choice(KINDS_OTHER)
        yield drawer.camera(area, kind, legal_class, who, PURPOSES[legal_class])


def _departments(drawer: _Drawer) -> list[Unit]:
    return [
        Unit(
            id=drawer.id(), area_id=HEXIBAO, kind=UnitKind.DEPARTMENT, name=name, field=field,
            attendance="on_call", phone="0935-0000000", address="河西堡镇示例一街1号",
        )
        for name, field, *_rest in DEPARTMENTS
    ]  # fmt: skip


def _of_departments(drawer: _Drawer, departments: Sequence[Unit]) -> Iterator[Camera]:
    villages = [code for code in drawer.villages if code.startswith(HEXIBAO)]
    for unit, (_name, _field, count, kind, purpose) in zip(departments, DEPARTMENTS, strict=True):
        for _number in range(count):
            area = drawer.rng.choice(villages)
            legal_class = "first" if PlaceKind(kind) == PlaceKind.ROAD else "second"
            yield drawer.camera(area, kind, legal_class, Owners(unit, unit), purpose)


def _filings(drawn: Sequence[Camera], now: datetime) -> Iterator[Filing]:
    for camera in drawn:
        if camera.filed_on is not None:
            facts = {name: getattr(camera, name) for name in FILED_FACTS}
            facts["managing_id"] = str(camera.managing_id)
            yield Filing(
                camera=camera, filed_on=camera.filed_on, number=camera.filing_number, facts=facts,
                at=now,
            )  # fmt: skip


def _sources(drawn: Sequence[Camera], now: datetime) -> Iterator[Source]:
    for camera in drawn:
        yield Source(
            camera=camera, protocol="hls", address=f"demo://{camera.code}", encoding="h264",
            added_at=now,
        )  # fmt: skip


def _agree(drawer: _Drawer, departments: Sequence[Unit]) -> None:
    """Share the departments' cameras with the town and the city; one agreement ends soon."""
    rows: list[Agreement] = []
    for number, unit in enumerate(departments):
        for taking in (HEXIBAO, CITY):
            last = drawer.today + timedelta(days=12 if (number, taking) == (3, HEXIBAO) else 400)
            rows.append(
                Agreement(
                    id=drawer.id(), number=f"示例共享{drawer.today.year}-{len(rows) + 1:02d}",
                    giving=unit, taking=drawer.posts[taking], purpose="河西堡镇一体化防控",
                    area=HEXIBAO, begins_at=_midnight(drawer.today - timedelta(days=160)),
                    ends_at=_midnight(last), made_at=drawer.now - timedelta(days=160),
                )
            )  # fmt: skip
    Agreement.objects.bulk_create(rows)


def _health(drawer: _Drawer, drawn: Sequence[Camera]) -> None:
    rng, now = drawer.rng, drawer.now
    states: list[Health] = []
    changes: list[HealthChange] = []
    orders: list[WorkOrder] = []
    for number, camera in enumerate(drawn):
        began = now - timedelta(days=KNOWN_DAYS + 5)
        changes.append(HealthChange(camera=camera, at=began, before="unknown", after="ok"))
        state, since = "ok", began
        if number % ONCE_OUT == 3:
            out = now - timedelta(days=rng.uniform(1, KNOWN_DAYS))
            back = min(out + timedelta(hours=rng.uniform(1, 40)), now - timedelta(hours=3))
            kind = rng.choice(OUTAGES)
            changes += _out(camera, kind, out, back)
            orders.append(_order(drawer, camera, kind, out, back))
            since = back
        if number % OUT_NOW == 5:
            since = now - timedelta(hours=rng.uniform(0.2, 30))
            state = rng.choice((*OUTAGES, "blurred", "clock"))
            changes.append(HealthChange(camera=camera, at=since, before="ok", after=state))
            orders.append(_order(drawer, camera, state, since, None))
        looked = now - timedelta(seconds=rng.randrange(5, 240))
        states.append(
            Health(
                camera=camera, state=state, since=since, looked_at=looked, pictured_at=looked,
                detail=DETAIL.get(state, ""),
            )
        )  # fmt: skip
    HealthChange.objects.bulk_create(changes, batch_size=_BATCH)
    Health.objects.bulk_create(states, batch_size=_BATCH)
    WorkOrder.objects.bulk_create(orders, batch_size=_BATCH)


def _out(camera: Camera, kind: str, out: datetime, back: datetime) -> list[HealthChange]:
    return [
        HealthChange(camera=camera, at=out, before="ok", after=kind),
        HealthChange(camera=camera, at=back, before=kind, after="ok"),
    ]


def _order(
    drawer: _Drawer, camera: Camera, kind: str, opened: datetime, closed: datetime | None
) -> WorkOrder:
    due = opened + timedelta(hours=MEND_HOURS[camera.legal_class])
    order = WorkOrder(
        id=drawer.id(), camera=camera, kind=kind, unit=camera.managing, opened_at=opened,
        due_at=due, told_at=opened,
    )  # fmt: skip
    if closed is not None:
        order.state, order.closed_at = "closed", closed
        order.done_at, order.note = closed - timedelta(minutes=9), "更换电源适配器"
    return order


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=timezone.get_default_timezone())
