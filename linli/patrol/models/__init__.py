"""Patrols. Who may read a row is decided by row security (migrations)."""

from linli.patrol.models.areas import (
    Beat,
    CheckPoint,
    Member,
    PatrolArea,
    Skill,
    StreetPromise,
    Team,
)
from linli.patrol.models.field import CheckIn, Finding, Fix, Seen, TrackReading
from linli.patrol.models.rosters import (
    Plan,
    RosterRules,
    Seat,
    Shift,
    ShiftNeed,
    ShiftPattern,
    Swap,
    Wish,
)
from linli.patrol.models.routes import Route

__all__ = [
    "Beat", "CheckIn", "CheckPoint", "Finding", "Fix", "Member", "PatrolArea", "Plan",
    "RosterRules", "Route", "Seat", "Seen", "Shift", "ShiftNeed", "ShiftPattern", "Skill",
    "StreetPromise", "Swap", "Team", "TrackReading", "Wish",
]  # fmt: skip
