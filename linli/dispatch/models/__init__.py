"""Incidents, units and what a city sets. Who may read a row is decided by row security (migrations)."""

from linli.dispatch.models.experts import CallOut, Expert, Field, Listing
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
from linli.dispatch.models.supplies import (
    Lot,
    Movement,
    RequestLine,
    Store,
    SupplyKind,
    SupplyRequest,
)
from linli.dispatch.models.units import DispatchUnit, Sharing, Shift, Spot, Tick, TrackPoint

__all__ = [
    "Assignment",
    "CallOut",
    "Capability",
    "CardAnswer",
    "CheckItem",
    "Clock",
    "DispatchUnit",
    "Expert",
    "Field",
    "Handover",
    "Incident",
    "IncidentKind",
    "Listing",
    "Lot",
    "Movement",
    "Plan",
    "PlanStep",
    "QuestionCard",
    "Remark",
    "Report",
    "RequestLine",
    "Review",
    "RunCard",
    "Sharing",
    "Shift",
    "SituationReport",
    "Spot",
    "Store",
    "SupplyKind",
    "SupplyRequest",
    "Targets",
    "Tick",
    "TimelineEntry",
    "TrackPoint",
]
