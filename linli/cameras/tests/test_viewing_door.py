"""Each way round a grant, tried at the door itself: every one refused, and every one in the log."""

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from linli.audit.models import Entry
from linli.cameras.actions.consent_grant import consent_grant
from linli.cameras.actions.end_grant import end_grant
from linli.cameras.media import external, store
from linli.cameras.media.wanted import wanted
from linli.cameras.models import Camera, Feed, Grant, Recording, Refusal, Source, Training
from linli.cameras.tests.builders import Street, make_agreement, make_camera
from linli.cameras.tests.watching import (
    lay_live,
    lay_recorded,
    make_incident,
    make_trained,
    watch,
)
from linli.cases.actions.withdraw import withdraw_case
from linli.cases.models import Case
from tests.cast import BEIJING_ROAD, TUESDAY

HOUR = timedelta(hours=1)


@dataclass
class Scene:
    """The street with an incident, a grant that holds, a segment, and a recorded one with consent."""

    street: Street
    case: Case
    live: Grant
    recorded: Grant
    seconds: list[int]

    def page(self, name: str = "dispatcher") -> Client:
        client = Client()
        client.force_login(self.street.cast.users[name])
        return client

    def at(self, name: str = "s0.ts", grant: Grant | None = None, camera: Any = None) -> str:
        return f"/cameras/view/{(grant or self.live).id}/{camera or self.street.ours.id}/{name}"


@pytest.fixture
def scene(street: Street, tmp_path: Path, settings: Any) -> Scene:
    settings.LINLI_VIDEO = tmp_path / "video"
    for name in ("dispatcher", "director", "city_dispatcher", "neighbour_dispatcher"):
        make_trained(street.cast.users[name])
    case = make_incident(street)
    live = watch(street, case)
    recorded = watch(street, case, mode="recorded", starts=TUESDAY - HOUR, ends=TUESDAY)
    consent_grant(recorded.id, actor=street.cast.actor("director"), at=TUESDAY)
    lay_live(street.ours.id)
    seconds = lay_recorded(street.ours.id, TUESDAY - HOUR - timedelta(seconds=20), 6)
    return Scene(street, case, live, recorded, seconds)


def body(response: HttpResponse) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]


def test_with_a_grant_each_segment_is_given_out_and_logged(scene: Scene) -> None:
    page = scene.page()
    listed = page.get(scene.at("live.m3u8"))
    assert (listed.status_code, b"s0.ts" in listed.content) == (200, True)
    for _ in range(3):
        given = page.get(scene.at())
        assert (given.status_code, body(given)) == (200, b"\x47 live")
        assert given["Cache-Control"] == "no-store, private"
    entries = Entry.objects.filter(event="video.segment", object_id=str(scene.street.ours.id))
    assert [e.actor for e in entries] == [scene.street.cast.users["dispatcher"].id] * 3
    assert entries[0].facts["grant"] == str(scene.live.id)
    assert Entry.objects.filter(event="video.open").count() == 1
    assert Feed.objects.get().camera == scene.street.ours
    assert not Refusal.objects.exists()


def test_recorded_segments_are_those_of_the_span(scene: Scene) -> None:
    page = scene.page()
    listed = page.get(scene.at("recorded.m3u8", scene.recorded)).content.decode()
    inside = [second for second in scene.seconds if f"r{second}.ts" in listed]
    assert inside == scene.seconds[2:], "what began before the span is not in it"
    given = page.get(scene.at(f"r{inside[0]}.ts", scene.recorded))
    assert (given.status_code, body(given)) == (200, b"\x47 then")


def test_what_nobody_recorded_is_said_and_never_shown_live_instead(scene: Scene) -> None:
    page, camera = scene.page(), scene.street.ours
    Recording.objects.all().delete()
    store.free(store.recorded(camera.id))
    make_source(camera, "rtsp", "rtsp://10.0.0.1/live")
    asked = scene.at("state.json", scene.recorded)
    assert page.get(asked).json()["state"] == "nothing"
    assert not Feed.objects.exists()
    feed = Feed(camera=camera, grant=scene.recorded, changed_at=TUESDAY)
    feed.wanted_until = TUESDAY + HOUR
    feed.save()
    assert wanted(("rtsp", "hls"), TUESDAY) == []
    make_source(camera, "gb28181", "")
    assert [one.kind for one in wanted(("gb28181",), TUESDAY)] == ["playback"]
    assert page.get(asked).json()["state"] == "asked"


def make_source(camera: Camera, protocol: str, address: str) -> None:
    """Save a source behind those the camera has."""
    position = camera.sources.count()
    Source.objects.create(
        camera=camera, protocol=protocol, address=address, position=position, added_at=TUESDAY
    )


