"""Which desks answer for a place, and who sits at one."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.db.models import Q

from linli.accounts.models import RoleKind
from linli.accounts.queries import roles_on
from linli.accounts.scope import in_area
from linli.alarms.models import Desk
from linli.areas.codes import LENGTH_OF, Level
from linli.areas.models import Area
from linli.areas.places import area_names
from linli.kernel.working_days import local_date

# What the database's function takes where nobody has set a desk.
SECONDS = 30
CITY_LENGTH = LENGTH_OF[Level.CITY]


@dataclass(frozen=True, slots=True)
class RungDesk:
    """A desk that is rung: its area, and after how many seconds the next one is."""

    area: str
    seconds: int


def next_desk(area: str, after: str | None, day: date) -> RungDesk | None:
    """Return the desk that is rung after the one of ``after`` (None: the first)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM alarms_next_desk(%s, %s, %s)", [area, after, day])
        row = cursor.fetchone()
    return RungDesk(*row) if row else None


def desks_of(area: str, at: datetime) -> list[RungDesk]:
    """Return the desks that answer for a place, in the order in which they are rung."""
    found: list[RungDesk] = []
    after: str | None = None
    while desk := next_desk(area, after, local_date(at)):
        found.append(desk)
        after = desk.area
    return found


@dataclass(frozen=True, slots=True)
class KeptDesk:
    """The desk of a centre as its page shows it; ``is_set``: somebody has said how it shall be."""

    area: str
    path: str
    is_on: bool
    is_set: bool
    seconds: int
    phone: str
    dispatchers: int


def kept_desks(areas: Iterable[str], day: date) -> list[KeptDesk]:
    """Return the desks of the city, counties and townships within ``areas``, by code."""
    within = Q(pk__in=[])
    for code in areas:
        within |= in_area(code, "code")
    levels = (Level.CITY, Level.COUNTY, Level.TOWNSHIP)
    rows = Area.objects.filter(within, level__in=levels, abolished_on=None).order_by("code")
    codes = [area.code for area in rows]
    kept = Desk.objects.in_bulk(codes)
    dispatchers: Counter[str] = Counter(
        roles_on(day)
        .filter(area__in=codes, kind=RoleKind.DISPATCHER, user__is_active=True)
        .values_list("area", flat=True)
    )
    names = area_names(codes)
    found = []
    for code in codes:
        desk = kept.get(code)
        on = (desk.is_on if desk else dispatchers[code] > 0) or len(code) == CITY_LENGTH
        found.append(
            KeptDesk(
                code,
                names[code],
                on,
                desk is not None,
                desk.seconds if desk else SECONDS,
                desk.phone if desk else "",
                dispatchers[code],
            )
        )
    return found


def people_at(areas: Iterable[str], day: date) -> dict[str, list[UUID]]:
    """Return who answers at the desks of ``areas``: dispatchers, else the directors there."""
    wanted = {RoleKind.DISPATCHER, RoleKind.CENTRE_DIRECTOR}
    rows = roles_on(day).filter(area__in=list(areas), kind__in=wanted, user__is_active=True)
    found: dict[str, dict[str, list[UUID]]] = {}
    for area, kind, user in rows.values_list("area", "kind", "user").order_by("user"):
        found.setdefault(area, {}).setdefault(kind, []).append(user)
    return {
        area: kinds.get(RoleKind.DISPATCHER) or kinds[RoleKind.CENTRE_DIRECTOR]
        for area, kinds in found.items()
    }


def names_of(areas: Iterable[str]) -> dict[str, str]:
    """Return the names of areas by their codes."""
    return dict(Area.objects.filter(pk__in=list(areas)).values_list("code", "name"))


def names_within(areas: Iterable[str]) -> list[tuple[str, str]]:
    """Return code and path of the city, counties and townships within ``areas``, by code."""
    within = Q(pk__in=[])
    for code in areas:
        within |= in_area(code, "code")
    levels = (Level.CITY, Level.COUNTY, Level.TOWNSHIP)
    rows = Area.objects.filter(within, level__in=levels, abolished_on=None)
    codes = list(rows.order_by("code").values_list("code", flat=True))
    names = area_names(codes)
    return [(code, names[code]) for code in codes]
