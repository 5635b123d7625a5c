"""What the API of mediation takes and gives. Money as text with two places, days local, ids UUIDs."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from linli.cases.choices import Destination, Way
from linli.kernel.bodies import TEXT, Input, Short, Tiny, Words
from linli.mediation.choices import (
    BreachStep,
    CourtReason,
    CourtStep,
    EndReason,
    Form,
    ObligationKind,
    SignatureManner,
    Source,
    State,
    Term,
)

Money = Annotated[Decimal, Field(gt=0, max_digits=14, decimal_places=2)]
Note = Annotated[str, Field(min_length=1, max_length=4000, pattern=TEXT)]


class StepIn(Input):
    """A step; ``version`` is the one its caller looked at, without it that check is skipped."""

    version: Annotated[int, Field(ge=0, le=2**31 - 1)] | None = None


class NoteIn(StepIn):
    """A step with its reason."""

    note: Note


class OpeningIn(Input):
    """How a mediation begins. ``consents`` are the case's parties who agreed, each with the day."""

    source: Source
    committee: UUID | None = None
    brief: Words = ""
    request: Words = ""
    claimed: Money | None = None
    claim_due_on: date | None = None
    applied_orally: bool = False
    referrer: Annotated[str, Field(max_length=80, pattern=TEXT)] = ""
    referrer_number: Tiny = ""
    referred_on: date | None = None
    answer_due_on: date | None = None
    consents: Annotated[dict[UUID, date], Field(max_length=50)] = {}


class AcceptIn(StepIn):
    """Accepted on a day; ``no_conflict``: whoever accepts and mediates has none."""

    accepted_on: date | None = None
    no_conflict: bool = False


class SeatIn(StepIn):
    """Who mediates."""

    user: UUID
    chief: bool = True
    chosen_by: Literal["committee", "parties"] = "committee"
    no_conflict: bool = False


class DeclareIn(StepIn):
    """What a mediator answered when asked for a conflict of interest."""

    user: UUID
    has_conflict: bool
    relation: Annotated[str, Field(max_length=200, pattern=TEXT)] = ""


class ObjectIn(NoteIn):
    """Which party refuses which mediator."""

    user: UUID
    participant: UUID


class ExtendIn(StepIn):
    """Days more, agreed by both sides."""

    days: Annotated[int, Field(ge=1, le=366)]


class MeetingIn(Input):
    """When, where and with whom a session is."""

    begins: datetime
    ends: datetime
    room: UUID | None = None
    place: Short = ""
    joint: bool = True
    invited: Annotated[list[UUID], Field(max_length=50)] = []
    way: Way | Literal[""] = ""


class PlanIn(StepIn):
    """A session to come."""

    meeting: MeetingIn


class HoldIn(StepIn):
    """A planned session that takes place, or one on the spot; ``came`` are participants."""

    session: UUID | None = None
    meeting: MeetingIn | None = None
    came: Annotated[list[UUID], Field(max_length=50)]


class OwedIn(Input):
    """One thing owed; ``debtor`` and ``creditor`` are participants."""

    kind: ObligationKind
    debtor: UUID
    due_on: date
    creditor: UUID | None = None
    amount: Money | None = None
    text: Annotated[str, Field(max_length=300, pattern=TEXT)] = ""


class DraftIn(StepIn):
    """A text of the agreement; ``outcome`` resolves the case with an oral one."""

    form: Form
    reached_on: date
    clauses: Annotated[list[Words], Field(min_length=1, max_length=40)]
    obligations: Annotated[list[OwedIn], Field(max_length=40)] = []
    facts: Words = ""
    claims: Words = ""
    manner: Words = ""
    outcome: Annotated[str, Field(max_length=1000, pattern=TEXT)] = ""


class SignIn(StepIn):
    """Who has signed: a participant or a seated mediator."""

    signer: UUID
    manner: SignatureManner
    signed_on: date
    through: UUID | None = None


class EffectIn(StepIn):
    """The seal is set."""

    sealed_on: date
    outcome: Annotated[str, Field(max_length=1000, pattern=TEXT)] = ""


class PayIn(StepIn):
    """Without ``amount``: all that is open, or an act."""

    obligation: UUID
    paid_on: date
    amount: Money | None = None
    receipt: UUID | None = None


class RemindIn(StepIn):
    """Whom to remind of what; ``by_message`` sends a short message."""

    obligation: UUID
    by_message: bool = False


class ReverseIn(NoteIn):
    """Which payment was a mistake."""

    payment: UUID


class PerformIn(StepIn):
    """All is done."""

    performed_on: date


class BreachIn(NoteIn):
    """What was not performed, and what is done about it."""

    obligation: UUID
    breach_step: BreachStep


class CourtIn(StepIn):
    """A step of judicial confirmation."""

    step: CourtStep
    on: date
    together: bool = False
    court: Annotated[str, Field(max_length=80, pattern=TEXT)] = ""
    number: Tiny = ""
    reason: CourtReason | Literal[""] = ""
    reason_text: Annotated[str, Field(max_length=2000, pattern=TEXT)] = ""
    decide_by: date | None = None


class FollowUpIn(StepIn):
    """How it holds; ``satisfaction`` from 1 to 5, 5 is best."""

    way: Way
    satisfaction: Annotated[int, Field(ge=1, le=5)]
    recurred: bool
    text: Words = ""


class RoutesIn(NoteIn):
    """What the parties were told of their other routes."""

    routes: Annotated[list[Destination], Field(min_length=1, max_length=10)]


class FailIn(RoutesIn):
    """No agreement; ``refer_to`` sends the case there at once."""

    refer_to: Destination | Literal[""] = ""


class EndIn(NoteIn):
    """Why it ends."""

    reason: EndReason


class AnswerIn(NoteIn):
    """When the referring body was answered, and with what."""

    answered_on: date


class ArchiveIn(StepIn):
    """How long the file is kept."""

    term: Term


class Moved(Schema):
    """Where the mediation is after the step."""

    id: UUID
    case: UUID
    state: State
    version: int
    number: str


class PartOut(Schema):
    """Who takes part; ``name`` is masked."""

    id: UUID
    part: str
    side: str
    name: str
    consented_on: date | None
    notified_on: date | None


class OwedOut(Schema):
    """What is owed under the agreement in effect; ``open`` is what was not paid, none for an act."""

    id: UUID
    kind: str
    due_on: date
    amount: str | None
    open: str | None
    settled_on: date | None


class MediationOut(Moved):
    """A mediation; ``verbs`` are the steps its caller may take now, ``next`` the usual one."""

    committee: UUID
    source: str
    opened_at: datetime
    accepted_on: date | None
    due_on: date | None
    effective_on: date | None
    form: str
    amount: str | None
    claimed: str | None
    parties: list[PartOut]
    owed: list[OwedOut]
    verbs: list[str]
    next: str
    missing: list[str]


class EventOut(Schema):
    """A step of the timeline."""

    verb: str
    at: datetime
    by: str
    to_state: str
    note: str
