"""Imported inside the served instance: a camera, two people trained for it, and an incident there."""

from datetime import date

from django.utils import timezone

from linli.accounts.models import User
from linli.accounts.queries import actor_of
from linli.areas.models import Unit
from linli.cameras.models import Camera, Source, Training
from linli.cases.actions.register import Matter, register_case
from tests.cast import BEIJING_ROAD, COUNTY, LONGMENLI

now = timezone.now()
centre = Unit.objects.get(area=BEIJING_ROAD, kind="centre")
camera = Camera.objects.create(
    code="62030200301310000001", name="龙门里东口", area_id=LONGMENLI, place_kind="road",
    legal_class="first", owner=centre, of_centre=True, managing=centre, purpose="道路治安",
    latitude=38.53, longitude=102.18, storage_days=30, installed_on=date(2026, 1, 5),
    filed_on=date(2026, 1, 20), filing_number="1",
)  # fmt: skip
Source.objects.create(camera=camera, protocol="rtsp", address="demo://1", added_at=now)
for name in ("city_dispatcher", "director"):
    Training.objects.create(
        user=User.objects.get(username=name), area=COUNTY, course="视频调阅规范",
        trained_on=date(2026, 1, 1), until=date(2099, 1, 1), at=now,
    )  # fmt: skip
clerk = actor_of(User.objects.get(username="clerk").id, timezone.localdate())
assert clerk is not None
register_case(
    Matter(
        kind="incident", category="public_order", title="路口有人打架", area=LONGMENLI,
        channel="window", latitude=38.53, longitude=102.1801,
    ),
    actor=clerk, at=now,
)  # fmt: skip
