"""Coverage: a night's tracks of 189 teams, 1.1 million positions, matched to the streets.

``python -m bench.coverage [--teams N]``. Teams walk drawn rounds through the demo's made-up town,
with phones that err by 6 m and tell a position every 5 s for eight hours. Prints one JSON object:
seconds of matching (one process, compiled before), how much of what was walked is found again, and
``stored``: the same as the worker does it, from the kept positions to the kept counts, in a database
of its own. Goal: 180 s.
"""

import argparse
import json
import random
import time
from datetime import datetime, timedelta
from datetime import time as time_of_day
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from bench.own import bring, own_database

if TYPE_CHECKING:
    from linli.roads.network import Network

HOURS, EVERY, NOISE = 8, 5.0, 6.0


def stroll(
    network: "Network", rng: random.Random, metres: float
) -> tuple[list[int], list[tuple[float, float]]]:
    """Return stretches one after the other and their line, without turning round at once."""
    start, end = np.asarray(network.start), np.asarray(network.end)
    near: dict[int, list[int]] = {}
    for stretch, (one, other) in enumerate(zip(start.tolist(), end.tolist(), strict=True)):
        near.setdefault(one, []).append(stretch)
        near.setdefault(other, []).append(stretch)
    first = rng.choice(_middle(network))
    at, gone, last = int(start[first]), 0.0, -1
    taken: list[int] = []
    line: list[tuple[float, float]] = []
    while gone < metres:
        ways = [one for one in near[at] if one != last] or near[at]
        last = rng.choice(ways)
        points = network.line_of(last)
        forward = int(start[last]) == at
        line += points if forward else points[::-1]
        at = int(end[last] if forward else start[last])
        taken.append(last)
        gone += float(network.length[last])
    return taken, line


def _middle(network: "Network") -> list[int]:
    from linli.insight.demo.places import CENTRES

    first = np.asarray(network.piece_first[:-1])
    x, y = np.asarray(network.piece_longitude)[first], np.asarray(network.piece_latitude)[first]
    latitude, longitude, _reach = CENTRES["620302003"]
    near = (abs(x - longitude) < 0.03) & (abs(y - latitude) < 0.03)
    return [int(one) for one in np.flatnonzero(near)]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="bench.coverage")
    parser.add_argument("--teams", type=int, default=189)
    given = parser.parse_args()
    with own_database() as home:
        print(json.dumps(_measured(home, given.teams)))


def _measured(home: Path, teams: int) -> dict[str, Any]:
    from linli.patrol.tests.blocks import walked
    from linli.patrol.tracks.matching import passes
    from linli.patrol.tracks.roadway import build
    from linli.roads.modes import Mode

    network = _map(home)
    roadway = build(network, Mode.FOOT)
    rng, tracks = random.Random(1), []
    for number in range(teams):
        taken, line = stroll(network, rng, HOURS * 3600 * 0.98)
        degrees, seconds = walked(line, seed=number, noise=NOISE, every=EVERY)
        tracks.append((taken, degrees, seconds))
    passes(roadway, *tracks[0][1:])
    found, right, wrong, walked_all = 0, 0, 0, 0
    answers, told = _timed(
        lambda: [passes(roadway, degrees, seconds) for _taken, degrees, seconds in tracks]
    )
    for (taken, _degrees, _seconds), answer in zip(tracks, answers, strict=True):
        truth, seen = set(taken), {one.stretch for one in answer}
        found, walked_all = found + len(seen), walked_all + len(truth)
        right, wrong = right + len(seen & truth), wrong + len(seen - truth)
    return {
        "teams": teams, "positions": sum(len(track[1]) for track in tracks), **told,
        "streets_found_percent": round(100 * right / walked_all, 2),
        "streets_wrong_percent": round(100 * wrong / max(found, 1), 2),
        "stored": _stored([(degrees, seconds) for _taken, degrees, seconds in tracks]),
    }  # fmt: skip


def _timed(act: Any) -> tuple[Any, dict[str, float]]:
    began, spent = time.perf_counter(), time.process_time()
    answer = act()
    return answer, {
        "seconds": round(time.perf_counter() - began, 1),
        "cpu_seconds": round(time.process_time() - spent, 1),
    }


def _map(home: Path) -> "Network":
    """Import the demo's streets."""
    from linli.insight.demo.streets import draw_streets
    from linli.roads import store
    from linli.roads.network import network_in

    extract = home / "streets.osm.pbf"
    draw_streets(extract)
    bring(extract)
    version = store.current()
    assert version is not None
    return network_in(version.directory)


def _stored(tracks: list[tuple[Any, Any]]) -> dict[str, Any]:
    """Keep every track as the phones of a shift's member do, then let the shifts be scored."""
    from django.db import connection
    from django.utils import timezone

    from linli.areas.models import Unit
    from linli.patrol.actions.score_shifts import SETTLED, score_due
    from linli.patrol.models import Plan, Seen, Shift, ShiftPattern, Team
    from linli.patrol.tests.round import WEDNESDAY, make_round
    from tests.cast import make_cast

    round_ = make_round(make_cast())
    area, zone = round_.area, timezone.get_default_timezone()
    starts = datetime.combine(WEDNESDAY, time_of_day(), tzinfo=zone)
    units = Unit.objects.bulk_create(
        Unit(area_id=area.area_id, kind="team", name=f"队{n}") for n in range(len(tracks))
    )
    teams = Team.objects.bulk_create(
        Team(patrol_area=area, unit=unit, name=unit.name, kind="auxiliary") for unit in units
    )
    plan = Plan.objects.create(
        patrol_area=area, starts=WEDNESDAY, ends=WEDNESDAY, state="published", made_at=starts
    )
    shifts = Shift.objects.bulk_create(
        Shift(
            plan=plan, patrol_area=area, team=team, pattern=ShiftPattern.objects.all()[0],
            date=WEDNESDAY, starts_at=starts, ends_at=starts + timedelta(hours=HOURS),
            published=True,
        )
        for team in teams
    )  # fmt: skip
    walker = round_.users["walker1a"].id
    with (
        connection.cursor() as cursor,
        cursor.copy(
            "COPY patrol_fix (shift_id, team_id, user_id, at, longitude, latitude, accuracy) FROM STDIN"
        ) as copy,
    ):
        for shift, (degrees, seconds) in zip(shifts, tracks, strict=True):
            for (x, y), second in zip(degrees.tolist(), seconds.tolist(), strict=True):
                moment = starts + timedelta(seconds=second)
                copy.write_row((shift.id, shift.team_id, walker, moment, x, y, 5.0))
    _count, told = _timed(lambda: score_due(at=starts + timedelta(hours=HOURS) + SETTLED))
    return {"shifts": len(shifts), **told, "counts": Seen.objects.count()}


if __name__ == "__main__":
    main()
