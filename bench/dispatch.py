"""Dispatch under load: ``python -m bench.dispatch [--units 500] [--megabytes 2] …``; prints JSON.

In a database of its own: the recommendation among many units on a made map, dispatchers who take
the same units on connections of their own, clocks of thousands of open incidents, and phones that
tell where their units are once a second. The actions run in this process, without HTTP.
"""

import argparse
import json
import random
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from bench.own import bring, own_database

STEP = 0.0015


def main() -> None:
    """Build, measure, print."""
    parser = argparse.ArgumentParser(prog="bench.dispatch")
    parser.add_argument("--units", type=int, default=500)
    parser.add_argument("--dispatchers", type=int, default=50)
    parser.add_argument("--assignments", type=int, default=1_000, help="by each dispatcher")
    parser.add_argument("--open", type=int, default=5_000, help="open incidents with clocks")
    parser.add_argument("--seconds", type=int, default=20, help="how long phones tell")
    parser.add_argument("--megabytes", type=int, default=2, help="size of the made map; 0: none")
    given = parser.parse_args()
    with own_database(120) as home:
        print(json.dumps(_measured(given, home)))


def _measured(given: argparse.Namespace, home: Path) -> dict[str, Any]:
    city = City(given.units, _map(home, given.megabytes))
    return {
        "units": given.units,
        "recommendation_ms": city.recommendations(200),
        "assignments": city.race(given.dispatchers, given.assignments),
        "clocks": city.clocks(given.open),
        "positions": city.positions(given.seconds),
    }


def _map(home: Path, megabytes: int) -> int:
    """Import a made map; return how many junctions lie along its side (0: there is no map)."""
    if not megabytes:
        return 0
    from bench.roads import SIDE_OF_A_MEGABYTE, made
    from linli.site.process import settle

    bring(made(home / "made.osm.pbf", megabytes))
    # A web process has imported no map: what that left behind is not looked through here either.
    settle()
    return int(SIDE_OF_A_MEGABYTE * megabytes**0.5)


