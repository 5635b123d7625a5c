"""Import premises or devices from a table: planned row by row, then done; what is there stays."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.accounts.scope import in_area
from linli.accounts.sheets import Row, day_in
from linli.areas.models import Unit
from linli.areas.places import find_area
from linli.areas.policy import tops
from linli.audit.record import record
from linli.kernel.errors import Invalid, Refused
from linli.premises.actions import add_device as of_device
from linli.premises.actions import add_premises as of_premises
from linli.premises.actions.add_device import DeviceData, add_device
from linli.premises.actions.add_premises import PremisesData, add_premises
from linli.premises.actions.contacts import ContactData, add_contact
from linli.premises.choices import ContactPart
from linli.premises.hours import Week, read_hours
from linli.premises.models import Device, Premises, PremisesKind
from linli.premises.policy import permit_keep
from linli.premises.sheets import (
    DEVICE_WORDS,
    SENSE_WORDS,
    SPOT_WORDS,
    number,
    point,
    refusal_words,
    spots,
    word,
    yes,
)

type Effect = Literal["new", "nothing", "wrong"]
_CITY = 4


@dataclass(slots=True)
class Planned:
    """One row: what would be done, or why it can't be."""

    number: int
    row: Row
    effect: Effect = "wrong"
    errors: list[str] = field(default_factory=list)
    data: PremisesData | DeviceData | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an import did."""

    added: int
    unchanged: int
    wrong: int


def plan_import(
    what: str, rows: Sequence[tuple[int, Row]], datum: str, *, actor: Actor
) -> list[Planned]:
    """Say for every row of a table of ``premises`` or ``devices`` what would happen. Reads only.

    ``datum`` says what the coordinates are in: see :class:`linli.areas.coordinates.Datum`.
    """
    judge: Callable[[Planned, str, Actor], object]
    judge = _judge_premises if what == "premises" else _judge_device
    seen: set[object] = set()
    plan = []
    for line, row in rows:
        planned = Planned(line, row)
        try:
            key = judge(planned, datum, actor)
            if not planned.errors and planned.effect == "new":
                planned.effect = "nothing" if key in seen else "new"
                seen |= {key} if key else set()
        except Invalid as refusal:
            planned.errors += refusal_words(refusal)
        except Refused as refusal:
            planned.errors.append(str(refusal.reason))
        if planned.errors:
            planned.effect = "wrong"
        plan.append(planned)
    return plan


@transaction.atomic
def import_table(
    what: str, rows: Sequence[tuple[int, Row]], datum: str, *, actor: Actor, at: datetime
) -> Outcome:
    """Do what :func:`plan_import` says; rows that are wrong are left out."""
    plan = plan_import(what, rows, datum, actor=actor)
    for planned in plan:
        if planned.effect != "new":
            continue
        if isinstance(planned.data, PremisesData):
            place = add_premises(planned.data, actor=actor, at=at)
            _responsible(place, planned.row, actor, at)
        elif planned.data is not None:
            add_device(planned.data, actor=actor, at=at)
    count = {
        effect: sum(one.effect == effect for one in plan) for effect in ("new", "nothing", "wrong")
    }
    facts = {"what": what, **count}
    record("premises", "import", "premises.import", actor=actor.user_id, at=at, facts=facts)
    return Outcome(count["new"], count["nothing"], count["wrong"])


def _responsible(place: Premises, row: Mapping[str, str], actor: Actor, at: datetime) -> None:
    name, phone = row.get("contact", "").strip(), row.get("contact_phone", "").strip()
    if name and phone:
        told = ContactData(part=ContactPart.RESPONSIBLE, name=name, phone=phone)
        add_contact(place.id, told, actor=actor, at=at)


def _judge_premises(planned: Planned, datum: str, actor: Actor) -> object:
    row, wrong = planned.row, planned.errors
    kinds = {one.name: one.code for one in PremisesKind.objects.filter(retired=False)}
    kinds |= {code: code for code in kinds.values()}
    area = find_area(row.get("area", ""), tops(actor))
    permit_keep(actor, area)
    spot = point(row, datum, wrong)
    data = PremisesData(
        kind=word(row.get("kind", ""), kinds, wrong), name=row.get("name", ""), area=area,
        address=row.get("address", "")[:120], phone=row.get("phone", "")[:30],
        longitude=spot[0] if spot else None, latitude=spot[1] if spot else None,
        hours=_hours(row.get("hours", ""), wrong), floors=number(row.get("floors", ""), wrong),
        basements=number(row.get("basements", ""), wrong) or 0,
        capacity=number(row.get("capacity", ""), wrong),
        absent=spots(row.get("absent", ""), wrong),
        responsible=_unit(row.get("responsible", ""), area, wrong),
        department=_unit(row.get("department", ""), area, wrong), note=row.get("note", "")[:300],
    )  # fmt: skip
    if wrong:
        return None
    of_premises.check(data)
    planned.data = data
    same = Premises.objects.filter(
        area=area, kind=data.kind, name=data.name.strip(), closed_on=None
    )
    planned.effect = "nothing" if same.exists() else "new"
    return area, data.kind, data.name.strip()


def _judge_device(planned: Planned, datum: str, actor: Actor) -> object:
    row, wrong = planned.row, planned.errors
    area = find_area(row.get("area", ""), tops(actor))
    permit_keep(actor, area)
    place = _place(row.get("premises", ""), area, wrong)
    spot = point(row, datum, wrong)
    data = DeviceData(
        kind=word(row.get("kind", ""), DEVICE_WORDS, wrong), name=row.get("name", "")[:80],
        senses=word(row.get("senses", ""), SENSE_WORDS, wrong), premises=place, area=area,
        spot=word(row.get("spot", ""), SPOT_WORDS, wrong), floor=row.get("floor", "")[:10],
        serial=row.get("serial", "").strip()[:60], to_police=yes(row.get("to_police", "")),
        longitude=spot[0] if spot else None, latitude=spot[1] if spot else None,
        interval_seconds=number(row.get("interval_seconds", ""), wrong) or 0,
        installed_on=_day(row.get("installed_on", ""), wrong),
        expires_on=_day(row.get("expires_on", ""), wrong),
    )  # fmt: skip
    if wrong:
        return None
    of_device.check(data)
    planned.data = data
    same = Device.objects.filter(in_area(area[:_CITY]))
    if data.serial:
        same = same.filter(serial=data.serial)
    else:
        same = same.filter(premises=place, name=data.name.strip(), retired_at=None)
    planned.effect = "nothing" if same.exists() else "new"
    return data.serial or None


def _hours(text: str, wrong: list[str]) -> Week:
    try:
        return read_hours(text)
    except ValueError:
        wrong.append(_("“%(text)s” are no opening hours.") % {"text": text})
        return ()


def _unit(text: str, area: str, wrong: list[str]) -> UUID | None:
    """Return the unit of a name: of the area itself, of one above it, or of the city."""
    text = text.strip()
    if not text:
        return None
    units = Unit.objects.filter(name=text, closed_on=None).filter(in_area(area[:_CITY]))
    found = sorted(units, key=lambda unit: (not area.startswith(unit.area_id), -len(unit.area_id)))
    if not found:
        wrong.append(_("There is no unit “%(text)s” in this city.") % {"text": text})
        return None
    return found[0].pk


def _place(text: str, area: str, wrong: list[str]) -> UUID | None:
    text = text.strip()
    if not text:
        return None
    found = list(Premises.objects.filter(in_area(area), name=text, closed_on=None)[:2])
    if len(found) == 1:
        return found[0].pk
    many = _("Several places of this area are called “%(text)s”.")
    wrong.append(
        (many if found else _("There is no place “%(text)s” in this area.")) % {"text": text}
    )
    return None


def _day(text: str, wrong: list[str]) -> date | None:
    if not text.strip():
        return None
    day = day_in(text)
    if day is None:
        wrong.append(_("“%(text)s” is no date.") % {"text": text})
    return day
