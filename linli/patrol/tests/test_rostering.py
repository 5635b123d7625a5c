"""Rosters: no hard rule is ever broken, needs are met where they can be, and else a reason is given."""

from random import Random

import pytest

from linli.patrol.rostering.checker import check, check_one, unmet
from linli.patrol.rostering.problem import Need, Pattern, Problem, Rules, Team, load
from linli.patrol.rostering.reasons import reasons
from linli.patrol.rostering.seats import Member, seat
from linli.patrol.rostering.solve import solve

DAY = Pattern("day", 7 * 60, 15 * 60)
EVENING = Pattern("evening", 15 * 60, 23 * 60)
NIGHT = Pattern("night", 23 * 60, 31 * 60, night=True)
PATTERNS = (DAY, EVENING, NIGHT)
NEEDS = {"teams", "skill"}


def team(key: str, days: int, **told: object) -> Team:
    """Return a team of four who are there and can do first aid."""
    usual = {"present": [4] * days, "skills": [frozenset({"first_aid"})] * days, "strength": 3}
    return Team(key, **{**usual, **told})  # type: ignore[arg-type]


def drawn(seed: int) -> Problem:
    """Return a small problem drawn by chance, sometimes one that can't be solved."""
    rng = Random(seed)
    days, count = rng.choice((5, 9, 14)), rng.randint(2, 6)
    teams = tuple(
        team(
            str(number), days,
            present=[rng.choice((1, 3, 4, 5)) for _day in range(days)],
            skills=[frozenset({"first_aid"} if rng.random() < 0.6 else ()) for _day in range(days)],
            wishes=[rng.choice((0, 0, 1)) for _day in range(days)],
            weekly=rng.choice((2, 5, 6)), kind=rng.choice("ab"),
            before=tuple((day, rng.choice(("day", "night"))) for day in (-1, -3) if rng.random() < 0.5),
        )
        for number in range(count)
    )  # fmt: skip
    needs = tuple(
        Need(day, pattern.code, rng.choice((0, 1, 1, 2)), {"first_aid": rng.choice((0, 0, 1))})
        for day in range(days)
        for pattern in PATTERNS
    )
    rules = Rules(
        rest=rng.choice((8, 11, 16)) * 60, nights=rng.choice((1, 3)), free=rng.choice((1, 2))
    )
    return Problem(days, PATTERNS, teams, needs, rules, weekday=rng.randrange(7))


@pytest.mark.parametrize("seed", range(24))
def test_no_hard_rule_is_broken_whatever_is_asked(seed: int) -> None:
    problem = drawn(seed)
    roster = solve(problem, seconds=0.4, seed=seed)
    broken = check(problem, roster.shifts)
    assert [one for one in broken if one.rule not in NEEDS] == []
    assert len(broken) == roster.short
    told = reasons(problem, roster.shifts)
    assert sum(one.missing for one in told) == roster.short
    # Whatever is missing is missing for a reason, or all the teams there are went out.
    out = [sum(shift[1:] == (one.day, one.pattern) for shift in roster.shifts) for one in told]
    assert all(
        one.kept or all_out == len(problem.teams) for one, all_out in zip(told, out, strict=True)
    )


def test_a_roster_that_can_be_made_meets_every_need_and_shares_nights() -> None:
    teams = tuple(team(str(number), 14) for number in range(6))
    needs = tuple(Need(day, one.code, 1, {"first_aid": 1}) for day in range(14) for one in PATTERNS)
    problem = Problem(14, PATTERNS, teams, needs)
    roster = solve(problem, seconds=3)
    assert roster.short == 0
    assert check(problem, roster.shifts) == []
    nights = [line[0] for line in load(problem, roster.shifts).values()]
    assert max(nights) - min(nights) <= 1


def test_a_wish_is_met_by_sending_another_team() -> None:
    asking = team("asking", 1, wishes=[2])
    problem = Problem(1, PATTERNS, (asking, team("other", 1)), (Need(0, "day", 1),))
    assert [shift[0] for shift in solve(problem, seconds=1).shifts] == ["other"]


def test_it_is_told_who_is_missing_and_why() -> None:
    rested = team("rested", 2, before=((-1, "night"),))
    away = team("away", 2, present=[1, 4])
    unskilled = team("unskilled", 2, skills=[frozenset(), frozenset()])
    problem = Problem(
        2, PATTERNS, (rested, away, unskilled), (Need(0, "day", 1, {"first_aid": 1}),)
    )
    roster = solve(problem, seconds=1)
    assert (roster.short, roster.proved) == (1, True)
    (reason,) = reasons(problem, roster.shifts)
    assert (reason.day, reason.pattern, reason.skill) == (0, "day", "first_aid")
    assert dict(reason.kept) == {"rest": 1, "leave": 1, "unskilled": 1}


def test_what_was_before_the_period_counts() -> None:
    tired = team("tired", 1, before=((-3, "night"), (-2, "night"), (-1, "night")))
    problem = Problem(1, PATTERNS, (tired,), (Need(0, "night", 1),))
    roster = solve(problem, seconds=1)
    assert (roster.shifts, roster.short) == ((), 1)
    assert dict(reasons(problem, roster.shifts)[0].kept) == {"nights": 1}


@pytest.mark.parametrize(
    ("shifts", "rules"),
    [
        ([(0, NIGHT), (1, EVENING)], ["rest"]),
        ([(0, EVENING), (1, DAY)], ["rest"]),
        ([(0, NIGHT), (2, DAY)], []),
        ([(day, NIGHT) for day in range(4)], ["nights"]),
        ([(day, DAY) for day in range(7)], ["free", "hours"]),
        ([(day, DAY) for day in range(5)], []),
        ([(day, DAY) for day in range(6)], ["hours"]),
    ],
)
def test_the_checker_knows_each_rule(shifts: list[tuple[int, Pattern]], rules: list[str]) -> None:
    assert sorted({one.rule for one in check_one(shifts, Rules())}) == rules


def test_the_checker_sees_a_missing_team_and_a_missing_skill() -> None:
    plain = team("plain", 1, skills=[frozenset()])
    problem = Problem(1, PATTERNS, (plain,), (Need(0, "day", 2, {"first_aid": 1}),))
    assert sorted(one.rule for one in unmet(problem, [("plain", 0, "day")])) == ["skill", "teams"]


def test_whoever_waited_longest_is_let_off_but_the_last_who_can_do_it_stays() -> None:
    aid = frozenset({"first_aid"})
    crew = seat(
        [Member("a", wants_off=True), Member("b", wants_off=True), Member("c", aid, True), Member("d")],
        strength=3, wanted=["first_aid"], denied_before={"b": 2},
    )  # fmt: skip
    assert crew.off == ("b",)
    assert crew.denied == ("a", "c")
    assert crew.going == ("a", "c", "d")
