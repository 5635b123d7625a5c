"""The pages around a camera's footage: for which incident it opens, what is recorded, what is held."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from linli.audit.models import Entry
from linli.cameras.models import Camera, Hold, Recording, Refusal
from linli.cameras.queries import viewing
from linli.cameras.tests.builders import Street, make_agreement
from linli.cameras.tests.watching import make_incident, make_trained, watch
from linli.cameras.web import video
from tests.cast import BEIJING_ROAD, TUESDAY


@pytest.fixture
def page(street: Street, client: Client) -> Client:
    """The trained dispatcher of the street."""
    make_trained(street.cast.users["dispatcher"])
    client.force_login(street.cast.users["dispatcher"])
    return client


def test_a_camera_leads_to_its_video_by_way_of_an_incident(street: Street, page: Client) -> None:
    address = f"/cameras/{street.ours.id}/"
    alone = page.get(address).text
    assert "这路摄像头处没有未办结的事件" in alone
    assert f"{address}view/" not in alone
    case = make_incident(street)
    make_incident(street, title="别处的事", latitude=38.6)
    make_incident(street, title="矛盾纠纷", kind="dispute", category="neighbour")
    offered = page.get(address).text
    assert f"{address}view/?case={case.id}" in offered
    assert "别处的事" not in offered
    assert "矛盾纠纷" not in offered
    led = page.get(f"{address}view/?case={case.id}")
    assert led["Location"] == f"/cameras/video/case/{case.id}/?camera={street.ours.id}"
    assert str(street.ours.id) in page.get(led["Location"]).text
    assert not Refusal.objects.exists()


def test_incidents_near_by_do_not_crowd_out_those_at_the_camera(
    street: Street, page: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(viewing, "MOST_NEAR", 1)
    case = make_incident(street, at=TUESDAY - timedelta(minutes=5))
    # In the corner of the box, but farther away than the rules allow.
    corner = {
        "latitude": street.ours.latitude + 0.004, "longitude": street.ours.longitude + 0.005,
    }  # fmt: skip
    make_incident(street, title="别处的事", **corner)
    offered = page.get(f"/cameras/{street.ours.id}/").text
    assert str(case.id) in offered
    assert "别处的事" not in offered


def test_whoever_may_not_look_is_told_so_and_offered_nothing(
    street: Street, client: Client
) -> None:
    case = make_incident(street)
    client.force_login(street.cast.users["administrator"])
    told = client.get(f"/cameras/{street.ours.id}/").text
    assert "只在所在地点发生事件时" in told
    assert str(case.id) not in told
    client.force_login(street.cast.users["dispatcher"])
    told = client.get(f"/cameras/{street.ours.id}/").text
    assert "请联系管理员" in told
    assert str(case.id) not in told


def test_recording_is_switched_by_whoever_keeps_the_camera(street: Street, client: Client) -> None:
    address = f"/cameras/{street.ours.id}/recording/"
    client.force_login(street.cast.users["dispatcher"])
    assert client.post(address, {"days": "30"}).status_code == 403
    client.force_login(street.cast.users["director"])
    for days, said in (
        ("29", "至少 30 天"),
        ("400", "最多 366 天"),
        ("三十", "三十"),
        ("", "必填"),
    ):
        wrong = client.post(address, {"days": days})
        assert wrong.status_code == 422
        assert said in wrong.text
    assert client.post(address, {"days": "45"}).status_code == 302
    since = Recording.objects.get().since
    client.post(address, {"days": "60"})
    kept = Recording.objects.get()
    assert (kept.days, kept.since, kept.stopped_at) == (60, since, None)
    assert "停止录像" in client.get(f"/cameras/{street.ours.id}/").text
    client.post(address, {"on": "no"})
    assert Recording.objects.get().stopped_at is not None
    assert Entry.objects.filter(event="video.record").count() == 3


def test_the_days_offered_for_a_recording_are_taken(street: Street, client: Client) -> None:
    Camera.objects.filter(pk=street.ours.pk).update(storage_days=3650)
    client.force_login(street.cast.users["director"])
    offered = client.get(f"/cameras/{street.ours.id}/").context["recording_form"]["days"].value()
    address = f"/cameras/{street.ours.id}/recording/"
    assert client.post(address, {"days": str(offered)}).status_code == 302
    assert Recording.objects.get().days == 366


def held(street: Street, **fields: Any) -> dict[str, Any]:
    """Return what a dispatcher types to keep an hour of the street's camera."""
    return {
        "cameras": [str(street.ours.id)], "starts": "2026-03-10T09:00", "ends": "2026-03-10T10:00",
        "until": "2026-06-01", "reason": "伤害案取证", **fields,
    }  # fmt: skip


