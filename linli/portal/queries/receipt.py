"""What the holder of a receipt sees: one report, its steps and its conversation."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor, desk_actor
from linli.cases import lifecycle as cases
from linli.kernel.errors import NotFound
from linli.kernel.working_days import local_date
from linli.portal.lifecycle import CONTENT_FROM, DONE, RATING
from linli.portal.models import Message, Photo, Publication, Reopening, Report
from linli.portal.queries.house import terms
from linli.portal.receipts import hash_of, read_code
from linli.portal.scope import holding


@dataclass(frozen=True, slots=True)
class Standing:
    """The facts of the case a resident is told; columns of ``portal_standing()``."""

    report_id: UUID
    case_id: UUID
    number: str
    kind: str
    state: str
    area_code: str
    area: str
    opened_at: datetime
    resolved_at: datetime | None
    closed_at: datetime | None
    followed_up_at: datetime | None
    unit_id: UUID
    unit_area: str
    unit: str
    phone: str
    address: str
    joined_state: str | None
    told: str | None

    @property
    def desk(self) -> Actor:
        """Linli at the desk the case is with: under its scope a resident's wish is carried out."""
        return desk_actor(self.unit_id, self.unit_area)

    @property
    def is_done(self) -> bool:
        """Say whether the centre holds it for solved."""
        return self.state in DONE

    @property
    def may_withdraw(self) -> bool:
        """Say whether it can still be taken back."""
        return cases.legal("withdraw", self.state)


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the case that residents are told."""

    verb: str
    at: datetime
    unit: str


@dataclass(slots=True)
class Line:
    """A message with its photos."""

    message: Message
    photos: list[Photo] = field(default_factory=list)


@dataclass(slots=True)
class Seen:
    """Everything behind one receipt."""

    standing: Standing
    report: Report
    steps: Sequence[Step]
    lines: Sequence[Line]
    wishes: Sequence[Reopening]
    publication: Publication | None
    last_day: date | None
    today: date

    @property
    def open_question(self) -> Message | None:
        """The centre's latest question, while nothing was answered after it."""
        for line in reversed(self.lines):
            if line.message.word == "answer":
                return None
            if line.message.word == "question":
                return line.message
        return None

    @property
    def rating(self) -> Message | None:
        """The rating of the present resolution."""
        return rating_of(self.standing, [line.message for line in self.lines])

    @property
    def open_wish(self) -> Reopening | None:
        """The wish nobody has decided on yet."""
        return next((wish for wish in self.wishes if wish.decided_at is None), None)

    @property
    def may_wish(self) -> bool:
        """Say whether a reopening can be asked for now."""
        return may_wish(self.standing, self.wishes, self.last_day, self.today)


def held(code: str) -> tuple[bytes, Standing]:
    """Return the hash and the facts behind a code; raises :class:`NotFound` for any other."""
    known = read_code(code)
    if known is None:
        raise _unknown()
    token_hash = hash_of(known)
    with holding(token_hash):
        return token_hash, _standing()


def seen(code: str, now: datetime) -> Seen:
    """Return everything behind a code; raises :class:`NotFound` where it opens nothing."""
    known = read_code(code)
    if known is None:
        raise _unknown()
    with holding(hash_of(known)):
        standing = _standing()
        report = Report.objects.get(pk=standing.report_id)
        wishes = list(Reopening.objects.filter(report=report).order_by("id"))
        return Seen(
            standing=standing,
            report=report,
            steps=_steps(),
            lines=_lines(report),
            wishes=wishes,
            publication=Publication.objects.filter(report=report).defer("photo").first(),
            last_day=last_day(standing),
            today=local_date(now),
        )


def photo(code: str, photo_id: UUID) -> Photo:
    """Return one of the receipt's own photos; raises :class:`NotFound` for any other."""
    known = read_code(code)
    if known is None:
        raise _unknown()
    with holding(hash_of(known)):
        found = Photo.objects.filter(pk=photo_id).first()
    if found is None:
        raise NotFound(_("There is no such photo here."))
    return found


def last_day(standing: Standing) -> date | None:
    """Return the last day on which a reopening can be asked for; None while nothing is solved."""
    if not standing.is_done or standing.resolved_at is None:
        return None
    return local_date(standing.resolved_at) + timedelta(days=terms().reopening_days)


def may_wish(
    standing: Standing, wishes: Sequence[Reopening], last: date | None, today: date
) -> bool:
    """Say whether a reopening may be asked for: solved, in time, and not yet asked of this one."""
    asked = any(wish.resolved_at == standing.resolved_at for wish in wishes)
    return last is not None and today <= last and not asked


def rating_of(standing: Standing, messages: Sequence[Message]) -> Message | None:
    """Return the rating given after the present resolution, if there is one."""
    if standing.resolved_at is None:
        return None
    return next((m for m in messages if m.word == RATING and m.at >= standing.resolved_at), None)


def counts_as_follow_up(standing: Standing, satisfaction: int) -> bool:
    """Say whether a rating is itself the follow-up of the case.

    Not where the resident is discontent: then a person asks back. Not for disputes: whether an
    agreement holds is asked after 30 and 90 days.
    """
    waits = standing.state == cases.RESOLVED and standing.followed_up_at is None
    return waits and standing.kind != "dispute" and satisfaction >= CONTENT_FROM


def _standing() -> Standing:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM portal_standing()")
        row = cursor.fetchone()
    if row is None:
        raise _unknown()
    return Standing(*row)


def _steps() -> list[Step]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM portal_steps()")
        return [Step(*row) for row in cursor.fetchall()]


def _lines(report: Report) -> list[Line]:
    lines = {m.pk: Line(m) for m in Message.objects.filter(report=report).order_by("id")}
    for one in Photo.objects.filter(report=report).order_by("id"):
        lines[one.message_id].photos.append(one)
    return list(lines.values())


def _unknown() -> NotFound:
    return NotFound(
        _("Nothing was found for this number and code."),
        _("Check the code on your receipt, letter by letter. The centre can give you a new one."),
    )
