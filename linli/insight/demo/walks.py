"""What the demo's patrols walked: needs the streets, so it comes after them.

Each shift of the last week is given streets it saw; of some teams there are tracks of last night,
matched as any others are. Tonight's routes are planned for the area whose leader signs in.
"""

from datetime import datetime, timedelta
from random import Random

import numpy as np

from linli.accounts.actor import SYSTEM
from linli.insight.demo.patrol import SHOWN
from linli.kernel.earth import DEGREE
from linli.kernel.ids import new_id
from linli.kernel.working_days import local_date
from linli.patrol.actions.make_routes import make_routes
from linli.patrol.actions.score_shifts import score_due
from linli.patrol.choices import Way
from linli.patrol.models import CheckIn, CheckPoint, Fix, PatrolArea, Route, Seat, Seen, Shift
from linli.patrol.queries.ground import ground_for
from linli.roads.modes import Mode
from linli.roads.queries import map_in_use

# Metres a second, seconds between positions, and how far a phone errs, in metres.
PACE, EVERY, ERROR = 0.95, 12.0, 6.0
# Of the streets of an area a shift sees about so many; some are seldom come by.
SEEN, SELDOM = 0.16, 0.12


def walk_patrols(now: datetime) -> None:
    """Fill in what was seen, and plan tonight's routes; nothing where there are no patrols."""
    areas = list(PatrolArea.objects.select_related("unit").order_by("id"))
    if not areas or Seen.objects.exists():
        return
    rng = Random("walks")  # noqa: S311
    for area in areas:
        _see(area, now, rng)
    shown = next(one for one in areas if one.name == SHOWN)
    _checked(shown, now, rng)
    _last_night(shown, now)
    for pattern in ("late", "night"):
        day = local_date(now)
        if Shift.objects.filter(
            patrol_area=shown, date=day, pattern=pattern, ends_at__gt=now
        ).exists():
            make_routes(
                shown.id,
                day=day,
                pattern=pattern,
                actor=SYSTEM,
                at=now,
                seconds=0.3,
                seed=1,
                most=60,
            )


def _see(area: PatrolArea, now: datetime, rng: Random) -> None:
    """Give each shift that is over streets it saw."""
    ground = ground_for(area, Mode.FOOT)
    if ground is None:
        return
    inside = ground.stretch[ground.inside].tolist()
    seldom = set(rng.sample(inside, int(len(inside) * SELDOM)))
    rows = []
    over = Shift.objects.filter(patrol_area=area, ends_at__lt=now).select_related("pattern")
    for shift in over.order_by("starts_at", "id"):
        band = min(shift.pattern.begins // 360, 3)
        for stretch in inside:
            if rng.random() < (SEEN if stretch not in seldom else SEEN / 20):
                rows.append(
                    Seen(
                        shift=shift, patrol_area=area, map=map_in_use().name, stretch=stretch,
                        date=shift.date, band=band, times=1,
                    )
                )  # fmt: skip
    Seen.objects.bulk_create(rows, batch_size=5_000)


def _checked(area: PatrolArea, now: datetime, rng: Random) -> None:
    """Let somebody have been at most check points in their times, on the days of last week."""
    points = list(CheckPoint.objects.filter(patrol_area=area).exclude(windows=[]).order_by("id"))
    rows = []
    over = Shift.objects.filter(
        patrol_area=area, starts_at__gt=now - timedelta(days=9), ends_at__lt=now
    ).select_related("pattern")
    for shift in over.order_by("starts_at", "id"):
        seat = Seat.objects.filter(shift=shift).order_by("user__username").first()
        midnight = shift.starts_at - timedelta(minutes=shift.pattern.begins)
        for point in points:
            for window in point.windows:
                middle = (window["begins"] + window["ends"]) // 2
                out = shift.pattern.begins <= middle <= shift.pattern.ends
                if seat and out and shift.date.weekday() in window["days"] and rng.random() < 0.6:
                    at = midnight + timedelta(minutes=middle + rng.randrange(-15, 15))
                    rows.append(
                        CheckIn(
                            id=new_id(), shift=shift, patrol_area=area, team_id=shift.team_id,
                            user_id=seat.user_id, point=point, name=point.name, way=Way.CODE,
                            at=at, received_at=at,
                        )
                    )  # fmt: skip
    CheckIn.objects.bulk_create(rows)


def _last_night(area: PatrolArea, now: datetime) -> None:
    """Let last night's late teams have gone their routes with their phones, and count them."""
    last = (
        Shift.objects.filter(patrol_area=area, pattern="late", ends_at__lt=now - timedelta(hours=1))
        .order_by("-date")
        .first()
    )
    if last is None:
        return
    before = last.starts_at - timedelta(hours=3)
    make_routes(
        area.id,
        day=last.date,
        pattern="late",
        actor=SYSTEM,
        at=before,
        seconds=0.3,
        seed=2,
        most=60,
    )
    for number, route in enumerate(
        Route.objects.filter(shift__date=last.date, shift__pattern="late", patrol_area=area)
        .select_related("shift__team", "shift__pattern")
        .order_by("shift__team__name")
    ):
        _track(route, number)
    together = Shift.objects.filter(patrol_area=area, date=last.date, pattern="late")
    together.update(scored_at=None)
    score_due(at=now)


def _track(route: Route, number: int) -> None:
    shift = route.shift
    seat = Seat.objects.filter(shift=shift).order_by("user__username").first()
    if seat is None:
        return
    scale = np.array([DEGREE * np.cos(np.radians(route.line[0][1])), DEGREE])
    flat = np.array(route.line) * scale
    gone = np.append(0.0, np.cumsum(np.hypot(*np.diff(flat, axis=0).T)))
    seconds = np.arange(0.0, (shift.ends_at - shift.starts_at).total_seconds() - 600, EVERY)
    at = np.minimum(seconds * PACE, gone[-1])
    spots = np.column_stack([np.interp(at, gone, flat[:, axis]) for axis in (0, 1)])
    spots += np.random.default_rng(number).normal(0.0, ERROR, spots.shape)
    degrees = spots / scale
    Fix.objects.bulk_create(
        (
            Fix(
                shift=shift, team_id=shift.team_id, user_id=seat.user_id, accuracy=ERROR,
                at=shift.starts_at + timedelta(seconds=float(second)),
                longitude=round(float(x), 6), latitude=round(float(y), 6),
            )
            for second, (x, y) in zip(seconds, degrees, strict=True)
        ),
        batch_size=2_000,
    )  # fmt: skip
    midnight = shift.starts_at - timedelta(minutes=shift.pattern.begins)
    stops = [stop for stop in route.stops if stop["kind"] != "street"]
    CheckIn.objects.bulk_create(
        CheckIn(
            id=new_id(), shift=shift, patrol_area_id=shift.patrol_area_id, team_id=shift.team_id,
            user_id=seat.user_id, name=stop["name"], way=Way.POSITION, metres=12,
            at=midnight + timedelta(minutes=stop["at"]),
            received_at=midnight + timedelta(minutes=stop["at"]),
            **_named(stop["key"]),
        )
        for stop in stops
    )  # fmt: skip


def _named(key: str) -> dict[str, object]:
    kind, _colon, name = key.partition(":")
    return {"point_id": name} if kind == "point" else {"place": key}
