"""Today's open matters, made by the real actions at moments of the last days.

All matters live through one time line, and between two moves the clocks do what the worker would
have done: what stands on a workbench is what would stand there had people typed it.
"""

import heapq
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from django.db import connection

from linli.accounts.actor import SYSTEM, Actor
from linli.accounts.models import RoleKind as R
from linli.accounts.queries import actor_of
from linli.cases.actions.accept import accept_case
from linli.cases.actions.assign import assign_case
from linli.cases.actions.assist import assist_case
from linli.cases.actions.deny import deny_case
from linli.cases.actions.escalate import escalate_case
from linli.cases.actions.extend import extend_case
from linli.cases.actions.fire import fire_due
from linli.cases.actions.grant import grant_case
from linli.cases.actions.hand_over import hand_over_case
from linli.cases.actions.merge import merge_case
from linli.cases.actions.parties import PartyData
from linli.cases.actions.progress import progress_case
from linli.cases.actions.register import Matter, register_case
from linli.cases.actions.remind import remind_case
from linli.cases.actions.reopen import reopen_case
from linli.cases.actions.resolve import resolve_case
from linli.cases.actions.resume import resume_case
from linli.cases.actions.return_ import return_case
from linli.cases.actions.supervise import supervise_case
from linli.cases.actions.suspend import suspend_case
from linli.cases.models import Case
from linli.insight.demo.grammar import speak
from linli.insight.demo.history import Historian
from linli.insight.demo.moments import date_of, day_at, stamp
from linli.insight.demo.notes import NOTES
from linli.insight.demo.plots import OFFICES, sender, worker
from linli.insight.demo.scenes import PATHS, SHOWN, Scene, scenes
from linli.insight.demo.staff import City, Desk
from linli.kernel.working_days import local_date

OTHERS = 420
_HOUR = 3600
# A clock that runs up acts within ten seconds.
_LAG = timedelta(seconds=4)
# Verb → the longest it waits after the move before, in hours of office time.
_SOON = {"assign": 0.3, "accept": 1.5, "return": 2.0, "office": 0.5, "merge": 0.5}
_NOTED: dict[str, Callable[..., Case]] = {
    "progress": progress_case,
    "suspend": suspend_case,
    "resolve": resolve_case,
    "escalate": escalate_case,
    "return": return_case,
}
_FROM_ABOVE: dict[str, Callable[..., Case]] = {
    "remind": remind_case,
    "supervise": supervise_case,
    "grant": grant_case,
    "deny": deny_case,
}


def live_today(
    city: City, historian: Historian, now: datetime, say: Callable[[float], None], share: float
) -> None:
    """Make the shown matters and ``share`` of the others; all of it lies before ``now``."""
    wanted = list(scenes(historian.rng, historian.villages, round(OTHERS * share)))
    stage = Stage(city, historian, now)
    queue: list[tuple[int, int, Iterator[int]]] = []
    for i, scene in enumerate(wanted):
        script = stage.play(scene)
        heapq.heappush(queue, (next(script), i, script))
    done, moves = 0, sum(len(PATHS[scene.path].split()) + 1 for scene in wanted)
    while queue:
        at, i, script = heapq.heappop(queue)
        let_clocks_act(stamp(at))
        following = next(script, None)
        if following is not None:
            heapq.heappush(queue, (following, i, script))
        done += 1
        say(done / moves)
    let_clocks_act(now)


def let_clocks_act(until: datetime) -> None:
    """Let every clock act that runs up before a moment, each at its own."""
    while True:
        with connection.cursor() as cursor:
            cursor.execute("SELECT min(fires_at) FROM cases_clock WHERE fires_at IS NOT NULL")
            (first,) = cursor.fetchone()
        if first is None or first + _LAG >= until or not fire_due(at=first + _LAG):
            return


