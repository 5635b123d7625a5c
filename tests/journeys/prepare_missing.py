"""Imported inside the served instance once it has a map: cameras at its crossings, people trained for
them, a patrol, and a hospital to be called."""

from datetime import date

from django.utils import timezone

from linli.accounts.models import User
from linli.areas.models import Unit
from linli.cameras.models import Camera, Source, Training
from linli.patrol.tests.blocks import SOUTH, STEP, WEST
from linli.premises.models import Premises
from tests.cast import BEIJING_ROAD, COUNTY, LONGMENLI, PASSWORD, make_user

now = timezone.now()
centre = Unit.objects.get(area=BEIJING_ROAD, kind="centre")
for x in range(1, 6):
    for y in range(1, 6):
        camera = Camera.objects.create(
            code=f"620302003013100{x}{y}000", name=f"示例第{x}路第{y}街路口", area_id=LONGMENLI,
            place_kind="road", legal_class="first", owner=centre, of_centre=True, managing=centre,
            purpose="道路治安", latitude=SOUTH + y * STEP, longitude=WEST + x * STEP, heading=0,
            angle=360, reach=60, storage_days=30, installed_on=date(2026, 1, 5),
            filed_on=date(2026, 1, 20), filing_number="1",
        )  # fmt: skip
        Source.objects.create(camera=camera, protocol="hls", address=f"demo://{x}{y}", added_at=now)
for name in ("director", "county_director", "city_dispatcher"):
    user = User.objects.get(username=name)
    training = {"course": "视频调阅规范", "trained_on": date(2026, 1, 1), "until": date(2099, 1, 1)}
    Training.objects.get_or_create(user=user, area=COUNTY, defaults={**training, "at": now})
team = Unit.objects.create(area_id=BEIJING_ROAD, kind="team", name="示例巡逻队")
make_user("searcher", "patrol_member", BEIJING_ROAD, team, password=PASSWORD)
Premises.objects.create(
    kind_id="hospital", name="示例人民医院", area_id=LONGMENLI, latitude=SOUTH + 4 * STEP,
    longitude=WEST + 4 * STEP, phone="000-0000-0001", added_at=now,
)  # fmt: skip
