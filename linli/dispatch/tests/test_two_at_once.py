"""Many dispatchers take the same units at the same moment, each on a connection of its own."""

from collections.abc import Callable, Sequence
from random import Random
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection
from django.db.models import Count
from django.utils import timezone

from linli.accounts.scope import acting
from linli.dispatch.actions.assign_units import assign_units
from linli.dispatch.actions.end_shift import end_shift
from linli.dispatch.models import Assignment, DispatchUnit
from linli.dispatch.tests.room import Room, make_room
from linli.kernel.errors import IllegalMove, Refused

DISPATCHERS, TURNS = 6, 5


@pytest.fixture
def committed(transactional_db: None) -> Room:
    """Return a room that other connections can see."""
    return make_room()


def at_once(deeds: Sequence[Callable[[], Any]]) -> list[Exception | None]:
    """Do all deeds at the same moment; return what each was refused with."""
    barrier = Barrier(len(deeds))
    outcomes: list[Exception | None] = [None] * len(deeds)

    def run(place: int, deed: Callable[[], Any]) -> None:
        barrier.wait()
        try:
            deed()
        except Refused as refusal:
            outcomes[place] = refusal
        finally:
            connection.close()

    threads = [Thread(target=run, args=pair) for pair in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
        assert not thread.is_alive(), "they wait for one another"
    return outcomes


def test_no_unit_is_sent_twice_and_nobody_waits_for_ever(committed: Room) -> None:
    actor = committed.cast.actor("city_dispatcher")
    incidents = [committed.incident().id for _n in range(DISPATCHERS)]
    units = [committed.units[name].id for name in ("first", "second", "third", "emergency")]
    rng = Random(1)
    wanted = [[rng.sample(units, 2) for _t in range(TURNS)] for _d in range(DISPATCHERS)]

    def dispatcher(place: int) -> Callable[[], None]:
        def work() -> None:
            for some in wanted[place]:
                try:
                    with acting(actor):
                        assign_units(incidents[place], units=some, actor=actor, at=timezone.now())
                except Refused:
                    continue

        return work

    at_once([dispatcher(place) for place in range(DISPATCHERS)])
    out = Assignment.objects.filter(ended_at=None)
    twice = out.values("unit").annotate(n=Count("id")).filter(n__gt=1)
    assert not twice.exists()
    assert out.count() in (2, 4)
    busy = DispatchUnit.objects.filter(status="assigned").values_list("id", flat=True)
    assert set(busy) == set(out.values_list("unit", flat=True))


def test_going_home_and_being_sent_do_not_cross(committed: Room) -> None:
    dispatcher = committed.cast.actor("city_dispatcher")
    leader = committed.cast.actor("first_leader")
    incident, unit = committed.incident().id, committed.units["first"].id

    def send() -> None:
        with acting(dispatcher):
            assign_units(incident, units=[unit], actor=dispatcher, at=timezone.now())

    def go_home() -> None:
        with acting(leader):
            end_shift(unit, actor=leader, at=timezone.now())

    refused = at_once([send, go_home])
    assert [one is not None for one in refused].count(True) == 1
    assert isinstance(refused[0] or refused[1], Refused | IllegalMove)
    sent = Assignment.objects.filter(ended_at=None).count()
    assert DispatchUnit.objects.get(pk=unit).status == ("assigned" if sent else "off_duty")
