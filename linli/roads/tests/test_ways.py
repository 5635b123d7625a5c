"""The way in detail: directions, around what is closed, how far, and a track put on its roads."""

from datetime import timedelta

import pytest
from shapely.geometry import Point, shape

from linli.accounts.actor import SYSTEM
from linli.roads.actions.close_road import close_road
from linli.roads.modes import Mode
from linli.roads.queries.times import seconds_to
from linli.roads.queries.ways import NoWay, decoded, detailed_seconds_to, isochrones, match, route
from linli.roads.tests.conftest import Import
from linli.roads.tests.extracts import ANDORRA, POINTS, needs_andorra
from linli.roads.tests.test_times import EAST
from tests.cast import TUESDAY

pytestmark = pytest.mark.django_db
A, B, C, D = (POINTS[n] for n in (1, 2, 3, 6))
LA_VELLA, CANILLO, SOLDEU = (1.5218, 42.5063), (1.5992, 42.5676), (1.6675, 42.5767)


def test_a_route_has_a_line_a_length_and_directions(bring: Import) -> None:
    bring()
    found = route([A, D], Mode.CAR, TUESDAY)
    assert found.metres == pytest.approx(3 * EAST, rel=0.01)
    assert found.line[0] == pytest.approx(A, abs=1e-4)
    assert found.line[-1] == pytest.approx(D, abs=1e-4)
    assert found.steps[0].road == "龙门路"
    assert found.steps[0].turn in {"set out", "出发"}
    assert found.steps[-1].turn in {"arrive", "到达"}
    assert sum(step.metres for step in found.steps) == pytest.approx(found.metres, abs=5)


@pytest.mark.parametrize("mode", list(Mode))
def test_a_closed_road_is_gone_round(bring: Import, mode: Mode) -> None:
    bring()
    hour = timedelta(hours=1)
    close_road(
        reason="施工", since=TUESDAY, until=TUESDAY + hour, actor=SYSTEM, at=TUESDAY,
        point=(102.195, 38.5),
    )  # fmt: skip
    straight, around = route([A, D], mode, TUESDAY - hour), route([A, D], mode, TUESDAY)
    assert around.metres > straight.metres + 2_000
    assert any(latitude > 38.505 for _x, latitude in around.line)
    assert route([A, D], mode, TUESDAY + hour).metres == straight.metres


def test_where_there_is_no_way_it_says_so(bring: Import) -> None:
    bring()
    with pytest.raises(NoWay):
        route([A, (0.0, 0.0)], Mode.CAR, TUESDAY)


@needs_andorra
def test_shortlist_and_detail_agree_on_a_real_map(bring: Import) -> None:
    bring(ANDORRA)
    sources = [CANILLO, SOLDEU]
    quick = seconds_to(LA_VELLA, sources, Mode.CAR, TUESDAY)
    exact = detailed_seconds_to(LA_VELLA, sources, Mode.CAR, TUESDAY)
    for one, other in zip(quick, exact, strict=True):
        assert one is not None
        assert other is not None
        assert one == pytest.approx(other, rel=0.35)
    assert quick[0] < quick[1]
    assert exact[0] < exact[1]
    there = route([SOLDEU, CANILLO, LA_VELLA], Mode.CAR, TUESDAY)
    assert there.metres > 15_000
    assert len(there.steps) > 4


@needs_andorra
def test_how_far_one_gets_grows_with_the_time(bring: Import) -> None:
    bring(ANDORRA)
    found = isochrones(LA_VELLA, [5, 15], Mode.CAR, TUESDAY)
    near, far = shape(found[5]), shape(found[15])
    assert near.contains(Point(LA_VELLA))
    assert not near.contains(Point(CANILLO))
    assert far.area > 2 * near.area
    walked = shape(isochrones(LA_VELLA, [15], Mode.FOOT, TUESDAY, towards=True)[15])
    assert walked.area < far.area


@needs_andorra
def test_a_noisy_track_is_put_on_its_roads(bring: Import) -> None:
    bring(ANDORRA)
    line = route([LA_VELLA, CANILLO], Mode.CAR, TUESDAY).line
    track = [(x + 0.0001 * (-1) ** n, y) for n, (x, y) in enumerate(line[:200:4])]
    matched = match(track, Mode.CAR)
    road = shape({"type": "LineString", "coordinates": line}).buffer(0.0002)
    assert all(road.contains(Point(point)) for point in matched[2:-2])


def test_lines_are_decoded_as_they_are_written() -> None:
    assert decoded("_izlhA~rlgdF_{geC~ywl@_kwzCn`{nI") == [
        (-120.2, 38.5), (-120.95, 40.7), (-126.453, 43.252),
    ]  # fmt: skip
    assert decoded("") == []
