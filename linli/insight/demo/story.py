"""One case of the history, lived through in memory with the moves of ``cases.lifecycle``.

A :class:`Story` keeps what the actions keep (state, holder, clocks, placements, timeline), refuses
the same moves, and lets clocks that run up remind, supervise and tell the level above, as the
worker would have done. What comes out are rows to copy.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Any
from uuid import UUID

from linli.cases import lifecycle
from linli.insight.demo.moments import id_at, text_id_at
from linli.insight.demo.notes import DESIGNATED, PASSED
from linli.insight.demo.staff import City, Desk
from linli.insight.demo.timing import STEPS, Terms, Timer

_WAITING = (lifecycle.REGISTERED, lifecycle.ASSIGNED, lifecycle.RETURNED)
# The worker looks every ten seconds; what it does is written a moment after the clock ran up.
_WORKER_LAG = 4


@dataclass(slots=True)
class Step:
    """One row of the timeline, with the note beside it."""

    id: str
    verb: str
    at: int
    actor: UUID | None
    before: str
    after: str
    unit: Desk
    facts: dict[str, Any]
    note: str


@dataclass(slots=True)
class Stay:
    """One placement."""

    unit: Desk
    part: str
    since: int
    until: int | None = None


class TooLate(Exception):
    """A move would lie after the moment the story has to end."""


class Story:
    """A case from its registration on; every move moves ``at`` forward."""

    def __init__(
        self, rng: Random, city: City, terms: Terms, *, area: str, difficulty: str, urgency: str,
        kind: str, until: int,
    ) -> None:  # fmt: skip
        self.rng, self.city, self.terms = rng, city, terms
        self.area, self.difficulty, self.urgency, self.kind = area, difficulty, urgency, kind
        self.until = until
        self.state = ""
        self.at = self.opened = 0
        self.handler: UUID | None = None
        self.returns = self.reminders = 0
        self.designated = self.supervised = False
        self.told: Desk | None = None
        self.resolved: int | None = None
        self.resolved_level = self.outcome = self.referred_to = ""
        self.on_time: bool | None = None
        self.followed_up: int | None = None
        self.satisfaction: int | None = None
        self.closed: int | None = None
        self.extension: list[Any] | None = None
        self.extensions: list[list[Any]] = []
        self.follow_ups: list[tuple[int, UUID | None, str, int, bool]] = []
        self.steps: list[Step] = []
        self.stays: list[Stay] = []
        self.timers: list[Timer] = []
        self.running: dict[str, Timer] = {}
        self._next_fire: int | None = None

    def register(self, at: int, desk: Desk, actor: UUID, channel: str) -> None:
        """Take the matter in at a desk."""
        self.at = self.opened = at
        self.holder = desk
        self.level = desk.level
        self.id = id_at(at, self.rng.getrandbits(74))
        self.stays.append(Stay(desk, "lead", at))
        self._move("register", at, actor, facts={"channel": channel})

    def do(
        self, verb: str, after: int, actor: UUID | None, note: str = "", *,
        facts: dict[str, Any] | None = None, to: Desk | None = None,
    ) -> None:  # fmt: skip
        """Make a move when ``after`` seconds of office hours have passed, and some more."""
        at = self.terms.calendar.later(self.at, after) + int(self.rng.random() * 57) + 1
        self.do_at(verb, max(at, self.at + 61), actor, note, facts=facts, to=to)

    def do_at(
        self, verb: str, at: int, actor: UUID | None, note: str = "", *,
        facts: dict[str, Any] | None = None, to: Desk | None = None,
    ) -> None:  # fmt: skip
        """Make a move at a moment; clocks that run up before act first."""
        if at > self.until:
            raise TooLate
        self.let_fire(at)
        self._move(verb, at, actor, note, facts or {}, to)

    def assign(self, after: int, actor: UUID | None, to: Desk, handler: UUID | None = None) -> None:
        """Send the case to a unit (or designate it there, after three returns)."""
        verb, note = "assign", ""
        if self.returns >= lifecycle.RETURNS_BEFORE_DESIGNATION:
            verb, note = "designate", DESIGNATED
        facts = {"to_unit": str(to.id), "handler": str(handler) if handler else None}
        self.do(verb, after, actor, note, facts=facts, to=to)
        self.handler, self.told = handler, None
        self.designated = verb == "designate"

    def accept(self, after: int, actor: UUID) -> None:
        """Take the case in hand."""
        self.do("accept", after, actor)
        self.handler = actor

    def escalate(self, after: int, note: str) -> None:
        """Send the case one level up."""
        target = self.city.above(self.holder.area)
        if target is None:
            raise ValueError("already at the top")
        self.do("escalate", after, self.handler, note, facts={"to_unit": str(target.id)}, to=target)
        self.handler, self.told, self.returns, self.designated = None, None, 0, False

    def give_back(self, after: int, actor: UUID, note: str, sender: Desk) -> None:
        """Return the case to who sent it."""
        self.do("return", after, actor, note, facts={"returns": self.returns + 1}, to=sender)
        self.returns += 1
        self.handler = None

    def ask_for_time(self, after: int, days: int, note: str) -> None:
        """Ask for an extension."""
        self.do("extend", after, self.handler, note, facts={"days": days})
        self.extension = [days, self.at, self.handler, None, None, None]
        self.extensions.append(self.extension)

    def answer(self, after: int, actor: UUID, granted: bool, note: str) -> None:
        """Grant or deny the extension."""
        assert self.extension is not None  # noqa: S101
        days = self.extension[0]
        self.do("grant" if granted else "deny", after, actor, note, facts={"days": days})
        self.extension[3:] = [self.at, actor, granted]
        self.extension = None
        if granted:
            for kind in ("level", "difficulty"):
                if timer := self.running.get(kind):
                    self.terms.lengthen(timer, days)
            self._look()

    def assist(self, after: int, helper: Desk) -> None:
        """Bring in a helper."""
        self.do("assist", after, self.handler, facts={"helper": str(helper.id)})
        self.stays.append(Stay(helper, "helper", self.at))

    def resolve(self, after: int, outcome: str) -> None:
        """Settle the matter."""
        self.do("resolve", after, self.handler, outcome)

    def reopen(self, after: int, actor: UUID, note: str) -> None:
        """Take it up again."""
        self.do("reopen", after, actor, note)
        self.resolved = self.followed_up = self.satisfaction = self.on_time = self.told = None
        self.resolved_level = self.outcome = ""

    def follow_up(self, at: int, actor: UUID, way: str, satisfaction: int, recurred: bool) -> None:
        """Ask whether it holds."""
        facts = {"way": way, "satisfaction": satisfaction, "recurred": recurred}
        self.do_at("follow_up", at, actor, facts=facts)
        self.follow_ups.append((at, actor, way, satisfaction, recurred))
        self.followed_up, self.satisfaction = at, satisfaction
        self._stop(at, "follow_up")
        self._look()

    def close(self, after: int, actor: UUID) -> None:
        """End it for good."""
        self.do("close", after, actor)
        self.closed = self.at

    def let_fire(self, before: int) -> None:
        """Let every clock act that runs up before a moment."""
        while self._next_fire is not None and self._next_fire + _WORKER_LAG < before:
            timer = min(
                (t for t in self.running.values() if t.fires is not None),
                key=lambda t: t.fires or 0,
            )
            verb, at = STEPS[timer.step], max((timer.fires or 0) + _WORKER_LAG, self.at + 1)
            if at >= before:
                return
            timer.step += 1
            timer.fires = self.terms.next_fire(timer)
            self._fire(verb, at, timer)
            self._look()

    def _fire(self, verb: str, at: int, timer: Timer) -> None:
        facts: dict[str, Any] = {"clock": timer.kind}
        note = ""
        match verb:
            case "remind":
                self.reminders += 1
            case "supervise":
                self.supervised, note = True, PASSED
            case "alert":
                self.told = self.city.above(self.holder.area) or self.holder
                facts["told"] = str(self.told.id)
        self._write(verb, at, None, self.state, note, facts)

    def _move(
        self, verb: str, at: int, actor: UUID | None, note: str = "",
        facts: dict[str, Any] | None = None, to: Desk | None = None,
    ) -> None:  # fmt: skip
        before, sender, level = self.state, self.holder, self.level
        if verb != "register" and not lifecycle.legal(verb, before):
            raise ValueError(f"{verb} is not possible from {before}")
        self.state = lifecycle.after(verb, before)
        told = facts or {}
        if verb == "resolve":
            due = min((t.due for t in self.running.values() if t.paused is None), default=None)
            self.on_time = due is None or at <= due
            self.resolved, self.resolved_level, self.outcome = at, self.level, note
            self.followed_up = None
        if to is not None:
            self.holder, self.level = to, to.level
            if to is not sender:
                told["from_unit"] = str(sender.id)
                self.stays[self._lead()].until = at
                self.stays.append(Stay(to, "lead", at))
        self._turn(lifecycle.MOVES[verb].clocks, at, self.level != level)
        self._write(verb, at, actor, before, note, told)

    def _lead(self) -> int:
        return next(
            i for i, stay in enumerate(self.stays) if stay.part == "lead" and stay.until is None
        )

    def _write(
        self, verb: str, at: int, actor: UUID | None, before: str, note: str, facts: dict[str, Any]
    ) -> None:
        self.at = at
        key = text_id_at(at, self.rng.getrandbits(74))
        self.steps.append(Step(key, verb, at, actor, before, self.state, self.holder, facts, note))

    def _turn(self, effect: str, at: int, level_changed: bool) -> None:
        match effect:
            case "keep":
                return
            case "register":
                self._stop(at)
                self._start("difficulty", self.difficulty, at)
                self._start("level", self.level, at)
                self._time_acceptance(at)
            case "arrive":
                self._time_acceptance(at)
                if level_changed or "level" not in self.running:
                    self._stop(at, "level")
                    self._start("level", self.level, at)
            case "accept":
                self._stop(at, "accept")
            case "pause":
                for timer in self.running.values():
                    timer.paused, timer.fires = at, None
            case "resume":
                for timer in self.running.values():
                    self.terms.resume(timer, at)
            case "resolve":
                self._stop(at)
                self._start("follow_up", self.kind, at)
            case "stop":
                self._stop(at)
        self._look()

    def _time_acceptance(self, at: int) -> None:
        self._stop(at, "accept")
        if self.state in _WAITING:
            self._start("accept", self.urgency, at)

    def _start(self, kind: str, key: str, at: int) -> None:
        if timer := self.terms.timer(kind, key, at):
            self.timers.append(timer)
            self.running[kind] = timer

    def _stop(self, at: int, *kinds: str) -> None:
        for kind in kinds or tuple(self.running):
            if timer := self.running.pop(kind, None):
                timer.stopped, timer.fires = at, None

    def _look(self) -> None:
        fires = [timer.fires for timer in self.running.values() if timer.fires is not None]
        self._next_fire = min(fires, default=None)

    @property
    def going(self) -> Sequence[Timer]:
        """The clocks that run and are not paused."""
        return [timer for timer in self.running.values() if timer.paused is None]
