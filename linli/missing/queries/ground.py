"""The ground of a search: its streets, what cameras see of them, and the belief about it now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings

from linli.cameras.models import Camera
from linli.kernel.earth import DEGREE
from linli.kernel.row_security import unscoped
from linli.missing.choices import UNSURE, Sure
from linli.missing.models import Destination, Look, Search, Walk
from linli.missing.planning.belief import CLIP, Outcome
from linli.missing.planning.people import Goal, Report
from linli.missing.planning.search import Plan, observe, observe_street, plan, windows_of
from linli.missing.planning.streets import Streets, around
from linli.missing.planning.views import Camera as View
from linli.missing.planning.views import Views, look
from linli.roads import store
from linli.roads.network import network_in

# Metres around the place last seen that are searched with streets and cameras.
REACH = 9_000.0
# A camera of which nobody told where it looks is taken to see so far, all round.
UNKNOWN_REACH = 30.0
# A person is known in a picture up to here, whatever the field of view says.
FARTHEST = 80.0
NIGHT = (20, 6)
PEOPLE = 12_000

type Row = tuple[str, float, float, float, float, float]


@dataclass(frozen=True, slots=True)
class Ground:
    """Streets and views of a search; ``cameras`` are the registry's ids in the order of the views."""

    version: str
    streets: Streets
    views: Views
    cameras: tuple[UUID, ...]


def streets_of(search: Search) -> Streets | None:
    """Return the streets around on the map in use; None without a map or without a place on it."""
    version, middle = store.current(), _middle(search)
    return _streets(version.directory, middle) if version and middle else None


def ground_of(search: Search) -> Ground | None:
    """Return the ground of a search: its streets with what cameras see of them; None as for those."""
    version, middle = store.current(), _middle(search)
    if version is None or middle is None:
        return None
    return _ground(version.directory, version.name, middle, _cameras(*middle))


def _middle(search: Search) -> tuple[float, float] | None:
    if search.latitude is None or search.longitude is None:
        return None
    return round(search.longitude, 6), round(search.latitude, 6)


def _cameras(east: float, north: float) -> tuple[Row, ...]:
    """Return where the cameras around hang and look, whoever keeps them: their pictures are for
    grants, where they stand is for the plan."""
    degrees = REACH / DEGREE
    with unscoped():
        rows = Camera.objects.filter(
            retired_on=None,
            latitude__range=(north - degrees, north + degrees),
            longitude__range=(east - 2 * degrees, east + 2 * degrees),
        ).order_by("code", "id")
        found = list(rows.values_list("id", "longitude", "latitude", "heading", "angle", "reach"))
    return tuple(
        (
            str(key), longitude, latitude, heading or 0.0, angle or 360.0,
            min(reach, FARTHEST) if reach else UNKNOWN_REACH,
        )
        for key, longitude, latitude, heading, angle, reach in found
    )  # fmt: skip


@lru_cache(maxsize=4)
def _streets(directory: Path, middle: tuple[float, float]) -> Streets | None:
    try:
        return around(network_in(directory), middle, REACH)
    except ValueError:
        return None


@lru_cache(maxsize=4)
def _ground(
    directory: Path, version: str, middle: tuple[float, float], rows: tuple[Row, ...]
) -> Ground | None:
    streets = _streets(directory, middle)
    if streets is None:
        return None
    views = look(
        streets,
        [
            View(*streets.metres(longitude, latitude), heading, angle, reach)
            for _key, longitude, latitude, heading, angle, reach in rows
        ],
    )
    return Ground(version, streets, views, tuple(UUID(row[0]) for row in rows))


def report_of(search: Search, streets: Streets) -> Report:
    """Return what the planner knows of a search."""
    unsure, off = UNSURE[Sure(search.sure)]
    goals, home = [], None
    for one in Destination.objects.filter(search=search).order_by("pk"):
        place = streets.metres(one.longitude, one.latitude)
        if one.is_home:
            home = place
        else:
            goals.append(Goal(*place))
    x, y = streets.metres(search.longitude or 0.0, search.latitude or 0.0)
    hour = search.seen_at.astimezone(ZoneInfo(settings.TIME_ZONE)).hour
    return Report(
        x, y, search.seen_at.timestamp(), search.category, unsure, off, tuple(goals), home,
        hour >= NIGHT[0] or hour < NIGHT[1],
    )  # fmt: skip


def belief_now(search: Search, ground: Ground, at: datetime) -> Plan:
    """Return the belief with everything that was said, in the order in which it was."""
    report = report_of(search, ground.streets)
    now = max(at.timestamp(), report.time)
    belief = plan(
        ground.streets, ground.views, report, now=now, people=PEOPLE, seed=search.id.int % 2**31
    )
    number = {camera: index for index, camera in enumerate(ground.cameras)}
    local = {int(street): index for index, street in enumerate(ground.streets.number)}
    for said in _said(search):
        outcome = Outcome(said.outcome)
        if isinstance(said, Look):
            camera = number.get(said.camera) if said.camera else None
            window = window_of(report, now, said.since)
            if camera is not None and 0 <= window < belief.scene.windows:
                belief = observe(belief, camera, window, outcome)
        else:
            walked = [local[street] for street in said.streets if street in local]
            if walked and (moment := said.seen_at or said.said_at):
                belief = observe_street(belief, walked, moment.timestamp() - 1, outcome)
    return belief


def _said(search: Search) -> Sequence[Look | Walk]:
    looks = list(Look.objects.filter(search=search, said_at__isnull=False, camera__isnull=False))
    walks = list(Walk.objects.filter(search=search, said_at__isnull=False))
    return sorted([*looks, *walks], key=lambda one: (one.said_at or one.taken_at, str(one.id)))


def window_of(report: Report, now: float, since: datetime) -> int:
    """Return the window that begins at a moment."""
    origin, _ = windows_of(report, now)
    return int((since.timestamp() - origin) // CLIP)


def clip_span(since: datetime) -> tuple[datetime, datetime]:
    """Return from when to when a clip is."""
    return since, since + timedelta(seconds=CLIP)