def _end(scene: Scene) -> None:
    end_grant(scene.live.id, actor=scene.street.cast.actor("dispatcher"), at=TUESDAY)


def _close(scene: Scene) -> None:
    withdraw_case(scene.case.id, actor=scene.street.cast.actor("clerk"), at=TUESDAY, note="误报")


def _forget_training(scene: Scene) -> None:
    Training.objects.filter(user=scene.street.cast.users["dispatcher"]).update(
        until=date(2026, 3, 9)
    )


def _lose_role(scene: Scene) -> None:
    scene.street.cast.users["dispatcher"].roles.update(ends=date(2026, 3, 9))


def _wait_for_consent(scene: Scene) -> str:
    span = {"mode": "recorded", "starts": TUESDAY - HOUR, "ends": TUESDAY}
    waiting = watch(scene.street, scene.case, **span)
    return scene.at(f"r{scene.seconds[2]}.ts", waiting)


def _other_camera(scene: Scene) -> str:
    other = make_camera(scene.street.cast.posts[BEIJING_ROAD], "2")
    lay_live(other.id)
    return scene.at(camera=other.id)


def _unshared(scene: Scene) -> str:
    theirs = scene.street.theirs
    shared = make_agreement(scene.street.traffic, scene.street.cast.posts[BEIJING_ROAD], theirs)
    grant = watch(scene.street, scene.case, camera=theirs)
    shared.delete()
    lay_live(theirs.id)
    return scene.at(grant=grant, camera=theirs.id)


# What is tried → who tries it, where, and the cause that must stand in the log.
WAYS: dict[str, tuple[str | None, Callable[[Scene], str | None], str]] = {
    "signed out": (None, lambda s: s.at(), "signed_out"),
    "signed out, the playlist": (None, lambda s: s.at("live.m3u8"), "signed_out"),
    "a trained colleague of the same centre": ("director", lambda s: s.at(), "not_yours"),
    "a trained dispatcher above": ("city_dispatcher", lambda s: s.at(), "not_yours"),
    "a trained dispatcher of another street": ("neighbour_dispatcher", lambda s: s.at(), "no_grant"),
    "an auditor": ("auditor", lambda s: s.at(), "no_grant"),
    "an administrator": ("administrator", lambda s: s.at(), "no_grant"),
    "a clerk": ("clerk", lambda s: s.at(), "no_grant"),
    "a grant that was ended": ("dispatcher", _end, "ended"),
    "the case was closed": ("dispatcher", _close, "case_over"),
    "the training ran out": ("dispatcher", _forget_training, "untrained"),
    "the role ended": ("dispatcher", _lose_role, "no_role"),
    "a second person has not consented": ("dispatcher", _wait_for_consent, "no_consent"),
    "another camera": ("dispatcher", _other_camera, "other_camera"),
    "a camera that is no longer shared": ("dispatcher", _unshared, "other_camera"),
    "a made-up grant": ("dispatcher", lambda s: s.at(grant=Grant(id=uuid4())), "no_grant"),
    "recorded with a live grant": (
        "dispatcher", lambda s: s.at(f"r{s.seconds[3]}.ts"), "other_time",
    ),
    "live with a recorded grant": ("dispatcher", lambda s: s.at(grant=s.recorded), "other_time"),
    "recorded before the span": (
        "dispatcher", lambda s: s.at(f"r{s.seconds[0]}.ts", s.recorded), "other_time",
    ),
    "the playlist of the other way": ("dispatcher", lambda s: s.at("recorded.m3u8"), "other_time"),
    "a path upwards": ("dispatcher", lambda s: s.at("../../recorded/x.ts"), "bad_name"),
    "a path upwards, coded": ("dispatcher", lambda s: s.at("..%2f..%2fsecrets.json"), "bad_name"),
    "a whole path": ("dispatcher", lambda s: s.at("/etc/passwd"), "bad_name"),
    "a name with a nought in it": ("dispatcher", lambda s: s.at("s0.ts%00.m3u8"), "bad_name"),
    "the packager's own files": ("dispatcher", lambda s: s.at("live.m3u8.tmp"), "bad_name"),
    "beside the door": ("dispatcher", lambda s: "/cameras/view/live/s0.ts", "bad_name"),
    "beside the door, signed out": (None, lambda s: "/cameras/view/../video/", "signed_out"),
}  # fmt: skip


