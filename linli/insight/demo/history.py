"""The history of the demo: every dispute of ten published years, and some matters since."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from random import Random
from uuid import UUID

from linli.accounts.models import RoleKind as R
from linli.insight.demo import chances
from linli.insight.demo.draw import Draw
from linli.insight.demo.faces import Face, Faces
from linli.insight.demo.moments import (
    AFTERNOON,
    CLOSES,
    NOON,
    OPENS,
    Calendar,
    date_of,
    day_at,
    moment,
    number_of,
)  # fmt: skip
from linli.insight.demo.plots import Plot, live
from linli.insight.demo.staff import City, Desk
from linli.insight.demo.story import Story, TooLate
from linli.insight.demo.timing import Terms


@dataclass(frozen=True, slots=True)
class Period:
    """Matters registered between two days; by ``until`` (a moment) every story is over."""

    first: date
    last: date
    matters: int
    resolved: int
    until: int
    mixed: bool = False


class Historian:
    """Writes the stories of a city."""

    def __init__(self, city: City, calendar: Calendar, rng: Random) -> None:
        self.city, self.calendar, self.rng = city, calendar, rng
        self.terms = Terms(calendar)
        self.faces = Faces(city, rng)
        self.counters: defaultdict[tuple[str, int], int] = defaultdict(int)
        villages = [code for code in city.places if len(code) == 12]
        self.villages = Draw({code: chances.weight_of(code) for code in villages})
        self.grids: defaultdict[str, list[str]] = defaultdict(list)
        for code in city.places:
            if len(code) == 15:
                self.grids[code[:12]].append(code)
        self.draw = {
            "kind": Draw(chances.KINDS), "channel": Draw(chances.CHANNELS),
            "level": Draw(chances.LEVELS), "difficulty": Draw(chances.DIFFICULTY),
            "ending": Draw(chances.ENDINGS),
            "urban": Draw(_weighted(chances.URBAN_ONLY, chances.RURAL_ONLY)),
            "rural": Draw(_weighted(chances.RURAL_ONLY, chances.URBAN_ONLY)),
            **{kind: Draw(w) for kind, w in chances.OTHER_CATEGORIES.items()},
        }  # fmt: skip

    def write(self, period: Period) -> Iterator[tuple[Story, Face]]:
        """Yield the stories of a period in the order of their registration."""
        failed = set(self.rng.sample(range(period.matters), period.matters - period.resolved))
        for i, at in enumerate(self._moments(period)):
            yield self._one(at, period, resolves=i not in failed)

    def _moments(self, period: Period) -> list[int]:
        first, last = number_of(period.first), number_of(period.last)
        weights = [_weight(date_of(day), self.calendar) for day in range(first, last + 1)]
        days = self.rng.choices(range(first, last + 1), weights, k=period.matters)
        found = sorted(moment(day, self._second()) for day in days)
        # What comes in on the last day must be settled on it.
        latest = moment(last, NOON)
        return [min(at, latest - (at % 3000)) for at in found]

    def _second(self) -> int:
        rng = self.rng
        if rng.random() < 0.56:
            return OPENS + int(rng.random() * (NOON - OPENS))
        return AFTERNOON + int(rng.random() * (CLOSES - AFTERNOON - 600))

    def _one(self, at: int, period: Period, *, resolves: bool) -> tuple[Story, Face]:
        rng = self.rng
        village = self.villages(rng)
        kind = self.draw["kind"](rng) if period.mixed else "dispute"
        category = self.category(kind, village, date_of(day_at(at)).year)
        channel = self.draw["channel"](rng)
        difficulty = self.draw["difficulty"](rng)
        ending = "resolve" if resolves else self.draw["ending"](rng)
        level = self._level(category, kind)
        hurried = False
        while True:
            area = village
            if level == "grid" or (channel == "grid_worker" and rng.random() < 0.4):
                area = rng.choice(self.grids[village])
            story = Story(
                rng, self.city, self.terms, area=area, difficulty=difficulty, urgency="normal",
                kind=kind, until=period.until,
            )  # fmt: skip
            desk, actor = self.intake(channel, area, ending)
            story.register(at, desk, actor, channel)
            try:
                live(story, Plot(category, level, ending, hurried))
            except TooLate:
                # Resolved, and the follow-up lies ahead: good. Anything else must go quicker.
                if story.state != "resolved":
                    hurried, level, difficulty = True, "village", "simple"
                    continue
                story.let_fire(period.until)
            if (story.resolved or 0) <= _end_of(period):
                return story, self._faced(story, category, channel)
            hurried, level, difficulty = True, "village", "simple"

    def category(self, kind: str, village: str, year: int) -> str:
        """Return a type within a kind, as common as it is in such a place and year."""
        if kind != "dispute":
            return self.draw[kind](self.rng)
        draw = self.draw["urban" if village.startswith("62030200") else "rural"]
        category = draw(self.rng)
        return "consumer" if chances.LATER.get(category, 0) > year else category

    def _level(self, category: str, kind: str) -> str:
        level = self.draw["level"](self.rng)
        harder = category in chances.HARD and self.rng.random() < 0.15
        if harder and kind == "dispute" and level in ("grid", "village"):
            return "township"
        return level

    def intake(self, channel: str, area: str, ending: str) -> tuple[Desk, UUID]:
        """Return the desk that takes a matter in, and who sits there."""
        rng, posts = self.rng, self.city.posts
        village, township, county = posts[area[:12]], posts[area[:9]], posts[area[:6]]
        if ending == "decline":
            return township, township.people[R.WINDOW_CLERK][0]
        if channel == "grid_worker":
            grid = posts[area if len(area) == 15 else rng.choice(self.grids[area])]
            return grid, grid.people[R.GRID_WORKER][0]
        if channel in ("meeting", "window") and rng.random() < 0.55:
            kind = R.MEDIATOR if rng.random() < 0.6 else R.CENTRE_DIRECTOR
            return village, village.people[kind][0]
        if channel in ("court", "police", "petitions", "procuratorate", "other"):
            desk = county if rng.random() < 0.35 else township
            return desk, desk.people[R.WINDOW_CLERK][0]
        if channel in ("phone", "online") and rng.random() < 0.2:
            return county, county.people[R.DISPATCHER][0]
        return township, township.people[R.WINDOW_CLERK][0]

    def _faced(self, story: Story, category: str, channel: str) -> Face:
        opened = date_of(day_at(story.opened))
        face = self.faces.face(story.area, story.kind, category, channel, opened)
        face.number = self._number(story.steps[0].unit.area, opened.year)
        return face

    def _number(self, area: str, year: int) -> str:
        self.counters[area, year] += 1
        return f"{area}-{year}-{self.counters[area, year]:06d}"


def _end_of(period: Period) -> int:
    return moment(number_of(period.last), CLOSES + 3600)


def _weight(day: date, calendar: Calendar) -> float:
    weight = chances.weight_on(day)
    return weight if calendar.works_on(number_of(day)) else weight * chances.DAY_OFF


def _weighted(more: Mapping[str, float], less: Mapping[str, float]) -> dict[str, float]:
    return {
        code: weight * more.get(code, 1.0) / less.get(code, 1.0)
        for code, weight in chances.CATEGORIES.items()
    }
