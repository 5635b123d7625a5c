"""The demo's stores of the four emergency teams, and a pool of experts. All of it is made up."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from linli.areas.models import Area, Unit, UnitKind
from linli.dispatch.actions.experts import ExpertData
from linli.dispatch.models import Expert, Field, Listing, Lot, Movement, Store, SupplyKind
from linli.dispatch.supply_choices import MoveKind
from linli.insight.demo.persons import telephone
from linli.insight.demo.places import CITY, short_name
from linli.kernel.crypto import seal
from linli.kernel.ids import new_id
from linli.kernel.working_days import local_date
from linli.premises.hours import read_hours

# The city's four teams: where each is at home.
HOMES = (CITY, "620302", "620321", "620302003")
TEAM = "示例应急处突队"
# Kind → days it keeps; the others keep for ever.
KEEPS = {
    "extinguisher": 1400, "first_aid_kit": 700, "mask": 900, "face_mask": 500,
    "disinfectant": 400, "water": 300, "food": 240,
}  # fmt: skip
JOBS = {
    "fire": "消防工程师", "chemicals": "化工安全工程师", "gas": "燃气工程师",
    "structures": "结构工程师", "electric": "电力工程师", "special_equipment": "特种设备检验师",
    "mining": "矿山安全工程师", "geology": "地质工程师", "meteorology": "气象工程师",
    "medicine": "急诊医师", "epidemics": "公共卫生医师", "psychology": "心理咨询师",
    "negotiation": "谈判专家", "law": "律师",
}  # fmt: skip
HOURS = ("", "", "周一至周五 08:30-18:00", "每天 08:00-22:00")
A_FIELD = 3
NUMBERS = "一二三四五六七八九十"


def keep_supplies(now: datetime) -> None:
    """Save the stores with what lies in them, and the experts in their order."""
    rng = Random("supplies")  # noqa: S311
    areas = Area.objects.in_bulk(HOMES)
    _stores(areas, rng, now)
    _experts(rng)


def _stores(areas: dict[str, Area], rng: Random, now: datetime) -> None:
    stores, lots, movements = [], [], []
    for number, code in enumerate(HOMES):
        area = areas[code]
        store = Store(
            id=new_id(), area=area, unit_id=_team(area, number),
            name=f"{short_name(area.name)}示例应急物资库", address=f"示例路{number * 2 + 1}号",
            latitude=area.latitude, longitude=area.longitude,
        )  # fmt: skip
        stores.append(store)
        for lot, many in _lots(store, rng, now):
            lots.append(lot)
            movements.append(
                Movement(lot=lot, kind=MoveKind.RECEIVE, on_hand=many, at=now - timedelta(days=90))
            )
    Store.objects.bulk_create(stores)
    Lot.objects.bulk_create(lots)
    Movement.objects.bulk_create(movements)


def _team(area: Area, number: int) -> UUID:
    """Return the emergency team of an area: dispatch's own where it has one."""
    teams = Unit.objects.filter(area=area, kind=UnitKind.TEAM, closed_on=None)
    known = teams.filter(dispatch_unit__kind="emergency").first() or teams.first()
    if known is not None:
        return known.id
    name = f"{short_name(area.name)}{TEAM}{NUMBERS[number]}队"
    return Unit.objects.create(area=area, kind=UnitKind.TEAM, name=name).id


def _lots(store: Store, rng: Random, now: datetime) -> Iterator[tuple[Lot, int]]:
    today = local_date(now)
    for kind in SupplyKind.objects.all():
        many = max(1, round(kind.least * rng.uniform(0.8, 1.8)))
        days = KEEPS.get(kind.code)
        if days is None:
            yield Lot(id=new_id(), store=store, kind=kind), many
            continue
        for part, ahead in enumerate((rng.randint(-10, 40), rng.randint(60, days))):
            lot = Lot(
                id=new_id(), store=store, kind=kind, mark=f"示例批次{NUMBERS[part]}",
                expires_on=today + timedelta(days=ahead),
            )  # fmt: skip
            yield lot, max(1, many // (5 if part == 0 else 1))


def _experts(rng: Random) -> None:
    experts, listings = [], []
    for field in Field.objects.all():
        for place in range(A_FIELD):
            told = _expert(field.code, place, rng)
            key = new_id()
            experts.append(
                Expert(
                    id=key, area_id=told.area, job=told.job, organisation=told.organisation,
                    personal=seal({"name": told.name, "phone": told.phone}, key.bytes),
                    hours=[list(map(list, day)) for day in told.hours],
                )
            )  # fmt: skip
            listings.append(Listing(expert_id=key, field=field, place=place + 1))
    Expert.objects.bulk_create(experts)
    Listing.objects.bulk_create(listings)


def _expert(field: str, place: int, rng: Random) -> ExpertData:
    return ExpertData(
        name=f"{rng.choice('赵钱孙李周吴郑王')}示例{NUMBERS[rng.randrange(10)]}",
        phone=telephone(68_000_000 + rng.randrange(900_000)), area=CITY,
        job=JOBS.get(field, "工程师"), organisation=f"示例单位{NUMBERS[place]}", fields=[field],
        hours=read_hours(rng.choice(HOURS)),
    )  # fmt: skip