@pytest.mark.parametrize("method", ["get", "head"])
def test_each_way_round_is_refused_and_logged(scene: Scene, method: str) -> None:
    told = {}
    for way in WAYS:
        with transaction.atomic():
            told[way] = try_way(scene, way, method)
            transaction.set_rollback(True)
    assert told == {way: cause for way, (_, _, cause) in WAYS.items()}


def try_way(scene: Scene, way: str, method: str) -> str:
    """Try one way; it must be refused and logged. Return the cause in the log."""
    who, where, _ = WAYS[way]
    address = where(scene) or scene.at()
    client = scene.page(who) if who else Client()
    asked = getattr(client, method)(address, headers={"range": "bytes=0-3"})
    assert asked.status_code == (401 if who is None else 403), way
    assert b"\x47" not in body(asked)
    refusal = Refusal.objects.get()
    assert refusal.user == (scene.street.cast.users[who] if who else None)
    entry = Entry.objects.get(event="video.refuse")
    assert entry.object_id == str(refusal.id)
    assert not Entry.objects.filter(event="video.segment").exists()
    return refusal.cause


def test_no_other_method_is_known(scene: Scene) -> None:
    page = scene.page()
    asked = [getattr(page, method)(scene.at()) for method in ("post", "put", "delete", "patch")]
    assert {one.status_code for one in asked} == {405}


def test_after_its_time_a_grant_is_worth_nothing(scene: Scene) -> None:
    page = scene.page()
    assert page.get(scene.at()).status_code == 200
    Grant.objects.filter(pk=scene.live.pk).update(valid_until=TUESDAY + timedelta(minutes=1))
    with time_machine.travel(TUESDAY + timedelta(minutes=1)):
        assert page.get(scene.at()).json()["cause"] == "expired"
        assert page.get(scene.at("state.json")).status_code == 403
    assert Refusal.objects.filter(cause="expired").count() == 2


def test_segments_are_reached_by_no_other_address(scene: Scene, settings: Any) -> None:
    page = scene.page()
    inside = os.path.relpath(settings.LINLI_VIDEO / "live", settings.BASE_DIR)
    for path in (f"/static/{inside}/s0.ts", "/static/../video/live/s0.ts", f"/{inside}", "/video/"):
        assert page.get(path).status_code == 404


def test_somebody_who_is_refused_without_end_fills_no_log(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("linli.cameras.actions.refuse_video.MOST_A_MINUTE", 3)
    page = scene.page("clerk")
    assert [page.get(scene.at()).status_code for _ in range(5)] == [403, 403, 403, 429, 429]
    assert Refusal.objects.count() == 3


def test_a_segment_costs_few_statements(scene: Scene, django_assert_max_num_queries: Any) -> None:
    page = scene.page()
    page.get(scene.at())
    with django_assert_max_num_queries(10):
        page.get(scene.at())


WORD = "a-word-between-us"


@pytest.fixture
def server(scene: Scene, settings: Any) -> Callable[..., int]:
    """Ask as the media server does; return the status."""
    settings.LINLI_MEDIA_SERVER = "http://media.example/{camera}/index.m3u8"
    settings.LINLI_MEDIA_HOOK = WORD
    viewer = scene.street.cast.users["dispatcher"].id
    ticket = external.seal(external.Ticket(scene.live.id, scene.street.ours.id, viewer))

    def ask(word: str = WORD, **said: Any) -> int:
        told = {
            "user": "", "password": "", "token": ticket, "action": "read", "protocol": "hls",
            "path": str(scene.street.ours.id), "query": "", **said,
        }  # fmt: skip
        answered = Client(enforce_csrf_checks=True).post(
            f"/cameras/hook/authorise?word={word}",
            json.dumps(told),
            content_type="application/json",
        )
        return answered.status_code

    return ask


def test_another_media_server_asks_for_each_request(
    scene: Scene, server: Callable[..., int]
) -> None:
    assert server() == 200
    assert Entry.objects.filter(event="video.segment").count() == 1
    assert server("another word") == 403
    wrong: list[dict[str, Any]] = [
        {"token": ""}, {"token": "x"}, {"token": None}, {"action": "publish"}, {"action": "api"},
        {"path": str(uuid4())}, {"path": "../" + str(scene.street.ours.id)},
    ]  # fmt: skip
    assert [server(**one) for one in wrong] == [401] * len(wrong)
    assert Refusal.objects.count() == len(wrong)
    _end(scene)
    assert server() == 401
    assert Entry.objects.filter(event="video.segment").count() == 1


def test_without_a_word_of_its_own_the_hook_is_shut(
    scene: Scene, server: Callable[..., int], settings: Any
) -> None:
    settings.LINLI_MEDIA_HOOK = ""
    assert server("") == 403
