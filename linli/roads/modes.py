"""How one gets about, on which roads, and how fast: plain data, and the reading of a way's tags."""

from collections.abc import Mapping
from enum import StrEnum

KMH = 1 / 3.6


class Mode(StrEnum):
    """How somebody gets about."""

    CAR = "car"
    BICYCLE = "bicycle"
    FOOT = "foot"


MODES = tuple(Mode)
# km/h that a car makes on a road without a sign, turns and lights included.
CAR = {
    "motorway": 95, "trunk": 70, "primary": 50, "secondary": 42, "tertiary": 36,
    "motorway_link": 45, "trunk_link": 40, "primary_link": 35, "secondary_link": 32,
    "tertiary_link": 30, "unclassified": 30, "residential": 25, "living_street": 10,
    "service": 14, "road": 25, "track": 12,
}  # fmt: skip
# What a sign allows is not what one makes.
OF_LIMIT = 0.8
BICYCLE_KMH, FOOT_KMH, STEPS_KMH = 15.0, 5.0, 2.0
# Ways for those on foot; a bicycle needs to be allowed, but for cycleways and paths.
FOOTWAYS = {"footway", "pedestrian", "path", "cycleway", "steps", "bridleway", "corridor"}
CYCLED = {"cycleway", "path"}
FAST = {"motorway", "motorway_link", "trunk", "trunk_link"}
CLASSES = (*CAR, *sorted(FOOTWAYS))

NO = {"no", "private", "agricultural", "forestry", "use_sidepath", "customers", "military"}
YES = {"yes", "designated", "permissive", "destination"}

# Speeds in m/s, there and back for each mode in the order of MODES; 0: not that way.
type Speeds = tuple[float, float, float, float, float, float]
CLOSED: Speeds = (0.0,) * 6


def speeds(tags: Mapping[str, str]) -> Speeds:
    """Return how fast each mode goes along the way and back, in m/s; 0 where it may not."""
    kind = tags.get("highway", "")
    if kind not in CAR and kind not in FOOTWAYS:
        return CLOSED
    car, bicycle, foot = _car(kind, tags), _bicycle(kind, tags), _foot(kind, tags)
    along, back = _directions(kind, tags)
    both = tags.get("oneway:bicycle") == "no" or kind in FOOTWAYS
    return (
        car * along, car * back,
        bicycle * (along or both), bicycle * (back or both),
        foot, foot,
    )  # fmt: skip


def _allowed(tags: Mapping[str, str], *keys: str, usual: bool) -> bool:
    """Say whether the most special of the tags that is there, named first, lets one through."""
    for key in keys:
        value = tags.get(key)
        if value in NO:
            return False
        if value in YES:
            return True
    return usual


def _car(kind: str, tags: Mapping[str, str]) -> float:
    usual = kind in CAR
    if not _allowed(tags, "motorcar", "motor_vehicle", "vehicle", "access", usual=usual):
        return 0.0
    if not usual:  # a pedestrian street that is open to cars by a sign
        named = {"motorcar", "motor_vehicle"} & tags.keys()
        return CAR["living_street"] * KMH if named and kind == "pedestrian" else 0.0
    limit = _limit(tags.get("maxspeed", ""))
    return (limit * OF_LIMIT if limit else CAR[kind]) * KMH


def _limit(text: str) -> float:
    """Return the limit in km/h; 0 where there is none that can be read."""
    number = text.removesuffix("km/h").removesuffix("kmh").strip()
    return min(float(number), 130.0) if number.isascii() and number.isdigit() else 0.0


def _bicycle(kind: str, tags: Mapping[str, str]) -> float:
    usual = kind in CYCLED or (kind in CAR and kind not in FAST)
    if kind == "steps":
        return 0.0
    return _allowed(tags, "bicycle", "vehicle", "access", usual=usual) * BICYCLE_KMH * KMH


def _foot(kind: str, tags: Mapping[str, str]) -> float:
    usual = kind not in FAST
    if not _allowed(tags, "foot", "access", usual=usual):
        return 0.0
    return (STEPS_KMH if kind == "steps" else FOOT_KMH) * KMH


def _directions(kind: str, tags: Mapping[str, str]) -> tuple[bool, bool]:
    sign = tags.get("oneway", "")
    if sign in {"-1", "reverse"}:
        return False, True
    round_about = tags.get("junction") in {"roundabout", "circular"}
    if sign in {"yes", "1", "true"} or (not sign and (round_about or kind == "motorway")):
        return True, False
    return True, True
