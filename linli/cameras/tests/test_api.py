"""The API and the command: the same rules as the pages, and no address of a source."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from linli.cameras.models import Camera, Source
from linli.cameras.report import health_report
from linli.cameras.tests.builders import Street
from linli.kernel.periods import Period
from tests.cast import BEIJING_ROAD, LONGMENLI, TUESDAY


@pytest.fixture
def keeper(street: Street, client: Client) -> Client:
    """The city's administrator."""
    client.force_login(street.cast.users["administrator"])
    return client


def given(street: Street, **fields: object) -> dict[str, object]:
    """Return a body that registers a camera."""
    unit = str(street.cast.posts[BEIJING_ROAD].id)
    return {
        "code": "7", "name": "广场", "area": LONGMENLI, "place_kind": "square",
        "legal_class": "first", "owner": unit, "managing": unit, "purpose": "治安",
        "latitude": 38.5, "longitude": 102.1, "storage_days": 30, "installed_on": "2026-03-01",
        "heading": 0, "angle": 90, "reach": 50, **fields,
    }  # fmt: skip


def test_a_camera_is_registered_and_read(street: Street, keeper: Client) -> None:
    Source.objects.create(
        camera=street.ours, protocol="hls", address="http://10.0.0.1/geheim", added_at=TUESDAY
    )
    send = {"content_type": "application/json"}
    refused = keeper.post("/api/v1/cameras", given(street, place_kind="bath"), **send)  # type: ignore[arg-type]
    assert refused.status_code == 422
    assert "place_kind" in refused.json()["fields"]
    made = keeper.post("/api/v1/cameras", given(street), **send)  # type: ignore[arg-type]
    assert made.status_code == 201
    assert made.json()["view"]["type"] == "Polygon"
    assert keeper.post("/api/v1/cameras", given(street), **send).status_code == 422  # type: ignore[arg-type]
    listed = keeper.get("/api/v1/cameras?limit=2").json()
    assert len(listed["cameras"]) == 2
    rest = keeper.get("/api/v1/cameras", {"after": listed["next"]}).json()
    assert len(rest["cameras"]) == 1
    assert "geheim" not in keeper.get(f"/api/v1/cameras/{street.ours.id}").text


def test_others_are_refused(street: Street, client: Client) -> None:
    client.force_login(street.cast.users["clerk"])
    assert client.get("/api/v1/cameras").status_code == 403
    client.force_login(street.cast.users["dispatcher"])
    assert client.get(f"/api/v1/cameras/{street.theirs.id}").status_code == 404
    assert client.get("/api/v1/cameras/orders").json() == {"orders": [], "next": None}
    client.force_login(street.cast.users["auditor"])
    assert client.get("/api/v1/cameras/availability?area=6203").status_code == 200
    client.force_login(street.cast.users["director"])
    assert client.get("/api/v1/cameras/availability?area=6203").status_code == 403


def test_the_command_says_how_cameras_are(street: Street) -> None:
    Camera.objects.filter(pk=street.theirs.pk).update(retired_on=TUESDAY.date())
    found = health_report(BEIJING_ROAD, Period(), timezone.now() + timedelta())
    assert found["cameras"] == 1
    assert found["states"]["unknown"] == 1
    assert found["work_orders"] == {"waiting": 0, "late": 0}
    assert found["availability"]["percent"] is None
