"""Register many matters at once, as owner: leaves what ``register_case`` and ``assign_case`` leave.

One stream a table and one chain of the log, instead of some twenty statements a case. Triggers
and constraints hold as ever; a test compares every row with those of the single actions.
"""

from collections import Counter as Tally
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.areas.codes import level_of
from linli.areas.models import Unit
from linli.audit.bulk import BulkEntry, append_all, own_chain
from linli.audit.reactions import react_to_all
from linli.cases.actions.ground import Ground
from linli.cases.actions.import_ import ENDINGS, Past, check_past, end_elsewhere
from linli.cases.actions.parties import sealed_party
from linli.cases.actions.register import Matter
from linli.cases.actions.stopwatch import Stopwatch
from linli.cases.models import Case, Clock, Event, Note, Party, Placement
from linli.cases.queries.route import Route, routes_of
from linli.kernel.copying import copy_in
from linli.kernel.crypto import text_hash
from linli.kernel.errors import Invalid, Refused
from linli.kernel.ids import new_id
from linli.kernel.working_days import local_date


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """What is known of a matter beyond itself.

    ``opened`` is when it was registered elsewhere; ``past`` how it ended there. ``send`` has an open
    one assigned at once: by ``route``, or without one to where the installation's router says. A
    settled one lies with the unit of ``route``, or with the lowest post of its place. ``facts``
    (ids, codes, numbers) and ``note`` go with the first event: where it came from, what was read.
    """

    opened: datetime | None = None
    past: Past | None = None
    send: bool = False
    route: Route | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    note: str = ""


PLAIN = Course()


def refusals(
    matters: Sequence[Matter], courses: Sequence[Course], *, actor: Actor, at: datetime
) -> list[Refused | None]:
    """Return for each matter why it can't be taken in, or None where it can. Reads only."""
    ground = Ground(matters, actor)
    return [
        _refusal(ground, matter, course, at)
        for matter, course in zip(matters, courses, strict=True)
    ]


def _refusal(ground: Ground, matter: Matter, course: Course, at: datetime) -> Refused | None:
    try:
        ground.check(matter, at)
        opened = course.opened or at
        if local_date(opened) > local_date(at):
            raise Invalid(
                _("The date lies in the future."), {"opened": _("Choose a day up to today.")}
            )
        if course.past is not None:
            check_past(course.past, opened, at)
        if (course.send or course.past) and course.route is None:
            ground.lowest_post(matter.area)
        if course.route is not None:
            ground.check_route(course.route, at)
    except Refused as refusal:
        return refusal
    return None


@transaction.atomic
def register_many(
    matters: Sequence[Matter],
    *,
    actor: Actor,
    at: datetime,
    ids: Sequence[UUID] | None = None,
    courses: Sequence[Course] | None = None,
) -> list[Case]:
    """Take all matters in at the actor's desk, in their order; all of them or none.

    ``ids`` are the keys the cases shall have. Raises the first of :func:`refusals`; ask it before.
    Runs as the database's owner (a worker, a command), never as the web role.
    """
    if not matters:
        return []
    courses = courses or [PLAIN] * len(matters)
    ground = Ground(matters, actor)
    for matter, course in zip(matters, courses, strict=True):
        if (refusal := _refusal(ground, matter, course, at)) is not None:
            raise refusal
    courses = _with_routes(matters, courses, at)
    ground.hold([course.route.unit for course in courses if course.route])
    opened = [course.opened or at for course in courses]
    numbers = _numbers(ground.desk.area_id, [local_date(moment).year for moment in opened])
    books = _Books(ground, actor, at)
    for i, (matter, course) in enumerate(zip(matters, courses, strict=True)):
        case = _new_case(matter, numbers[i], ids[i] if ids else new_id(), ground.desk, opened[i])
        books.cases.append(case)
        books.parties += [sealed_party(case, data) for data in matter.parties]
        if course.past is not None:
            books.settle(case, course, course.past)
        else:
            books.take_in(case, course)
    _write(books)
    return books.cases


def _with_routes(
    matters: Sequence[Matter], courses: Sequence[Course], at: datetime
) -> list[Course]:
    """Ask the router for all that are to be sent and have no route yet."""
    asking = [i for i, c in enumerate(courses) if c.send and c.past is None and c.route is None]
    found = list(courses)
    for i, route in zip(asking, routes_of([matters[i] for i in asking], at), strict=True):
        found[i] = replace(found[i], route=route)
    return found


def _new_case(matter: Matter, number: str, key: UUID, desk: Unit, opened: datetime) -> Case:
    return Case(
        id=key, number=number, kind=matter.kind, category_id=matter.category or None,
        title=matter.title.strip(), description=matter.description, scale=matter.scale,
        difficulty=matter.difficulty, urgency=matter.urgency, high_risk=matter.high_risk,
        channel=matter.channel, source_number=matter.source_number, area_id=matter.area,
        place=matter.place, latitude=matter.latitude, longitude=matter.longitude,
        happened_on=matter.happened_on, state="registered", holder_id=desk.id,
        level=level_of(desk.area_id), opened_at=opened,
    )  # fmt: skip


