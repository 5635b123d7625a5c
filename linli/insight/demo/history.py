"""The history of the demo: every dispute of ten published years, and some matters since."""

from bisect import bisect
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from random import Random
from uuid import UUID

from linli.accounts.models import RoleKind as R
from linli.insight.demo import chances
from linli.insight.demo.grammar import speak
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
from linli.insight.demo.notes import BRIEFS, RURAL_PLACES, URBAN_PLACES
from linli.insight.demo.persons import Resident, organisations, residents
from linli.insight.demo.plots import Plot, live
from linli.insight.demo.rows import Face
from linli.insight.demo.staff import City, Desk
from linli.insight.demo.story import Story, TooLate
from linli.insight.demo.timing import Terms
from linli.insight.demo.titles import TITLES

RESIDENTS = 16_000
_FIRMS = {"wages": 7, "labour": 1, "property": 0, "consumer": 6, "medical": 9, "tourism": 8}


class Draw:
    """A weighted choice that is quick to make again and again."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        self.values = list(weights)
        self.sums = list(accumulate(weights.values()))

    def __call__(self, rng: Random) -> str:
        return self.values[bisect(self.sums, rng.random() * self.sums[-1])]


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
        self.residents = residents(rng, RESIDENTS)
        self.firms = organisations()
        self.counters: defaultdict[tuple[str, int], int] = defaultdict(int)
        villages = [code for code in city.places if len(code) == 12]
        self._villages = Draw({code: chances.weight_of(code) for code in villages})
        self._grids: defaultdict[str, list[str]] = defaultdict(list)
        for code in city.places:
            if len(code) == 15:
                self._grids[code[:12]].append(code)
        self._draw = {
            "kind": Draw(chances.KINDS), "channel": Draw(chances.CHANNELS),
            "level": Draw(chances.LEVELS), "difficulty": Draw(chances.DIFFICULTY),
            "scale": Draw(chances.SCALE), "ending": Draw(chances.ENDINGS),
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
        village = self._villages(rng)
        kind = self._draw["kind"](rng) if period.mixed else "dispute"
        category = self._category(kind, village, date_of(day_at(at)).year)
        channel = self._draw["channel"](rng)
        difficulty = self._draw["difficulty"](rng)
        ending = "resolve" if resolves else self._draw["ending"](rng)
        level = self._level(category, kind)
        hurried = False
        while True:
            area = village
            if level == "grid" or (channel == "grid_worker" and rng.random() < 0.4):
                area = rng.choice(self._grids[village])
            story = Story(
                rng, self.city, self.terms, area=area, difficulty=difficulty, urgency="normal",
                kind=kind, until=period.until,
            )  # fmt: skip
            desk, actor = self._intake(channel, area, ending)
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
                return story, self._face(story, category, channel)
            hurried, level, difficulty = True, "village", "simple"

    def _category(self, kind: str, village: str, year: int) -> str:
        if kind != "dispute":
            return self._draw[kind](self.rng)
        draw = self._draw["urban" if village.startswith("62030200") else "rural"]
        category = draw(self.rng)
        return "consumer" if chances.LATER.get(category, 0) > year else category

    def _level(self, category: str, kind: str) -> str:
        level = self._draw["level"](self.rng)
        harder = category in chances.HARD and self.rng.random() < 0.15
        if harder and kind == "dispute" and level in ("grid", "village"):
            return "township"
        return level

    def _intake(self, channel: str, area: str, ending: str) -> tuple[Desk, UUID]:
        """Return the desk that takes a matter in, and who sits there."""
        rng, posts = self.rng, self.city.posts
        village, township, county = posts[area[:12]], posts[area[:9]], posts[area[:6]]
        if ending == "decline":
            return township, township.people[R.WINDOW_CLERK][0]
        if channel == "grid_worker":
            grid = posts[area if len(area) == 15 else rng.choice(self._grids[area])]
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

    def _face(self, story: Story, category: str, channel: str) -> Face:
        rng, opened = self.rng, date_of(day_at(story.opened))
        place = self.city.places[story.area]
        urban = story.area.startswith("62030200")
        spread = 0.0012 if urban else 0.006
        assert place.latitude is not None and place.longitude is not None  # noqa: S101, PT018
        referred = channel in ("court", "police", "petitions", "procuratorate")
        patterns = BRIEFS["dispute" if story.kind == "dispute" else "other"]
        return Face(
            number=self._number(story.steps[0].unit.area, opened.year),
            category=category,
            title=speak(rng, TITLES[category]),
            description=speak(rng, patterns) if rng.random() < 0.4 else "",
            scale=self._draw["scale"](rng),
            high_risk=rng.random() < 0.004,
            channel=channel,
            source_number=f"〔{opened.year}〕委派{rng.randint(1, 999)}号" if referred else "",
            place=speak(rng, URBAN_PLACES if urban else RURAL_PLACES),
            latitude=round(place.latitude + rng.uniform(-spread, spread), 6),
            longitude=round(place.longitude + rng.uniform(-spread, spread), 6),
            happened_on=opened - timedelta(days=rng.randint(0, 9)) if rng.random() < 0.7 else None,
            parties=list(self.parties(category, story.kind)),
        )

    def parties(self, category: str, kind: str) -> Iterator[tuple[str, bool, Resident]]:
        """Yield one to three sides of a matter."""
        rng = self.rng
        yield "applicant" if kind == "dispute" else "reporter", False, rng.choice(self.residents)
        if kind != "dispute" or rng.random() < 0.12:
            return
        if category in _FIRMS:
            yield "respondent", True, self.firms[_FIRMS[category]]
        else:
            yield "respondent", False, rng.choice(self.residents)
        if rng.random() < 0.08:
            yield "third", False, rng.choice(self.residents)

    def _number(self, area: str, year: int) -> str:
        self.counters[area, year] += 1
        return f"{area}-{year}-{self.counters[area, year]:06d}"


def _end_of(period: Period) -> int:
    return moment(number_of(period.last), CLOSES + 3600)


def _weight(day: date, calendar: Calendar) -> float:
    weight = chances.YEARS.get(day.year, 1.0) * chances.MONTHS[day.month - 1]
    return weight if calendar.works_on(number_of(day)) else weight * chances.DAY_OFF


def _weighted(more: Mapping[str, float], less: Mapping[str, float]) -> dict[str, float]:
    return {
        code: weight * more.get(code, 1.0) / less.get(code, 1.0)
        for code, weight in chances.CATEGORIES.items()
    }
