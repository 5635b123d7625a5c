"""Premises and what hangs on them. Who may read a row is decided by row security (migrations)."""

from linli.premises.models.devices import Device
from linli.premises.models.inspections import Answer, CheckItem, Drill, Hazard, Inspection, Look
from linli.premises.models.premises import Need, Premises, PremisesKind
from linli.premises.models.records import AlarmTest, Contact, Event, StoredFile, WhyOpened

__all__ = [
    "AlarmTest",
    "Answer",
    "CheckItem",
    "Contact",
    "Device",
    "Drill",
    "Event",
    "Hazard",
    "Inspection",
    "Look",
    "Need",
    "Premises",
    "PremisesKind",
    "StoredFile",
    "WhyOpened",
]
