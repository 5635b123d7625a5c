"""Loading the demo city into an empty, migrated database."""

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from linli.accounts.models import Role, User
from linli.areas.models import Area, Duty, Room, Unit
from linli.audit.bulk import append_all
from linli.cases.models import Counter
from linli.insight.demo import chances
from linli.insight.demo.bulk import bare
from linli.insight.demo.committees import committees, mediators
from linli.insight.demo.dispatch import dispatch
from linli.insight.demo.history import Historian, Period
from linli.insight.demo.like import find_the_like
from linli.insight.demo.mediations import mediate
from linli.insight.demo.moments import Calendar, date_of, number_of
from linli.insight.demo.notices import pass_over_history, tell_today
from linli.insight.demo.places import places, short_name
from linli.insight.demo.premises import keep_premises
from linli.insight.demo.progress import Say, bars
from linli.insight.demo.reading import name_places
from linli.insight.demo.rooms import rooms, roster
from linli.insight.demo.routing import rules
from linli.insight.demo.rows import COLUMNS, Rows
from linli.insight.demo.staff import PASSWORD, Recruiter, recruit, sign_in_names
from linli.insight.demo.supplies import keep_supplies
from linli.insight.demo.today import live_today
from linli.insight.rollup import rebuild, uncounted
from linli.kernel.errors import Refused
from linli.kernel.working_days import local_date
from linli.mediation.models import Committee, Mediator
from linli.mediation.rollup import rebuild as rebuild_statistics

_CHUNK = 2_000
LOADED = (*COLUMNS, "audit_entry")
# Open matters for today's workbenches begin to come in this many days ago; the history ends before.
RECENT_DAYS = 3


@dataclass(frozen=True, slots=True)
class SignIn:
    """How to come in as one of the demo's people."""

    username: str
    password: str
    role: str
    area: str

    def __str__(self) -> str:
        return f"{self.username:<24} {self.password}   {self.area} {self.role}"


def load(
    progress: Say | None = None, *, share: float = 1.0, now: datetime | None = None
) -> dict[str, int]:
    """Load the demo and return how many areas, people and cases it has.

    ``progress`` is told a step's name and how much of it is done, 0 to 1; without it a bar is
    drawn. ``share`` below 1 thins the history out, for tests. All or nothing: an interrupted load
    leaves the database empty. Raises :class:`Refused` where there are areas already.
    """
    if Area.objects.exists():
        raise Refused(
            "This database already holds a city; the demo is loaded into an empty one only.",
            "Point LINLI_HOME at a new directory.",
        )
    with bars(progress) as say, uncounted(), _no_collecting():
        with transaction.atomic():
            found = _load(say, share, now or timezone.now())
        say("figures", 0)
        rebuild()
        rebuild_statistics()
        tidy()
        say("figures", 1)
    return found


def _load(say: Say, share: float, now: datetime) -> dict[str, int]:
    say("places and people", 0)
    recruiter = recruit(places(Random("places")), Random("people"))  # noqa: S311
    _save_city(recruiter, now)
    say("places and people", 1)
    calendar = Calendar(local_date(now))
    historian = Historian(recruiter.city, calendar, Random("history"))  # noqa: S311
    with bare(LOADED):
        _write_history(historian, _periods(share, calendar, now), say)
        say("indexes", 0)
    Counter.objects.bulk_create(
        Counter(area=area, year=year, last=last)
        for (area, year), last in historian.counters.items()
    )
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {', '.join(LOADED)}")
    say("indexes", 1)
    say("mediations", 0)
    mediate()
    say("mediations", 1)
    pass_over_history()
    live_today(recruiter.city, historian, now, lambda done: say("today", done), share)
    keep_premises(recruiter.city, now)
    dispatch(recruiter.city, now)
    rules(recruiter.city, now)
    tell_today(now)
    find_the_like(now)
    name_places()
    keep_supplies(now)
    for show in settings.LINLI_DEMO_SHOWS:
        import_string(show)(now)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cases_case")
        (cases,) = cursor.fetchone()
    return {
        "areas": len(recruiter.city.places), "people": len(recruiter.users), "cases": cases,
    }  # fmt: skip


def _save_city(recruiter: Recruiter, now: datetime) -> None:
    Area.objects.bulk_create(
        Area(
            code=place.code, name=place.name, level=place.level, parent_id=place.parent,
            urban_rural_kind=place.urban_rural_kind, latitude=place.latitude,
            longitude=place.longitude, boundary=place.boundary,
        )
        for place in recruiter.city.places.values()
    )  # fmt: skip
    Unit.objects.bulk_create(recruiter.units)
    User.objects.bulk_create(recruiter.users)
    Role.objects.bulk_create(recruiter.roles)
    made = Committee.objects.bulk_create(committees(recruiter.city))
    Mediator.objects.bulk_create(mediators(made, recruiter.city))
    Room.objects.bulk_create(rooms(recruiter.city))
    Duty.objects.bulk_create(roster(recruiter.city, local_date(now)), batch_size=2000)


def _periods(share: float, calendar: Calendar, now: datetime) -> list[Period]:
    until = int(now.timestamp())
    published = Period(
        chances.FIRST, chances.LAST, round(chances.INVESTIGATED * share),
        round(chances.RESOLVED * share), until,
    )  # fmt: skip
    first = chances.LAST + timedelta(days=1)
    last = date_of(calendar.on_or_before(number_of(local_date(now)) - RECENT_DAYS))
    since = round(chances.A_YEAR_SINCE * share * (last - first).days / 365)
    return [published, Period(first, last, since, round(since * 0.985), until, mixed=True)]


def _write_history(historian: Historian, periods: Iterable[Period], say: Say) -> None:
    rows = Rows(Random("rows"))  # noqa: S311
    total = sum(period.matters for period in periods)
    written = 0
    for period in periods:
        for story, face in historian.write(period):
            rows.add(story, face)
            written += 1
            if written % _CHUNK == 0:
                rows.copy_out()
                append_all(rows.entries_before(story.opened))
                say("history", written / total)
    rows.copy_out()
    append_all(rows.entries_before(None))
    say("history", 1)


def tidy() -> None:
    """Leave statistics and the visibility map as a database that has been running has them."""
    if connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        cursor.execute(f"VACUUM (ANALYZE) {', '.join(LOADED)}, mediation_mediation, mediation_fact")
        cursor.execute(
            "ANALYZE areas_area, areas_unit, accounts_user, accounts_role, cases_counter"
        )


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Millions of short-lived objects without a cycle: looking for cycles costs a tenth."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def sign_ins() -> list[SignIn]:
    """Return one sign-in for each role, as far as the demo's people are in the database."""
    names = list(sign_in_names())
    users = User.objects.filter(username__in=names, loopback_only=True, is_active=True)
    roles = {role.user_id: role for role in Role.objects.filter(user__in=users).order_by("-id")}
    found = {user.username: roles[user.id] for user in users if user.id in roles}
    return [
        SignIn(name, PASSWORD, str(found[name].get_kind_display()), _full_name(found[name].area))
        for name in names
        if name in found
    ]


def _full_name(code: str) -> str:
    """Return the name of an area; a grid's says of which village it is."""
    area = Area.objects.select_related("parent").get(code=code)
    village = area.parent if area.level == "grid" else None
    return short_name(village.name) + area.name if village else short_name(area.name)
