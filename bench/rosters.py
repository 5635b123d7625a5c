"""Rosters: 189 teams for 28 days, an area at a time on two cores; checked apart from the solver.

``python -m bench.rosters [--days N] [--areas N] [--seconds S]``. Members are on leave now and then,
wish to be off, and not everybody can do first aid. Prints one JSON object. Goal: 60 s, no hard rule
broken.
"""

import argparse
import json
import random
import time
from multiprocessing import get_context
from statistics import mean
from typing import Any

from linli.patrol.rostering.checker import check
from linli.patrol.rostering.problem import Need, Pattern, Problem, Team, load
from linli.patrol.rostering.reasons import reasons
from linli.patrol.rostering.solve import solve

PATTERNS = (
    Pattern("early", 420, 900), Pattern("late", 900, 1380), Pattern("night", 1380, 1860, True),
)  # fmt: skip
TEAMS_AN_AREA, MEMBERS, OPEN = 9, 5, {"teams", "skill"}


def problem(number: int, days: int) -> Problem:
    """Return an area's problem, the same each time."""
    rng = random.Random(number)
    teams = []
    for key in range(TEAMS_AN_AREA):
        able = [rng.random() < 0.5 for _member in range(MEMBERS)]
        away = [[rng.random() < 0.06 for _member in range(MEMBERS)] for _day in range(days)]
        there = [[not one for one in day] for day in away]
        teams.append(
            Team(
                f"{number}-{key}",
                present=[sum(day) for day in there],
                skills=[
                    frozenset({"first_aid"} if any(map(min, day, able)) else ()) for day in there
                ],
                wishes=[rng.choice((0, 0, 0, 0, 1)) for _day in range(days)],
                strength=3,
                kind="auxiliary" if key < 6 else "guards",
            )
        )
    needs = [
        Need(day, pattern.code, count, {"first_aid": 1})
        for day in range(days)
        for pattern, count in zip(PATTERNS, (2, 2, 1), strict=True)
    ]
    return Problem(days, PATTERNS, tuple(teams), tuple(needs))


def one(asked: tuple[int, int, float]) -> dict[str, Any]:
    """Solve an area and say what was found."""
    number, days, seconds = asked
    wanted = problem(number, days)
    roster = solve(wanted, seconds=seconds)
    broken = [one for one in check(wanted, roster.shifts) if one.rule not in OPEN]
    carried = load(wanted, roster.shifts)
    kinds = {team.kind for team in wanted.teams}
    spreads = []
    for kind in kinds:
        lines = [carried[team.key] for team in wanted.teams if team.kind == kind]
        spreads.append([max(column) - min(column) for column in zip(*lines, strict=True)])
    denied = sum(
        team.denied(day) for team in wanted.teams for key, day, _code in roster.shifts
        if key == team.key
    )  # fmt: skip
    return {
        "broken": len(broken), "open": roster.short, "seconds": roster.seconds,
        "reasons": len(reasons(wanted, roster.shifts)), "spreads": spreads,
        "shifts": len(roster.shifts), "denied": denied,
        "wishes": sum(sum(team.wishes) for team in wanted.teams),
    }  # fmt: skip


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="bench.rosters")
    parser.add_argument("--days", type=int, default=28)
    parser.add_argument("--areas", type=int, default=21)
    parser.add_argument("--seconds", type=float, default=4.0, help="for each area")
    given = parser.parse_args()
    began = time.perf_counter()
    with get_context("spawn").Pool(2) as pool:
        found = pool.map(
            one, [(number, given.days, given.seconds) for number in range(given.areas)], 1
        )
    spreads = [spread for line in found for spread in line["spreads"]]
    print(json.dumps({
        "teams": given.areas * TEAMS_AN_AREA, "days": given.days,
        "seconds": round(time.perf_counter() - began, 1),
        "hard_rules_broken": sum(line["broken"] for line in found),
        "needs_open": sum(line["open"] for line in found),
        "shifts": sum(line["shifts"] for line in found),
        "wishes": sum(line["wishes"] for line in found),
        "wishes_denied": sum(line["denied"] for line in found),
        "nights_max_minus_min": round(mean(spread[0] for spread in spreads), 2),
        "weekends_max_minus_min": round(mean(spread[1] for spread in spreads), 2),
        "hours_max_minus_min": round(mean(spread[2] for spread in spreads) / 60, 1),
    }))  # fmt: skip


if __name__ == "__main__":
    main()
