"""Incidents, units and what a city sets. Who may read a row is decided by row security (migrations)."""

from linli.dispatch.models.incidents import (
    Assignment,
    CardAnswer,
    CheckItem,
    Clock,
    Incident,
    Report,
)
from linli.dispatch.models.kinds import (
    Capability,
    IncidentKind,
    Plan,
    PlanStep,
    QuestionCard,
    RunCard,
    Targets,
)
from linli.dispatch.models.records import (
    Handover,
    Remark,
    Review,
    SituationReport,
    TimelineEntry,
)
from linli.dispatch.models.units import DispatchUnit, Sharing, Shift, Spot, Tick, TrackPoint

__all__ = [
    "Assignment",
    "Capability",
    "CardAnswer",
    "CheckItem",
    "Clock",
    "DispatchUnit",
    "Handover",
    "Incident",
    "IncidentKind",
    "Plan",
    "PlanStep",
    "QuestionCard",
    "Remark",
    "Report",
    "Review",
    "RunCard",
    "Sharing",
    "Shift",
    "SituationReport",
    "Spot",
    "Targets",
    "Tick",
    "TimelineEntry",
    "TrackPoint",
]
