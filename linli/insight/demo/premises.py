"""The demo's premises: 117 schools, 167 hotels, 28 petrol stations, 2 stations, 6 smart compounds.

The numbers are the city's; every name, address, contact and device is made up and says so. What is
drawn is the same each time; only the days follow the day of loading.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from uuid import UUID

from django.utils import timezone

from linli.accounts.models import Role, RoleKind
from linli.areas.models import Unit
from linli.insight.demo.persons import telephone
from linli.insight.demo.places import KM, SQUEEZE, near, short_name
from linli.insight.demo.staff import City
from linli.insight.demo.streets import TOWNS, numeral
from linli.kernel.ids import new_id
from linli.kernel.working_days import local_date
from linli.premises.actions.contacts import ContactData, sealed_contact
from linli.premises.actions.find_overdue import find_overdue
from linli.premises.choices import DeviceKind, DeviceState, Spot
from linli.premises.hours import ALWAYS, Week, read_hours
from linli.premises.models import (
    AlarmTest,
    Answer,
    CheckItem,
    Contact,
    Device,
    Drill,
    Event,
    Inspection,
    Premises,
    PremisesKind,
)

# Kind → how many, and how much likelier in a street than in a village.
COUNTS = {
    "school": (117, 2), "hotel": (167, 6), "petrol_station": (28, 1),
    "transport_station": (2, 40), "compound": (6, 40),
}  # fmt: skip
SCHOOLS = ("示例小学", "示例小学", "示例中学", "示例九年制学校", "示例职业学校")
HOTELS = ("示例宾馆", "示例酒店", "示例旅馆", "示例客栈", "示例招待所")
STATIONS = ("示例汽车客运站", "示例火车站")
# Once a week each device says that it is there: a demo that stands for days stays on line.
WEEK_SECONDS = 7 * 24 * 3600
# Which schools are not covered, and why: the exceptions of the live figure.
BROKEN_SCHOOLS = {
    3: (DeviceState.UNCONNECTED, ""), 31: (DeviceState.OFFLINE, ""),
    58: (DeviceState.FAULT, "按键失灵，等待更换"), 77: (DeviceState.UNCONNECTED, ""),
    104: (DeviceState.OFFLINE, ""),
}  # fmt: skip
LATE_HOTELS = (12, 57, 101, 140)
LATE_TESTS = (20, 64, 90)
CHINESE_NUMBER = "一二三四五六七八九十"


@dataclass(slots=True)
class Drawn:
    """The rows to save, in their order."""

    places: list[Premises] = field(default_factory=list)
    devices: list[Device] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    tests: list[AlarmTest] = field(default_factory=list)
    inspections: list[Inspection] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    drills: list[Drill] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)


def keep_premises(city: City, now: datetime) -> None:
    """Save the premises with devices, contacts, inspections and tests; find what is overdue."""
    rng = Random("premises")  # noqa: S311
    drawn = Drawn()
    inspectors = dict(
        Role.objects.filter(kind=RoleKind.GRID_WORKER).order_by("-id").values_list("area", "user")
    )
    items = {
        kind: list(CheckItem.objects.filter(kind=kind, retired=False)) for kind in COUNTS
    }  # fmt: skip
    kinds = PremisesKind.objects.in_bulk()
    units = {unit.area_id: unit for unit in Unit.objects.filter(kind="grid", closed_on=None)}
    police = {
        unit.area_id: unit
        for unit in Unit.objects.filter(kind="department", field="police", closed_on=None)
    }
    for kind, (count, urban) in COUNTS.items():
        for number, grid in enumerate(_spread(city, count, urban, rng)):
            place = _place(kinds[kind], number, grid, city, rng)
            place.responsible = units.get(grid)
            place.department = police.get(grid[:9]) or police.get(grid[:6])
            _dates(place, kinds[kind], number, now, rng)
            drawn.places.append(place)
            _contacts(drawn, place, rng)
            _devices(drawn, place, kinds[kind], number, now, rng)
            _inspected(drawn, place, items[kind], inspectors.get(grid), rng)
    _save(drawn)
    find_overdue(at=now)


def _spread(city: City, count: int, urban: int, rng: Random) -> Iterator[str]:
    """Yield grids to put places in: each village in turn, streets more often."""
    grids = sorted(code for code in city.places if len(code) == 15)
    weights = [urban if code.startswith("62030200") else 1 for code in grids]
    yield from sorted(rng.choices(grids, weights, k=count))


def _place(
    kind: PremisesKind, number: int, grid: str, city: City, rng: Random
) -> Premises:  # fmt: skip
    village = city.places[grid[:12]]
    latitude, longitude = village.latitude or 38.5, village.longitude or 102.2
    north, east = rng.uniform(-0.35, 0.35), rng.uniform(-0.35, 0.35)
    longitude, latitude = near((longitude, latitude), east, north)
    latitude, address = _address(grid, latitude, longitude, short_name(village.name), city, rng)
    boarding = rng.random() < 0.4
    absent = [] if kind.code != "school" or boarding else [Spot.DORMITORY]
    return Premises(
        id=new_id(), kind=kind, name=_name(kind.code, number, short_name(village.name)),
        area_id=grid, address=address, latitude=latitude, longitude=longitude,
        phone=telephone(66_000_000 + rng.randrange(900_000)),
        hours=[list(map(list, day)) for day in _hours(kind.code)],
        floors=rng.randint(2, 12) if kind.code in ("hotel", "compound") else rng.randint(1, 5),
        basements=int(kind.code == "compound"), capacity=rng.randrange(40, 1600, 20),
        absent=absent, note="演示数据：名称和地址均为虚构",
    )  # fmt: skip


def _name(kind: str, number: int, village: str) -> str:
    if kind == "transport_station":
        return f"金昌{STATIONS[number]}"
    if kind == "compound":
        return f"{village}示例智慧小区{CHINESE_NUMBER[number]}区"
    if kind == "petrol_station":
        return f"{village}示例加油站第{number + 1}站"
    words = SCHOOLS if kind == "school" else HOTELS
    return f"{village}{words[number % len(words)]}（{number + 1}号）"


def _hours(kind: str) -> Week:
    return read_hours("周一至周五 07:30-18:30") if kind == "school" else ALWAYS


def _address(
    grid: str, latitude: float, longitude: float, village: str, city: City, rng: Random
) -> tuple[float, str]:
    """Return the point moved to the made-up street beside it, and its address there."""
    town = "620302003" if grid.startswith("62030200") else grid[:9]
    middle = city.places[town]
    if town not in TOWNS or middle.latitude is None or middle.longitude is None:
        return latitude, f"{village}示例路{rng.randint(1, 90)}号"
    name, wide, high, block = TOWNS[town]
    column = (longitude - middle.longitude) * SQUEEZE / KM / block + wide / 2
    row = (latitude - middle.latitude) / KM / block + high / 2
    if not (0 <= column < wide and 0 <= row < high):
        return latitude, f"{village}示例路{rng.randint(1, 90)}号"
    street = round(row)
    at_street = middle.latitude + (street - high / 2) * block * KM
    latitude = round(at_street + 0.04 * KM, 6)
    return (
        latitude,
        f"{name}示例{numeral(street + 1)}街{int(column) * 8 + rng.randrange(4) * 2 + 1}号",
    )


def _dates(place: Premises, kind: PremisesKind, number: int, now: datetime, rng: Random) -> None:
    today = local_date(now)
    late = place.kind_id == "hotel" and number in LATE_HOTELS
    ago = (
        kind.inspection_days + rng.randint(3, 20)
        if late
        else rng.randrange(kind.inspection_days - 1)
    )
    place.added_at = now - timedelta(days=700 - number % 90)
    place.inspected_on = today - timedelta(days=ago)
    place.inspection_due = place.inspected_on + timedelta(days=kind.inspection_days)
    if kind.drill_days:
        since = min(kind.drill_days + 5, rng.randrange(1, kind.drill_days + 10))
        place.drilled_on = today - timedelta(days=since)


def _contacts(drawn: Drawn, place: Premises, rng: Random) -> None:
    job = {"school": "校长", "hotel": "经理"}.get(place.kind_id, "负责人")
    for position, (part, title) in enumerate((("responsible", job), ("duty", "值班室")), 1):
        told = ContactData(
            part=part, job=title, position=position,
            name=f"{rng.choice('赵钱孙李周吴郑王')}示例{CHINESE_NUMBER[rng.randrange(10)]}",
            phone=telephone(67_000_000 + rng.randrange(900_000)),
        )  # fmt: skip
        drawn.contacts.append(sealed_contact(place, told))


def _devices(
    drawn: Drawn, place: Premises, kind: PremisesKind, number: int, now: datetime, rng: Random
) -> None:
    for order, (device_kind, spot, name, senses) in enumerate(_equipment(place)):
        device = Device(
            id=new_id(), premises=place, area_id=place.area_id, kind=device_kind, spot=spot,
            name=name, senses=senses, floor="1", latitude=place.latitude, longitude=place.longitude,
            serial=serial_of(place.kind_id, number, order),
            installed_on=local_date(now) - timedelta(days=400 + number),
        )  # fmt: skip
        if device_kind == DeviceKind.EXTINGUISHER:
            device.expires_on = local_date(now) + timedelta(days=rng.randint(-5, 600))
        else:
            device.state, device.interval_seconds = DeviceState.ONLINE, WEEK_SECONDS
            device.heard_at = now - timedelta(minutes=rng.randint(1, 600))
        if place.kind_id == "school" and number in BROKEN_SCHOOLS and order == 0:
            device.state, device.fault = BROKEN_SCHOOLS[number]
            device.heard_at = None if device.state == DeviceState.UNCONNECTED else (
                now - timedelta(days=30)
            )  # fmt: skip
        if device_kind == DeviceKind.ONE_KEY_ALARM:
            _tested(drawn, device, kind, number, now, rng)
        drawn.devices.append(device)


def serial_of(kind: str, number: int, order: int) -> str:
    """Return the serial number of a device: the place and which of its devices."""
    return f"示例-{kind[:2].upper()}{number + 1:03}-{order + 1}"


def _equipment(place: Premises) -> Sequence[tuple[str, str, str, str]]:
    alarm, terminal, sensor = DeviceKind.ONE_KEY_ALARM, DeviceKind.ID_TERMINAL, DeviceKind.SENSOR
    if place.kind_id == "school":
        rooms = [(Spot.GUARD_ROOM, "门卫室报警"), (Spot.MONITORING_ROOM, "监控室报警")]
        if Spot.DORMITORY not in place.absent:
            rooms.append((Spot.DORMITORY, "宿舍值班室报警"))
        return [(alarm, spot, name, "") for spot, name in rooms]
    if place.kind_id == "hotel":
        return [
            (terminal, Spot.RECEPTION, "前台身份核验终端", ""),
            (sensor, Spot.CORRIDOR, "走廊烟感", "smoke"),
        ]
    if place.kind_id == "petrol_station":
        return [
            (alarm, Spot.SHOP, "营业厅报警", ""),
            (DeviceKind.EXTINGUISHER, Spot.FORECOURT, "加油区灭火器", ""),
            (sensor, Spot.FORECOURT, "加油区可燃气体探测", "gas"),
        ]
    if place.kind_id == "transport_station":
        return [
            (alarm, Spot.HALL, "候车厅报警", ""),
            (terminal, Spot.ENTRANCE, "进站身份核验终端", ""),
        ]
    return [
        (DeviceKind.GATE, Spot.ENTRANCE, "大门道闸", ""),
        (sensor, Spot.MACHINE_ROOM, "电气火灾探测", "electric"),
    ]


def _tested(
    drawn: Drawn, device: Device, kind: PremisesKind, number: int, now: datetime, rng: Random
) -> None:
    device.to_police = True
    late = (
        device.premises is not None and device.premises.kind_id == "school" and number in LATE_TESTS
    )
    day = local_date(now) - timedelta(days=kind.test_days + 6 if late else rng.randint(1, 27))
    device.tested_on, device.test_due = day, day + timedelta(days=kind.test_days)
    sent = _at(day, 9 * 60 + rng.randrange(480))
    arrived = sent + timedelta(milliseconds=rng.randrange(900, 9000))
    drawn.tests.append(
        AlarmTest(id=new_id(), device=device, sent_at=sent, arrived_at=arrived, note="每月测试")
    )


def _inspected(
    drawn: Drawn, place: Premises, items: Sequence[CheckItem], by: UUID | None, rng: Random
) -> None:
    if place.inspected_on is None:
        return
    at = _at(place.inspected_on, 9 * 60 + rng.randrange(420))
    one = Inspection(id=new_id(), premises=place, kind="routine", at=at, by_id=by)
    drawn.inspections.append(one)
    drawn.answers += [
        Answer(id=new_id(), premises=place, inspection=one, text=item.text, fine=True)
        for item in items
    ]
    drawn.events.append(_told(place, "inspected", at, by))
    if place.drilled_on is not None:
        drawn.drills.append(
            Drill(
                id=new_id(), premises=place, subject=rng.choice(("fire", "evacuation", "intruder")),
                planned_on=place.drilled_on, held_on=place.drilled_on, by_id=by,
                participants=rng.randrange(12, 600), findings="按预案进行，疏散有序。",
            )
        )  # fmt: skip
        drawn.events.append(_told(place, "drill_held", _at(place.drilled_on, 15 * 60), by))


def _told(place: Premises, what: str, at: datetime, by: UUID | None) -> Event:
    return Event(id=new_id(), area_id=place.area_id, premises=place, what=what, at=at, by_id=by)


def _at(day: date, minute: int) -> datetime:
    there = datetime.combine(day, time(), timezone.get_default_timezone())
    return there + timedelta(minutes=minute)


def _save(drawn: Drawn) -> None:
    Premises.objects.bulk_create(drawn.places)
    Device.objects.bulk_create(drawn.devices)
    Contact.objects.bulk_create(drawn.contacts)
    AlarmTest.objects.bulk_create(drawn.tests)
    Inspection.objects.bulk_create(drawn.inspections)
    Answer.objects.bulk_create(drawn.answers, batch_size=2000)
    Drill.objects.bulk_create(drawn.drills)
    Event.objects.bulk_create(drawn.events)
