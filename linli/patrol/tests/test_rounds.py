"""Rounds: points in their time, streets that are owed, even, and unlike the nights before."""

from random import Random

import pytest
import shapely

from linli.patrol.rounds.ground import Ground, ground_of
from linli.patrol.rounds.plan import Crew, Rounds, Task, plan_rounds
from linli.patrol.rounds.streets import divide
from linli.patrol.rounds.variety import difference, habits
from linli.patrol.tests.blocks import SOUTH, STEP, WEST, network_of
from linli.roads.modes import Mode

BOX = shapely.box(WEST - 0.001, SOUTH - 0.001, WEST + 6.5 * STEP, SOUTH + 6.5 * STEP)
BEGINS, ENDS = 900, 1380
SCHOOL = ("school", (WEST + STEP, SOUTH + 5 * STEP), 1020.0, 1060.0, 10.0, True)
MARKET = ("market", (WEST + 5 * STEP, SOUTH + STEP), 1200.0, 1290.0, 10.0, True)


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    """Return the streets of the town."""
    found = ground_of(network_of(tmp_path_factory.mktemp("town")), BOX, Mode.FOOT)
    assert found is not None
    return found


def task(ground: Ground, **more: object) -> Task:
    """Return a late shift of two teams on foot, every street owed once."""
    told = {
        "grounds": {Mode.FOOT: ground},
        "crews": [Crew("1", Mode.FOOT), Crew("2", Mode.FOOT)],
        "base": (WEST + 3 * STEP, SOUTH + 3 * STEP),
        "begins": BEGINS,
        "ends": ENDS,
        "owed": {int(one): 1.0 for one in ground.stretch[ground.inside]},
        "points": [SCHOOL, MARKET],
    }
    return Task(**{**told, **more})  # type: ignore[arg-type]


def plan(wanted: Task, seed: int = 1) -> Rounds:
    """Plan the same way each time, whatever the clock does."""
    return plan_rounds(wanted, seed=seed, seconds=9.0, most=60)


def test_every_point_is_visited_in_its_time_and_all_are_back_in_time(ground: Ground) -> None:
    found = plan(task(ground))
    visits = {
        one.leg.visit.key: (one.reached, one.leg.visit)
        for round_ in found.rounds
        for one in round_.timed
        if one.leg.visit
    }
    assert found.missed == ()
    assert set(visits) == {"school", "market"}
    assert all(visit.begins <= at <= visit.ends for at, visit in visits.values())
    assert all(round_.minutes <= ENDS - BEGINS for round_ in found.rounds)


def test_all_streets_are_walked_where_there_is_time_and_the_load_is_even(ground: Ground) -> None:
    found = plan(task(ground))
    walked = {stretch for round_ in found.rounds for stretch, _minute in round_.stretches}
    assert walked >= set(ground.stretch[ground.inside].tolist())
    lengths = sorted(round_.minutes for round_ in found.rounds)
    assert lengths[0] / lengths[1] > 0.7


def test_the_way_holds_together_from_the_base_back_to_it(ground: Ground) -> None:
    for round_ in plan(task(ground)).rounds:
        assert round_.line[0] == round_.line[-1] == ground.point(ground.nearest(task(ground).base))
        ends = {
            int(stretch): {int(ground.start[edge]), int(ground.end[edge])}
            for edge, stretch in enumerate(ground.stretch)
        }
        pairs = zip(round_.stretches, round_.stretches[1:], strict=False)
        assert all(ends[one[0]] & ends[other[0]] for one, other in pairs)


def test_no_night_is_like_one_of_the_week_before(ground: Ground) -> None:
    before: list[frozenset[tuple[int, int]]] = []
    for night in range(5):
        found = plan(task(ground, before=list(before)), seed=night)
        assert found.difference >= 0.6
        before += [habits(one.stretches) for one in found.rounds]
    assert difference(before[3], before) == 0


def test_a_point_outside_of_every_possible_time_is_told_as_missed(ground: Ground) -> None:
    crowd = [
        (f"at once {number}", (WEST + number * STEP, SOUTH), 1000.0, 1001.0, 30.0, True)
        for number in range(4)
    ]
    found = plan(task(ground, points=crowd))
    assert len(found.missed) == 2


def test_what_does_not_fit_into_the_shift_is_left_for_another_night(ground: Ground) -> None:
    crowd = [
        (f"long {number}", (WEST + number * STEP, SOUTH), 900.0, 1380.0, 90.0, True)
        for number in range(6)
    ]
    found = plan(task(ground, points=crowd))
    assert all(round_.minutes <= ENDS - BEGINS for round_ in found.rounds)
    total = sum(one.metres for one in found.rounds)
    assert total < sum(one.metres for one in plan(task(ground)).rounds)


def test_streets_that_are_owed_more_go_first(ground: Ground) -> None:
    stretches = ground.stretch[ground.inside].tolist()
    owed = {one: (3.0 if number < 20 else 0.0) for number, one in enumerate(stretches)}
    short = task(ground, owed=owed, crews=[Crew("1", Mode.FOOT)], ends=BEGINS + 240, points=[])
    walked = {stretch for stretch, _minute in plan(short).rounds[0].stretches}
    assert walked >= set(stretches[:20])


def test_teams_that_get_about_differently_share_the_streets_by_their_pace(ground: Ground) -> None:
    quick = ground_of(ground.network, BOX, Mode.BICYCLE)
    mixed = task(
        ground,
        grounds={Mode.FOOT: ground, Mode.BICYCLE: quick},
        crews=[Crew("1", Mode.FOOT), Crew("2", Mode.BICYCLE)],
    )
    found = plan(mixed)
    assert {one.key for one in found.rounds} == {"1", "2"}
    assert found.missed == ()
    edges = list(range(len(ground.stretch)))
    slow, fast = divide(ground, edges, [1.0, 3.0], Random(1))
    assert len(slow) < len(fast)
    assert sorted(slow + fast) == edges
