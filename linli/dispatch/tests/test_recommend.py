"""The recommendation from the database: run cards, reach, ways on roads, and the words for it."""

import shutil
import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from linli.areas.models import Unit
from linli.dispatch.actions.assign_units import UnitTaken, assign_units
from linli.dispatch.actions.decline import decline_assignment
from linli.dispatch.models import Assignment, DispatchUnit, Incident, Shift, Spot
from linli.dispatch.queries.ranking import Line
from linli.dispatch.queries.recommend import capability_names, recommendation
from linli.dispatch.queries.travel import by_line, ways_to
from linli.dispatch.reasons import in_words
from linli.dispatch.tests.room import POINT, Room
from linli.kernel.errors import Invalid
from linli.roads.modes import Mode
from linli.roads.tests.extracts import POINTS


def asked(room: Room, incident: Incident, by: str = "city_dispatcher") -> list[Line]:
    lines: list[Line] = room.by(by, recommendation, incident, room.cast.actor(by), timezone.now())
    return lines


def names(line: Line) -> list[str]:
    return [one.unit.name for one in line.chosen]


def test_two_patrols_and_the_police_for_an_intruder(room: Room) -> None:
    patrols, police = asked(room, room.incident())
    assert names(patrols) == ["first队", "second队"]
    assert names(police) == ["police队"]
    words = in_words(patrols.chosen[0].reasons, capability_names())
    assert words[0] in ("on shift", "值班中")
    assert patrols.chosen[0].reasons[1][0] == "line"
    assert patrols.others[0].unit.name == "third队"


def test_a_phone_that_told_lately_counts_and_one_of_yesterday_does_not(room: Room) -> None:
    incident, now = room.incident(), timezone.now()
    third, first = room.units["third"], room.units["first"]
    Spot.objects.create(unit=third, longitude=POINT[0] + 0.001, latitude=POINT[1], at=now)
    old = now - timedelta(hours=1)
    Spot.objects.create(unit=first, longitude=POINT[0] + 0.5, latitude=POINT[1], at=old)
    patrols, _police = asked(room, incident)
    assert names(patrols) == ["third队", "first队"]
    assert [code for code, _v in patrols.chosen[0].reasons][-1] == "from_phone"
    assert [code for code, _v in patrols.chosen[1].reasons][-1] == "from_post"


def test_a_street_dispatches_its_own_units(room: Room) -> None:
    incident = room.incident("director")
    patrols, police = asked(room, incident, "director")
    assert names(patrols) == ["first队", "second队"]
    assert [one.unit.name for one in patrols.others] == []
    assert police.missing == 1
    with pytest.raises(Invalid):
        room.send(incident, "third", by="director")


def test_who_declined_is_out_and_the_next_is_proposed(room: Room) -> None:
    incident = room.incident()
    first, _second = room.send(incident, "first", "second")
    room.act("first_leader", decline_assignment, first.id, note="车坏了")
    patrols, _police = asked(room, incident)
    assert [one.name for one in patrols.already] == ["second队"]
    assert names(patrols) == ["third队"]
    assert patrols.excluded[0].reasons[0][0] == "declined"


def test_the_second_dispatcher_is_told_that_the_unit_is_taken(room: Room) -> None:
    one, two = room.incident(), room.incident()
    room.send(one, "first")
    with pytest.raises(UnitTaken, match="first"):
        room.send(two, "second", "first")
    assert room.unit("second").status == "available"
    assert not Assignment.objects.filter(incident=two).exists()
    with pytest.raises(Invalid):
        room.act("city_dispatcher", assign_units, two.id, units=[])


def test_it_asks_a_handful_of_questions_however_many_units(room: Room) -> None:
    incident, now = room.incident(), timezone.now()
    actor = room.cast.actor("city_dispatcher")
    with CaptureQueriesContext(connection) as few:
        recommendation(incident, actor, now)
    for n in range(30):
        team = Unit.objects.create(area_id="620302003", kind="team", name=f"加{n}队")
        DispatchUnit.objects.create(
            team=team, kind="patrol", name=team.name, area_id="620302003", status="available",
            status_at=now, longitude=POINT[0], latitude=POINT[1],
        )  # fmt: skip
    with CaptureQueriesContext(connection) as many:
        recommendation(incident, actor, now)
    assert len(few) == len(many) <= 4
    assert not Shift.objects.exists()


def test_without_a_map_a_line_is_said_to_be_one(maps: Any, db: None) -> None:
    unit = DispatchUnit().id
    found = ways_to(POINT, {unit: ((POINT[0] + 0.1, POINT[1]), "car")}, timezone.now())
    seconds, way = found[unit]
    assert way == "line"
    assert seconds == pytest.approx(8_700 * 1.35 / 8.3, rel=0.02)
    assert by_line(POINT, [POINT], Mode.FOOT) == [0.0]


def test_the_best_few_are_looked_at_in_detail_and_the_network_does_without(
    room: Room, bring: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = bring()
    asked_about: list[int] = []

    def slow_turns(target: Any, sources: Any, mode: Mode, at: Any) -> list[float | None]:
        asked_about.append(len(sources))
        # The nearest has to turn round, the second has no way at all once turns are counted.
        return [900.0, None, *[300.0 + n for n in range(len(sources) - 2)]]

    for n, name in enumerate(("first", "second", "third")):
        x, y = POINTS[2 + n]
        DispatchUnit.objects.filter(pk=room.units[name].id).update(longitude=x, latitude=y)
    incident = room.incident(longitude=POINTS[1][0], latitude=POINTS[1][1])
    by_network = {one.unit.name for one in asked(room, incident)[0].chosen}
    with monkeypatch.context() as patched:
        patched.setattr("linli.dispatch.queries.travel.detailed_seconds_to", slow_turns)
        patrols, _police = asked(room, incident)
    assert asked_about == [3]
    assert [one.unit.seconds for one in patrols.chosen] == [300.0, 900.0]
    assert {one.unit.way for one in patrols.chosen} == {"turns"}
    assert [one.unit.way for one in patrols.others] == ["road"]
    # Valhalla itself agrees with the network on who is near.
    assert {one.unit.way for one in asked(room, incident)[0].chosen} == {"turns"}
    shutil.rmtree(version.directory / "routing")
    monkeypatch.setattr("linli.roads.queries.ways._CACHE", threading.local())
    without = asked(room, incident)[0].chosen
    assert {one.unit.way for one in without} == {"road"}
    assert {one.unit.name for one in without} == by_network


def test_on_a_map_the_way_is_by_road(bring: Any, db: None) -> None:
    bring()
    near, far, off = DispatchUnit().id, DispatchUnit().id, DispatchUnit().id
    sources = {near: (POINTS[2], "car"), far: (POINTS[6], "car"), off: ((103.0, 39.0), "car")}
    found = ways_to(POINTS[1], sources, timezone.now())
    assert [way for _seconds, way in found.values()] == ["road", "road", "none"]
    there, further = found[near][0], found[far][0]
    assert there is not None
    assert further is not None
    assert 0 < there < further
