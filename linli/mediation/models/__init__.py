"""A mediation and what hangs on it. Who may read a row is decided by row security (migrations)."""

from linli.mediation.models.agreements import (
    Agreement,
    AgreementClause,
    Clause,
    Obligation,
    Payment,
    Signature,
)
from linli.mediation.models.committees import Committee, Mediator
from linli.mediation.models.confirmations import Confirmation, ConfirmationEvent
from linli.mediation.models.files import Archive, Paper, Template
from linli.mediation.models.mediation import Conflict, Event, FollowUp, Mediation, Note, Seat
from linli.mediation.models.parties import Mandate, Participant
from linli.mediation.models.sessions import Attendance, RecordVersion, Session, SessionSeat
from linli.mediation.models.statistics import Delta, Facet, Fact, Prevention, Rollup

__all__ = [
    "Agreement",
    "AgreementClause",
    "Archive",
    "Attendance",
    "Clause",
    "Committee",
    "Confirmation",
    "ConfirmationEvent",
    "Conflict",
    "Delta",
    "Event",
    "Facet",
    "Fact",
    "FollowUp",
    "Mandate",
    "Mediation",
    "Mediator",
    "Note",
    "Obligation",
    "Paper",
    "Participant",
    "Payment",
    "Prevention",
    "RecordVersion",
    "Rollup",
    "Seat",
    "Session",
    "SessionSeat",
    "Signature",
    "Template",
]
