"""Cameras around the cast: one of the centre's, one of a department's, and who shares them."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from linli.areas.models import Unit
from linli.cameras.models import Agreement, AgreementCamera, Camera
from tests.cast import BEIJING_ROAD, GUANGZHOU_ROAD, LONGMENLI, Cast, make_user

LONG_AGO, FAR_OFF = datetime(2020, 1, 1, tzinfo=UTC), datetime(2099, 1, 1, tzinfo=UTC)


@dataclass
class Street:
    """The cast, the traffic department of Beijing Road with an officer, and two cameras."""

    cast: Cast
    traffic: Unit
    ours: Camera
    theirs: Camera


def make_camera(owner: Unit, code: str = "62030200300001", **fields: Any) -> Camera:
    """Save a camera at a crossing of 龙门里, filed with the police."""
    given: dict[str, Any] = {
        "code": code,
        "name": "龙门里东口",
        "area_id": LONGMENLI,
        "place_kind": "road",
        "legal_class": "first",
        "owner": owner,
        "of_centre": owner.kind in ("centre", "grid"),
        "managing": owner,
        "purpose": "道路治安",
        "latitude": 38.53,
        "longitude": 102.18,
        "height": 4.0,
        "heading": 90.0,
        "angle": 60.0,
        "reach": 50.0,
        "storage_days": 30,
        "installed_on": date(2026, 1, 5),
        "filed_on": date(2026, 1, 20),
        "filing_number": "金公视备〔2026〕1号",
        **fields,
    }
    return Camera.objects.create(**given)


def make_agreement(
    giving: Unit, taking: Unit, *cameras: Camera, begins: datetime = LONG_AGO,
    ends: datetime = FAR_OFF, **fields: Any,
) -> Agreement:  # fmt: skip
    """Save an agreement: of the listed cameras, else of what ``fields`` say."""
    made = Agreement.objects.create(
        giving=giving, taking=taking, purpose="一体化防控", begins_at=begins, ends_at=ends,
        by_list=bool(cameras), made_at=LONG_AGO, **fields,
    )  # fmt: skip
    for camera in cameras:
        AgreementCamera.objects.create(agreement=made, camera=camera)
    return made


def lay_street(cast: Cast) -> Street:
    """Save the street. ``traffic_officer`` works in the department, ``dispatcher`` in the centre."""
    traffic = Unit.objects.create(
        area_id=BEIJING_ROAD, kind="department", field="police", name="北京路交警中队"
    )
    cast.users["traffic_officer"] = make_user(
        "traffic_officer", "department_officer", BEIJING_ROAD, traffic
    )
    for name, area in (("dispatcher", BEIJING_ROAD), ("neighbour_dispatcher", GUANGZHOU_ROAD)):
        cast.users[name] = make_user(name, "dispatcher", area, cast.posts[area])
    return Street(
        cast, traffic, make_camera(cast.posts[BEIJING_ROAD]), make_camera(traffic, "62030200300002")
    )