class _Books:
    """The rows of a batch, table by table, and its entries of the log."""

    def __init__(self, ground: Ground, actor: Actor, at: datetime) -> None:
        self.ground, self.actor, self.at = ground, actor, at
        self.watch = Stopwatch(at)
        self.cases: list[Case] = []
        self.placements: list[Placement] = []
        self.clocks: list[Clock] = []
        self.parties: list[Party] = []
        self.events: list[Event] = []
        self.notes: list[Note] = []
        self.entries: list[BulkEntry] = []

    def take_in(self, case: Case, course: Course) -> None:
        """Write what ``register_case`` writes, and what ``assign_case`` does if it is sent on."""
        clocks = self.watch.start(case)
        self._place(case)
        facts: dict[str, Any] = {"channel": case.channel, **course.facts}
        if course.opened is not None:
            facts["opened"] = course.opened.isoformat()
        self._tell(case, "register", "", facts, note=course.note)
        if course.send:
            self._send(case, course.route or Route(self.ground.lowest_post(case.area_id)), clocks)
        self.clocks += clocks

    def _send(self, case: Case, route: Route, clocks: list[Clock]) -> None:
        unit, sender, before = route.unit, self.ground.desk, case.level
        case.state, case.handler_id, case.version = "assigned", route.handler, 2
        case.holder_id, case.level = unit.id, level_of(unit.area_id)
        self.watch.arrive(case, clocks, level_changed=case.level != before)
        handler = str(route.handler) if route.handler else None
        facts = {"to_unit": str(unit.id), "handler": handler, **route.facts}
        if unit.id != sender.id:
            facts["from_unit"] = str(sender.id)
            self.placements[-1].until = self.at
            self._place(case)
        self._tell(case, "assign", "registered", facts)

    def settle(self, case: Case, course: Course, past: Past) -> None:
        """Write a matter that ended elsewhere: its dates are its own, the log says when it came."""
        unit = course.route.unit if course.route else self.ground.lowest_post(case.area_id)
        case.holder_id, case.level = unit.id, level_of(unit.area_id)
        end_elsewhere(case, past)
        self._place(case)
        facts = {
            "channel": case.channel,
            "opened": case.opened_at.isoformat(),
            "ended": past.ended.isoformat(),
            **course.facts,
        }
        first, *second = ENDINGS[past.state]
        if not second:
            note = "\n".join(text for text in (past.outcome, course.note) if text)
            self._tell(case, first, "", facts, note=note)
            return
        self._tell(case, first, "", facts, state="registered", note=course.note)
        more = {"destination": case.referred_to} if case.referred_to else {}
        note = past.outcome or _("Brought in as ended.")
        self._tell(case, second[0], "registered", more, note=note)

    def _place(self, case: Case) -> None:
        self.placements.append(
            Placement(case_id=case.id, unit_id=case.holder_id, part="lead", since=self.at)
        )

    def _tell(
        self,
        case: Case,
        verb: str,
        before: str,
        facts: Mapping[str, Any],
        *,
        note: str = "",
        state: str = "",
    ) -> None:
        """Add the timeline's row, the note beside it and the entry, as ``write_event`` does."""
        event = Event(
            case_id=case.id, verb=verb, at=self.at, actor_id=self.actor.user_id, from_state=before,
            to_state=state or case.state, unit_id=case.holder_id, facts=facts,
        )  # fmt: skip
        self.events.append(event)
        told = {
            **facts, "event": str(event.id), "unit": str(case.holder_id), "state": event.to_state,
        }  # fmt: skip
        if note:
            self.notes.append(Note(event_id=event.id, case_id=case.id, text=note))
            told["note"] = text_hash(note, event.id.bytes)
        self.entries.append(
            BulkEntry("case", case.id, f"case.{verb}", self.actor.user_id, self.at, told)
        )


def _write(books: _Books) -> None:
    rows: tuple[Sequence[Any], ...] = (
        books.cases, books.placements, books.clocks, books.parties, books.events, books.notes,
    )  # fmt: skip
    for some in rows:
        copy_in(some)
    with connection.cursor() as cursor:
        # Foreign keys now: once the chain is locked, everybody who falls on it waits for our commit.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
    append_all(books.entries, own_chain())
    react_to_all([(e.event, str(e.object_id), e.facts) for e in books.entries])
    for case in books.cases:
        case._state.adding, case._state.db = False, connection.alias


def _numbers(area: str, years: Sequence[int]) -> list[str]:
    """Return the next numbers of an area, one for each of ``years`` in their order."""
    following: dict[int, int] = {}
    with connection.cursor() as cursor:
        for year, count in sorted(Tally(years).items()):
            cursor.execute(
                "INSERT INTO cases_counter (area, year, last) VALUES (%(area)s, %(year)s, %(n)s)"
                " ON CONFLICT (area, year) DO UPDATE SET last = cases_counter.last + %(n)s"
                " RETURNING last",
                {"area": area, "year": year, "n": count},
            )
            following[year] = cursor.fetchone()[0] - count
    found = []
    for year in years:
        following[year] += 1
        found.append(f"{area}-{year}-{following[year]:06d}")
    return found
