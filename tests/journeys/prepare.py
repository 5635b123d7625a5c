"""Imported inside the served instance: saves the cast, with a password each, and a committee."""

from datetime import date

from django.utils import timezone

from linli.accounts.queries import actor_of
from linli.accounts.scope import acting
from linli.areas.models import Room
from linli.cameras.models import Camera, Source, Training
from linli.mediation.actions.found import CommitteeData, found_committee
from tests.cast import (
    BEIJING_ROAD,
    COUNTY,
    GUANGZHOU_ROAD,
    LONGMENLI,
    PASSWORD,
    make_case,
    make_cast,
    make_user,
)

cast = make_cast()
for user in cast.users.values():
    user.set_password(PASSWORD)
    user.save()

# The justice office of 广州路: a committee with a room and a mediator of its own.
actor = actor_of(cast.users["administrator"].id, timezone.localdate())
assert actor is not None
with acting(actor):
    committee = found_committee(
        GUANGZHOU_ROAD,
        CommitteeData(kind="street", name="广州路街道人民调解委员会", word="广"),
        actor=actor,
        at=timezone.now(),
    )
Room.objects.create(unit=committee.unit, name="调解一室")
make_user("street_mediator", "mediator", GUANGZHOU_ROAD, committee.unit, password=PASSWORD)

# A camera at a crossing, two people trained for its video, and something that has just happened there.
now = timezone.now()
centre = cast.posts[BEIJING_ROAD]
camera = Camera.objects.create(
    code="62030200301310000001", name="龙门里东口", area_id=LONGMENLI, place_kind="road",
    legal_class="first", owner=centre, of_centre=True, managing=centre, purpose="道路治安",
    latitude=38.53, longitude=102.18, storage_days=30, installed_on=date(2026, 1, 5),
    filed_on=date(2026, 1, 20), filing_number="1",
)  # fmt: skip
Source.objects.create(camera=camera, protocol="rtsp", address="demo://1", added_at=now)
for name in ("city_dispatcher", "director"):
    Training.objects.create(
        user=cast.users[name], area=COUNTY, course="视频调阅规范", trained_on=date(2026, 1, 1),
        until=date(2099, 1, 1), at=now,
    )  # fmt: skip
make_case(
    cast, at=now, kind="incident", category="public_order", title="路口有人打架",
    latitude=38.53, longitude=102.1801,
)  # fmt: skip