class City:
    """The cast with a dispatcher, and so many patrol teams spread over the map."""

    def __init__(self, units: int, side: int) -> None:
        from django.utils import timezone

        from linli.areas.models import Unit
        from linli.dispatch.models import DispatchUnit, Sharing
        from tests.cast import BEIJING_ROAD, CITY, make_cast

        self.rng, self.side = random.Random(5), side or 200
        self.cast, now = make_cast(), timezone.now()
        self.desk = self.cast.actor("city_dispatcher")
        teams = Unit.objects.bulk_create(
            Unit(area_id=CITY if n % 2 else BEIJING_ROAD, kind="team", name=f"队{n}")
            for n in range(units)
        )
        rows = []
        for team in teams:
            x, y = self.point()
            rows.append(
                DispatchUnit(
                    team=team, kind="patrol", name=team.name, area_id=team.area_id, longitude=x,
                    latitude=y, status="available", status_at=now,
                    skills=self.rng.sample(["first_aid", "mediation", "crowd"], 1),
                )
            )  # fmt: skip
        self.units = [unit.id for unit in DispatchUnit.objects.bulk_create(rows)]
        user = self.cast.users["city_dispatcher"]
        Sharing.objects.bulk_create(
            Sharing(unit_id=unit, user=user, since=now) for unit in self.units
        )

    def point(self) -> tuple[float, float]:
        """Return a point on the map."""
        x, y = self.rng.random() * self.side, self.rng.random() * self.side
        return 101 + x * STEP, 36 + y * STEP

    def incident(self, kind: str = "quarrel") -> Any:
        """Open an incident somewhere."""
        from django.utils import timezone

        from linli.accounts.scope import acting
        from linli.dispatch.actions.open_incident import Told, open_incident
        from tests.cast import LONGMENLI

        x, y = self.point()
        told = Told(kind=kind, area=LONGMENLI, longitude=x, latitude=y, place="示例路口")
        with acting(self.desk):
            return open_incident(told, actor=self.desk, at=timezone.now())

    def recommendations(self, times: int) -> dict[str, float]:
        """Return milliseconds of a recommendation among all units, each for another incident."""
        from django.utils import timezone

        from linli.accounts.scope import acting
        from linli.dispatch.queries.recommend import recommendation

        incident = self.incident()

        def ask() -> None:
            incident.longitude, incident.latitude = self.point()
            with acting(self.desk):
                recommendation(incident, self.desk, timezone.now())

        ask()
        return _milliseconds(ask, times)

    def race(self, dispatchers: int, each: int) -> dict[str, Any]:
        """Let dispatchers take units at once, each on a connection of its own; count what is double.

        Each sends a unit chosen at random, and recalls it when it has got it.
        """
        from django.db import connection
        from django.utils import timezone

        from linli.accounts.scope import acting
        from linli.dispatch.actions.assign_units import assign_units
        from linli.dispatch.actions.recall import recall_assignment
        from linli.dispatch.models import Assignment
        from linli.kernel.errors import Refused

        incidents = [self.incident("nuisance").id for _n in range(dispatchers)]
        # Few units for many hands: most attempts meet somebody.
        wanted = self.units[: max(2, dispatchers // 2)]
        refused, taken, errors = [0] * dispatchers, [0] * dispatchers, [0] * dispatchers

        def work(place: int) -> None:
            rng = random.Random(place)
            for _turn in range(each):
                try:
                    with acting(self.desk):
                        made = assign_units(
                            incidents[place], units=[rng.choice(wanted)], actor=self.desk,
                            at=timezone.now(),
                        )  # fmt: skip
                    taken[place] += 1
                    with acting(self.desk):
                        recall_assignment(made[0].id, note="x", actor=self.desk, at=timezone.now())
                except Refused:
                    refused[place] += 1
                except Exception:
                    errors[place] += 1
            connection.close()

        began = time.perf_counter()
        _together(work, dispatchers)
        seconds = time.perf_counter() - began
        return {
            "asked": dispatchers * each, "sent": sum(taken), "refused": sum(refused),
            "errors": sum(errors), "double": _overlapping(Assignment), "seconds": round(seconds, 1),
        }  # fmt: skip

    def clocks(self, amount: int) -> dict[str, Any]:
        """Return how late clocks fire with ``amount`` open incidents, some due every tenth of a second."""
        from django.utils import timezone

        from linli.dispatch.actions import fire
        from linli.dispatch.models import Clock, Incident, TimelineEntry
        from linli.kernel.clock import Clock as Kept
        from linli.kernel.clock import keep

        pattern = self.incident("nuisance")
        _copies(pattern, amount)
        now = timezone.now()
        Clock.objects.bulk_create(
            Clock(incident=one, kind="process", due_at=now + timedelta(seconds=2 + n % 100 / 10))
            for n, one in enumerate(Incident.objects.filter(state="open")[:amount])
        )
        stop = threading.Event()
        kept = [Kept("dispatch", fire.fire_due, fire.NEXT_DUE)]
        thread = threading.Thread(target=keep, args=(kept, stop))
        thread.start()
        deadline = time.monotonic() + 120
        waiting = Clock.objects.filter(stopped_at=None, fired_at=None, due_at__gte=now)
        while waiting.filter(due_at__lte=now + timedelta(seconds=13)).exists():
            if time.monotonic() > deadline:
                break
            time.sleep(0.2)
        stop.set()
        thread.join()
        fired = Clock.objects.filter(fired_at__isnull=False, due_at__gte=now)
        late = [(one.fired_at - one.due_at).total_seconds() for one in fired if one.fired_at]
        open_now = Incident.objects.filter(state="open").count()
        return {
            "open": open_now, "fired": len(late),
            "told": TimelineEntry.objects.filter(verb="late").count(),
            "late_p99_s": round(quantiles(late, n=100)[-1], 3), "late_most_s": round(max(late), 3),
        }  # fmt: skip

    def positions(self, seconds: int) -> dict[str, Any]:
        """Let every unit tell its place once a second; return the lag from the phone to the row."""
        from django.db import connection
        from django.utils import timezone

        from linli.accounts.scope import acting
        from linli.dispatch.actions.place import Fix, place_unit
        from linli.dispatch.models import TrackPoint
        from linli.notices.models import StreamEvent

        hands, lags = 8, []
        cpu = time.process_time()

        def work(place: int) -> None:
            mine, rng = self.units[place::hands], random.Random(place)
            began = time.monotonic()
            for turn in range(seconds):
                for n, unit in enumerate(mine):
                    due = began + turn + n / len(mine)
                    time.sleep(max(0.0, due - time.monotonic()))
                    now = timezone.now()
                    fix = Fix(101 + rng.random() * 0.1, 36 + rng.random() * 0.1, now, 8)
                    with acting(self.desk):
                        place_unit(unit, [fix], actor=self.desk, at=now)
                    lags.append(time.monotonic() - due)
            connection.close()

        _together(work, hands)
        cpu = time.process_time() - cpu
        return {
            "taken": TrackPoint.objects.count(), "lag_p99_s": round(quantiles(lags, n=100)[-1], 3),
            "lag_p50_s": round(median(lags), 3), "nudges": StreamEvent.objects.filter(
                kind="moved").count(),
            "cpu_ms_each": round(1000 * cpu / len(lags), 2),
        }  # fmt: skip


_OVERLAP = """
SELECT count(*) FROM dispatch_assignment a JOIN dispatch_assignment b
  ON a.unit_id = b.unit_id AND a.id < b.id AND a.exclusive AND b.exclusive
WHERE a.ended_at IS NULL AND b.ended_at IS NULL
"""


def _overlapping(model: Any) -> int:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(_OVERLAP)
        (still,) = cursor.fetchone()
        # What the statuses were at each moment: a unit sent while it was out would show here.
        cursor.execute(
            "SELECT count(*) FROM dispatch_dispatchunit u WHERE status IN ('assigned', 'en_route',"
            " 'at_scene') <> EXISTS (SELECT FROM dispatch_assignment WHERE unit_id = u.id AND"
            " ended_at IS NULL AND exclusive)"
        )
        (untrue,) = cursor.fetchone()
    return int(still) + int(untrue)


def _copies(pattern: Any, amount: int) -> None:
    """Save so many open incidents like ``pattern``, each with a case of its own."""
    from linli.cases.models import Case
    from linli.dispatch.models import Incident
    from linli.kernel.ids import new_id

    case = Case.objects.get(pk=pattern.case_id)
    cases, incidents = [], []
    for n in range(amount):
        case.pk, case.number = new_id(), f"copy-{n}"
        cases.append(Case(**{f.attname: getattr(case, f.attname) for f in Case._meta.fields}))
        row = {f.attname: getattr(pattern, f.attname) for f in Incident._meta.fields}
        incidents.append(Incident(**{**row, "id": new_id(), "case_id": case.pk, "alarm": None}))
    Case.objects.bulk_create(cases, batch_size=1000)
    Incident.objects.bulk_create(incidents, batch_size=1000)


def _together(work: Callable[[int], None], hands: int) -> None:
    threads = [threading.Thread(target=work, args=(place,)) for place in range(hands)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _milliseconds(ask: Callable[[], None], times: int) -> dict[str, float]:
    """Return milliseconds on the clock, and of this process alone: others may want the machine."""
    taken, worked = [], []
    for _ in range(times):
        began, cpu = time.perf_counter(), time.process_time()
        ask()
        taken.append(1000 * (time.perf_counter() - began))
        worked.append(1000 * (time.process_time() - cpu))
    return {
        "p50": round(median(taken), 1), "p99": round(quantiles(taken, n=100)[-1], 1),
        "cpu_p50": round(median(worked), 1), "cpu_p99": round(quantiles(worked, n=100)[-1], 1),
    }  # fmt: skip


if __name__ == "__main__":
    main()