class Stage:
    """Where scenes are played: who is who, and what each step of a path does."""

    def __init__(self, city: City, historian: Historian, now: datetime) -> None:
        self.city, self.historian, self.rng = city, historian, Random("today")  # noqa: S311
        self.now = int(now.timestamp())
        self.today = local_date(now)
        self._actors: dict[UUID, Actor] = {}
        self._goes_on: dict[str, UUID] = {}

    def play(self, scene: Scene) -> Iterator[int]:
        """Yield the moment of each move, then make it; the first is the registration."""
        steps = PATHS[scene.path].split()
        moments = self._moments(scene, steps)
        yield moments[0]
        case = self._register(scene, moments[0])
        if scene.path in ("accepted", "handling"):
            self._goes_on[scene.area] = case.id
        for step, at in zip(steps, moments[1:], strict=True):
            yield at
            case = self._do(step, case, stamp(at))

    def _moments(self, scene: Scene, steps: list[str]) -> list[int]:
        """Spread the moves over the matter's age; what is done soon is done soon."""
        calendar, rng = self.historian.calendar, self.rng
        end = calendar.position(self.now) - 120
        at = end - int(scene.hours * _HOUR)
        found = [calendar.moment_of(at)]
        for i, step in enumerate(steps):
            gap = (end - at) / (len(steps) - i + 0.5) * rng.uniform(0.4, 1.1)
            at += int(min(gap, _SOON.get(step, 9) * _HOUR * rng.uniform(0.3, 1)))
            found.append(max(calendar.moment_of(at), found[-1] + 5))
        return found

    def _register(self, scene: Scene, at: int) -> Case:
        history, rng = self.historian, self.rng
        kind = scene.kind or history.draw["kind"](rng)
        channel = scene.channel or history.draw["channel"](rng)
        village = scene.area if len(scene.area) >= 12 else f"{scene.area}001"
        category = history.category(kind, village, self.today.year)
        person = self._intake(scene, channel)
        day = date_of(day_at(at))
        face = history.faces.face(scene.area, kind, category, channel, day)
        matter = Matter(
            kind=kind, title=face.title, area=scene.area, channel=channel,
            description=face.description, category=category, scale=face.scale,
            difficulty=scene.difficulty or history.draw["difficulty"](rng), urgency=self._urgency(kind),
            high_risk=rng.random() < 0.02, place=face.place, latitude=face.latitude,
            longitude=face.longitude, happened_on=face.happened_on,
            source_number=face.source_number,
            parties=[
                PartyData(role=role, is_organisation=organisation, **resident.personal)  # type: ignore[arg-type]
                for role, organisation, resident in face.parties
            ],
        )  # fmt: skip
        return register_case(matter, actor=self.actor(person), at=stamp(at))

    def _intake(self, scene: Scene, channel: str) -> UUID:
        """The shown matters come over the township's window, so that they show at its desk."""
        if scene in SHOWN and channel != "grid_worker":
            return self.city.posts[scene.area[:9]].people[R.WINDOW_CLERK][0]
        ending = "decline" if scene.path in ("returned", "thrice", "registered") else ""
        _desk, person = self.historian.intake(channel, scene.area, ending)
        return person

    def _urgency(self, kind: str) -> str:
        chance = self.rng.random()
        if kind == "incident" and chance < 0.5:
            return "danger"
        return "utility" if kind in ("request", "hazard") and chance < 0.05 else "normal"

    def actor(self, person: UUID) -> Actor:
        """Return a person with the roles of today."""
        if person not in self._actors:
            found = actor_of(person, self.today)
            assert found is not None  # noqa: S101
            self._actors[person] = found
        return self._actors[person]

    def _do(self, step: str, case: Case, at: datetime) -> Case:
        desk = self.city.desks[case.holder_id]
        if step in _NOTED:
            return _NOTED[step](case.id, note=self._say(step), actor=self._hand(case, desk), at=at)
        if step in _FROM_ABOVE:
            return _FROM_ABOVE[step](case.id, note=self._say(step), actor=self._above(desk), at=at)
        moves: dict[str, Callable[[Case, Desk, datetime], Case]] = {
            "assign": self._assign, "office": self._to_office, "accept": self._accept,
            "extend": self._extend, "extend_briefly": self._extend_briefly, "resume": self._resume, "assist": self._assist,
            "hand_over": self._hand_over, "reopen": self._reopen, "merge": self._merge,
        }  # fmt: skip
        return moves[step](case, desk, at)

    def _say(self, verb: str) -> str:
        return speak(self.rng, NOTES[verb])

    def _hand(self, case: Case, desk: Desk) -> Actor:
        """Return who handles the case, or whoever of the unit looks at it first."""
        return self.actor(case.handler_id or worker(self.rng, desk))

    def _above(self, desk: Desk) -> Actor:
        above = self.city.above(desk.area) or desk
        return self.actor(above.people[R.CENTRE_DIRECTOR][0])

    def _assign(self, case: Case, desk: Desk, at: datetime) -> Case:
        who = sender(desk)
        return assign_case(case.id, actor=self.actor(who) if who else SYSTEM, at=at)

    def _to_office(self, case: Case, desk: Desk, at: datetime) -> Case:
        low, high = OFFICES.get(case.category_id or "", ("justice", "justice"))
        offices = self.city.departments[desk.area]
        unit = offices[low if desk.level == "township" else high]
        who = sender(desk)
        assert who is not None  # noqa: S101
        return assign_case(case.id, actor=self.actor(who), at=at, unit=unit.id)

    def _accept(self, case: Case, desk: Desk, at: datetime) -> Case:
        return accept_case(case.id, actor=self.actor(worker(self.rng, desk)), at=at)

    def _extend(self, case: Case, desk: Desk, at: datetime, *days: int) -> Case:
        days = days or (5, 7, 10)
        actor = self._hand(case, desk)
        return extend_case(
            case.id, days=self.rng.choice(days), note=self._say("extend"), actor=actor, at=at
        )

    def _extend_briefly(self, case: Case, desk: Desk, at: datetime) -> Case:
        return self._extend(case, desk, at, 3)

    def _resume(self, case: Case, desk: Desk, at: datetime) -> Case:
        return resume_case(case.id, actor=self._hand(case, desk), at=at)

    def _assist(self, case: Case, desk: Desk, at: datetime) -> Case:
        helper = self.city.departments[desk.area[:9]]["police"]
        actor = self._hand(case, desk)
        return assist_case(case.id, unit=helper.id, note=self._say("assist"), actor=actor, at=at)

    def _hand_over(self, case: Case, desk: Desk, at: datetime) -> Case:
        everybody = [person for people in desk.people.values() for person in people]
        others = [person for person in everybody if person != case.handler_id] or everybody
        actor, note = self._hand(case, desk), self._say("hand_over")
        return hand_over_case(case.id, handler=others[0], note=note, actor=actor, at=at)

    def _reopen(self, case: Case, desk: Desk, at: datetime) -> Case:
        return reopen_case(case.id, note=self._say("reopen"), actor=self._hand(case, desk), at=at)

    def _merge(self, case: Case, desk: Desk, at: datetime) -> Case:
        other = self._goes_on[case.area_id]
        who = sender(desk)
        assert who is not None  # noqa: S101
        return merge_case(case.id, into=other, actor=self.actor(who), at=at)
