"""Who sees which camera: the filter and row security say the same, for everybody of the cast."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from linli.accounts.actor import Actor
from linli.accounts.scope import acting
from linli.cameras.models import Agreement, AgreementCamera, Camera, Filing, Source
from linli.cameras.policy import agreements_of, visible_to
from linli.cameras.tests.builders import Street, make_agreement, make_camera
from tests.cast import BEIJING_ROAD, GUANGZHOU_ROAD, OTHER_VILLAGE, TUESDAY


def seen(actor: Actor) -> set[str]:
    """Return the last digits of the codes the actor sees; both ways must agree."""
    filtered = set(Camera.objects.filter(visible_to(actor)).values_list("code", flat=True))
    with acting(actor):
        assert set(Camera.objects.values_list("code", flat=True)) == filtered
        assert set(Source.objects.values_list("camera__code", flat=True)) <= filtered
        assert Filing.objects.count() <= len(filtered)
        assert set(Agreement.objects.values_list("id", flat=True)) == set(
            Agreement.objects.filter(agreements_of(actor)).values_list("id", flat=True)
        )
    return {code[-1] for code in filtered}


def test_everybody_sees_what_is_theirs_and_no_more(street: Street) -> None:
    for camera in (street.ours, street.theirs):
        Source.objects.create(camera=camera, protocol="hls", address="http://a/", added_at=TUESDAY)
        Filing.objects.create(
            camera=camera, filed_on=TUESDAY.date(), number="1", facts={}, at=TUESDAY
        )
    expected = {
        "administrator": {"1", "2"},
        "director": {"1"},
        "city_director": {"1"},
        "city_dispatcher": {"1"},
        "dispatcher": {"1"},
        "traffic_officer": {"2"},
        "officer": set(),
        "neighbour_dispatcher": set(),
        "clerk": set(),
        "grid_worker": set(),
        "mediator": set(),
        "auditor": set(),
    }
    assert {name: seen(street.cast.actor(name)) for name in expected} == expected


def test_another_departments_camera_is_seen_only_under_a_living_agreement(street: Street) -> None:
    taking = street.cast.posts[BEIJING_ROAD]
    dispatcher = street.cast.actor("dispatcher")
    past = datetime(2021, 1, 1, tzinfo=UTC)
    make_agreement(street.traffic, taking, ends=past)
    make_agreement(street.traffic, taking, ended_at=TUESDAY, ended_why="不再需要")
    make_agreement(street.traffic, street.cast.posts[GUANGZHOU_ROAD], area=OTHER_VILLAGE)
    make_agreement(street.traffic, taking, classes=["second"])
    assert seen(dispatcher) == {"1"}
    living = make_agreement(street.traffic, taking, classes=["first", "third"], area=BEIJING_ROAD)
    assert seen(dispatcher) == {"1", "2"}
    assert seen(street.cast.actor("city_dispatcher")) == {"1"}
    living.delete()
    third = make_camera(street.traffic, "62030200300003")
    make_agreement(street.traffic, taking, third)
    assert seen(dispatcher) == {"1", "3"}
    with acting(dispatcher):
        assert AgreementCamera.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"place_kind": "guest_room"}, "camera_place_not_forbidden"),
        ({"place_kind": "toilet"}, "camera_place_not_forbidden"),
        ({"storage_days": 29}, "camera_stores_thirty_days"),
        ({"filed_on": None}, "camera_filed_or_due"),
        ({"heading": None}, "camera_field_of_view"),
        ({"code": "62030200300001"}, "camera_code_once"),
    ],
)
def test_the_database_refuses(street: Street, fields: dict[str, object], rule: str) -> None:
    given = {"code": "9", **fields}
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        make_camera(street.cast.posts[BEIJING_ROAD], **given)  # type: ignore[arg-type]
