"""Search made-up cases in each way, and say how long it took, in minutes of footage."""

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import batched
from multiprocessing import get_context

import numpy as np

from linli.missing.planning.belief import CLIP
from linli.missing.planning.ranking import next_clips
from linli.missing.planning.search import observe, plan
from linli.missing.planning.streets import Ints, Streets
from linli.missing.planning.views import Camera, Views
from linli.missing.simulation import simple_ways
from linli.missing.simulation.simple_ways import Register
from linli.missing.simulation.truth import Case, draw_case

MINUTES = CLIP / 60
# After so many clips a search that looks again after each answer is given up: 20 hours of footage.
MOST = 240
# Cases that a process takes at a time.
BATCH = 4
PLANNER, GATED, FOLLOWING = "planner", "gated_nearest", "gated_nearest_following"
FIXED: dict[str, Callable[[Register, Case], Ints]] = {
    GATED: simple_ways.gated,
    "nearest": simple_ways.nearest_first,
    "spiral": simple_ways.spiral,
    "exhaustive": simple_ways.exhaustive,
}


@dataclass(slots=True)
class Results:
    """Minutes to the first and the last sighting, a way and a case each; infinite for never.

    ``stated`` holds for each clip the planner chose the chance it stated and whether it came true;
    ``replans`` how many seconds each choice took; ``unseen`` how many cases no working camera saw.
    """

    first: dict[str, list[float]] = field(default_factory=dict)
    last: dict[str, list[float]] = field(default_factory=dict)
    stated: list[tuple[float, bool]] = field(default_factory=list)
    replans: list[float] = field(default_factory=list)
    sightings: list[bool] = field(default_factory=list)
    cases: int = 0
    unseen: int = 0
    missed: int = 0

    def add(self, way: str, first: float, last: float) -> None:
        """Take down how one way did on one case."""
        self.first.setdefault(way, []).append(first)
        self.last.setdefault(way, []).append(last)

    def join(self, other: "Results") -> None:
        """Put the results of other cases behind these."""
        for mine, more in ((self.first, other.first), (self.last, other.last)):
            for way, minutes in more.items():
                mine.setdefault(way, []).extend(minutes)
        self.stated += other.stated
        self.replans += other.replans
        self.sightings += other.sightings
        self.cases += other.cases
        self.unseen += other.unseen
        self.missed += other.missed


@dataclass(frozen=True, slots=True)
class Setting:
    """Where the cases are drawn, and how the planner is asked."""

    streets: Streets
    cameras: Sequence[Camera]
    views: Views
    people: int = 12_000
    seed: int = 1


def simulate(
    setting: Setting, cases: int, tick: Callable[[int], None] = lambda _done: None, jobs: int = 1
) -> Results:
    """Draw ``cases`` cases and search each in every way, in so many processes.

    The same seed gives the same, however many processes there are.
    """
    results = Results()
    for found in _in_batches(setting, list(batched(range(cases), BATCH, strict=False)), jobs):
        results.join(found)
        tick(results.cases)
    return results


def _in_batches(
    setting: Setting, batches: Sequence[tuple[int, ...]], jobs: int
) -> Iterator[Results]:
    if jobs == 1:
        yield from (_searched(setting, numbers) for numbers in batches)
        return
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        yield from pool.map(_searched, [setting] * len(batches), batches)


def _searched(setting: Setting, numbers: Sequence[int]) -> Results:
    """Search some cases; each is drawn by its own number."""
    register, results = Register(setting.streets, setting.cameras), Results()
    for number in numbers:
        rng = np.random.default_rng((setting.seed, number))
        case = draw_case(setting.streets, setting.views, rng)
        results.cases += 1
        if case.last is None:
            results.unseen += 1
            continue
        if not any(case.truly(*clip) for clip in case.present):
            results.missed += 1
            continue
        for way, order_of in FIXED.items():
            results.add(way, *_in_order(case, order_of(register, case)))
        results.add(FOLLOWING, *_judge(case, _following(register, case)))
        results.add(PLANNER, *_judge(case, _planned(setting, case, number, results)))
    return results


def _in_order(case: Case, order: Ints) -> tuple[float, float]:
    """Return the minutes when the clips are looked at in an order that nothing changes."""
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(1, len(order) + 1)
    first = min(place[c * case.windows + w] for c, w in case.present if case.truly(c, w))
    camera, window = case.last or (0, 0)
    return float(first) * MINUTES, float(place[camera * case.windows + window]) * MINUTES


def _judge(case: Case, chosen: Iterator[tuple[int, int]]) -> tuple[float, float]:
    """Follow a search clip by clip until it has seen the person first and last."""
    first = last = float("inf")
    for number, clip in enumerate(chosen, 1):
        if case.truly(*clip):
            first = min(first, number * MINUTES)
        if clip == case.last:
            last = number * MINUTES
        if max(first, last) < float("inf") or number >= MOST:
            break
    return first, last


def _following(register: Register, case: Case) -> Iterator[tuple[int, int]]:
    """Yield clips as :func:`gated` has them, begun anew at each later sighting."""
    looked: set[int] = set()
    latest = -1
    order = iter(simple_ways.gated(register, case).tolist())
    while (clip := next((one for one in order if one not in looked), None)) is not None:
        looked.add(clip)
        camera, window = divmod(clip, case.windows)
        yield camera, window
        if window > latest and case.answer(camera, window):
            latest = window
            middle = case.origin + (window + 0.5) * CLIP
            again = simple_ways.gated_from(register, case, register.spots[camera], middle)
            order = iter(again.tolist())


def _planned(
    setting: Setting, case: Case, number: int, results: Results
) -> Iterator[tuple[int, int]]:
    """Yield clips as the planner chooses them, telling it each answer."""
    now = plan(
        setting.streets, setting.views, case.report, now=case.now, people=setting.people,
        seed=setting.seed * 1_000_003 + number,
    )  # fmt: skip
    while True:
        began = time.perf_counter()
        best = next_clips(now, 1)
        if not best:
            return
        clip = best[0]
        truly, said = case.truly(clip.camera, clip.window), case.answer(clip.camera, clip.window)
        results.stated.append((clip.chance, truly))
        if said:
            results.sightings.append(truly)
        yield clip.camera, clip.window
        now = observe(now, clip.camera, clip.window, "seen" if said else "not_seen")
        results.replans.append(time.perf_counter() - began)