def test_footage_is_held_for_a_case_and_let_go(street: Street, page: Client) -> None:
    case = make_incident(street)
    address = f"/cameras/video/case/{case.id}/hold/"
    assert str(street.ours.id) in page.get(address).text
    wrong: list[dict[str, Any]] = [
        {"reason": " "}, {"ends": "2026-03-10T08:00"}, {"ends": "2026-03-20T08:00"},
        {"starts": "2026-03-11T08:00", "ends": "2026-03-11T09:00"}, {"until": "2026-03-10"},
        {"until": "2028-03-10"}, {"cameras": []}, {"cameras": [str(street.theirs.id)]},
    ]  # fmt: skip
    for fields in wrong:
        refused = page.post(address, held(street, **fields))
        assert refused.status_code == 422, fields
        assert 'aria-invalid="true"' in refused.text
        assert "2026-0" in refused.text, "what was typed stays"
    assert page.post(address, held(street)).status_code == 302
    hold = Hold.objects.get()
    assert (hold.case, hold.ends - hold.starts) == (case, timedelta(hours=1))
    assert "伤害案取证" in page.get(address).text
    assert case.number in page.get(f"/cameras/{street.ours.id}/").text
    assert page.post(f"/cameras/video/holds/{hold.id}/lift/").status_code == 302
    assert "伤害案取证" not in page.get(address).text
    assert page.post(f"/cameras/video/holds/{hold.id}/lift/").status_code == 404


def test_who_runs_the_camera_sees_that_it_is_held_and_not_for_which_case(
    street: Street, page: Client, client: Client
) -> None:
    make_agreement(street.traffic, street.cast.posts[BEIJING_ROAD], street.theirs)
    case = make_incident(street)
    page.post(f"/cameras/video/case/{case.id}/hold/", held(street, cameras=[str(street.theirs.id)]))
    client.force_login(street.cast.users["traffic_officer"])
    seen = client.get(f"/cameras/{street.theirs.id}/").text
    assert "2026-06-01" in seen
    assert case.number not in seen
    assert client.post(f"/cameras/video/holds/{Hold.objects.get().id}/lift/").status_code == 404
    assert client.get(f"/cameras/video/case/{case.id}/hold/").status_code == 404
    client.force_login(street.cast.users["clerk"])
    assert client.get(f"/cameras/video/case/{case.id}/hold/").status_code == 403


def test_the_log_of_looks_is_read_by_the_area_and_by_who_runs_the_camera(
    street: Street, page: Client, client: Client
) -> None:
    make_agreement(street.traffic, street.cast.posts[BEIJING_ROAD], street.theirs)
    case = make_incident(street)
    watch(street, case)
    watch(street, case, camera=street.theirs)
    page.get(f"/cameras/{street.ours.id}/view/")
    log = page.get("/cameras/video/log/").text
    assert log.count("路口打架") == 2
    assert "无对应事件" in page.get("/cameras/video/log/?what=refused").text
    client.force_login(street.cast.users["traffic_officer"])
    log = client.get("/cameras/video/log/").text
    assert log.count("路口有人打架") == 1, "the look at their own camera"
    assert "路口打架" not in log
    client.force_login(street.cast.users["neighbour_dispatcher"])
    assert "路口有人打架" not in client.get("/cameras/video/log/?after=nonsense").text
    client.force_login(street.cast.users["clerk"])
    assert client.get("/cameras/video/log/").status_code == 403


def test_the_log_goes_on_with_what_happened_in_the_same_moment(
    street: Street, page: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(video, "PAGE", 1)
    case = make_incident(street)
    looks = {watch(street, case).id, watch(street, case).id}
    for _ in range(2):
        page.get(f"/cameras/{street.ours.id}/view/")
    refusals = set(Refusal.objects.values_list("id", flat=True))
    for what, ids in (("", looks), ("refused", refusals)):
        seen: set[UUID] = set()
        after = ""
        for _ in range(2):
            told = page.get("/cameras/video/log/", {"what": what, "after": after}).context
            seen |= {one.id if what else one[0].id for one in told["rows"]}
            after = told["after"]
        assert (seen, after) == (ids, "")
