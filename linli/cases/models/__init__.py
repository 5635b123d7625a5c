"""The case and what hangs on it. Who may read a row is decided by row security (migrations)."""

from linli.cases.models.case import Case, Category, Counter, Event, Note, Placement
from linli.cases.models.parts import (
    Attachment,
    Clock,
    DeadlineRule,
    Extension,
    FollowUp,
    Link,
    Party,
    PersonSearch,
    Reason,
    SavedFilter,
)

__all__ = [
    "Attachment",
    "Case",
    "Category",
    "Clock",
    "Counter",
    "DeadlineRule",
    "Event",
    "Extension",
    "FollowUp",
    "Link",
    "Note",
    "Party",
    "PersonSearch",
    "Placement",
    "Reason",
    "SavedFilter",
]
