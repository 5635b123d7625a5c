"""Coverage: what covers a need, and the exceptions by name, live."""

import pytest
from django.urls import reverse

from linli.accounts.scope import acting
from linli.premises.models import Device
from linli.premises.queries.coverage import Asked, Gap, There, coverage, gaps
from linli.premises.tests.test_pages import client
from linli.premises.tests.town import Town
from tests.cast import BEIJING_ROAD, CITY, GUANGZHOU_ROAD, LONGMENLI, OTHER_VILLAGE

GUARD = Asked("one_key_alarm", "guard_room", connected=True)
ANY = Asked("one_key_alarm", "", connected=True)
LYING = Asked("extinguisher", "", connected=False)


@pytest.mark.parametrize(
    ("need", "devices", "why"),
    [
        (GUARD, [], "missing"),
        (GUARD, [There("one_key_alarm", "dormitory", "online")], "missing"),
        (GUARD, [There("one_key_alarm", "guard_room", "online")], None),
        (GUARD, [There("one_key_alarm", "guard_room", "unconnected")], "unconnected"),
        (GUARD, [There("one_key_alarm", "guard_room", state) for state in ("fault", "offline")], "offline"),
        (ANY, [There("one_key_alarm", "dormitory", "online")], None),
        (ANY, [There("one_key_alarm", "hall", state) for state in ("fault", "online")], None),
        (LYING, [There("extinguisher", "hall", "unconnected")], None),
        (LYING, [There("extinguisher", "hall", "fault")], "fault"),
    ],
)  # fmt: skip
def test_what_covers_a_need(need: Asked, devices: list[There], why: str | None) -> None:
    found = gaps([need], [], devices)
    assert found == ([] if why is None else [Gap(need.device_kind, need.spot, why)])  # type: ignore[arg-type]


def test_a_spot_the_place_does_not_have_needs_nothing() -> None:
    assert gaps([GUARD], ["guard_room"], []) == []


def school(town: Town, name: str, area: str, *states: str) -> None:
    place = town.place(kind_id="school", name=name, area_id=area, absent=["dormitory"])
    for spot, state in zip(("guard_room", "monitoring_room"), states, strict=False):
        more = {"fault": "坏"} if state == "fault" else {}
        town.device(place, name=spot, spot=spot, state=state, **more)


def test_the_figure_and_its_exceptions_follow_the_devices(town: Town) -> None:
    school(town, "甲校", LONGMENLI, "online", "online")
    school(town, "乙校", LONGMENLI, "online", "offline")
    school(town, "丙校", OTHER_VILLAGE, "online")
    actor = town.cast.actor("city_director")
    with acting(actor):
        (line,) = coverage(actor, CITY, kind="school", step=9)
        (near,) = coverage(actor, BEIJING_ROAD, device="one_key_alarm")
    assert (line.covered, line.total) == (1, 3)
    assert [(one.name, one.gaps[0].why) for one in line.exceptions] == [
        ("乙校", "offline"), ("丙校", "missing"),
    ]  # fmt: skip
    assert line.by_area == {BEIJING_ROAD: (1, 2), GUANGZHOU_ROAD: (0, 1)}
    assert (near.covered, near.total) == (1, 2)
    browser = client(town, "city_director")
    page = browser.get(reverse("premises:coverage"), {"area": CITY}).content.decode()
    assert "1/3" in page
    assert "丙校" in page
    Device.objects.update(state="online")
    page = browser.get(reverse("premises:coverage"), {"area": CITY}).content.decode()
    assert "2/3" in page


def test_a_clerk_counts_what_they_see(town: Town) -> None:
    school(town, "丙校", OTHER_VILLAGE, "online")
    actor = town.cast.actor("clerk")
    with acting(actor):
        assert coverage(actor, "") == []
