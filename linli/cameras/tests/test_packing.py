"""Packing: segments come, what hangs is ended, passwords stay unsaid, nobody asks means nothing runs."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from linli.cameras.actions.end_grant import end_grant
from linli.cameras.actions.want_feed import KEPT, want_feed
from linli.cameras.media import packager
from linli.cameras.media.inputs import SourceError, made_up
from linli.cameras.media.packager import Packager, live_words, recording_words
from linli.cameras.media.sources import input_of, recording_of
from linli.cameras.media.wanted import wanted
from linli.cameras.models import Feed, Network, Recording, Source
from linli.cameras.tests.builders import Street
from linli.cameras.tests.watching import make_incident, make_trained, watch
from linli.kernel.crypto import seal
from tests.cast import TUESDAY


def run(story: Callable[[], Awaitable[None]]) -> None:
    async def told() -> None:
        await story()

    asyncio.run(told())


async def until(true: Callable[[], bool], seconds: float = 30) -> None:
    for _ in range(int(seconds / 0.05)):
        if true():
            return
        await asyncio.sleep(0.05)
    raise AssertionError


def test_a_source_becomes_segments_and_leaves_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "live"

    async def story() -> None:
        job = Packager(live_words(made_up(), folder), folder)
        await job.start()
        await until(lambda: job.look() and (folder / "live.m3u8").exists())
        assert "#EXT-X-PROGRAM-DATE-TIME" in (folder / "live.m3u8").read_text()
        process = job._process
        await job.stop()
        assert process is not None
        assert process.returncode is not None
        assert not folder.exists()

    run(story)


def test_what_a_made_up_camera_recorded_comes_to_its_end_and_stays(tmp_path: Path) -> None:
    folder = tmp_path / "playback"
    source = Source(address="demo://1")

    async def story() -> None:
        words = live_words(
            recording_of(source, (TUESDAY, TUESDAY + timedelta(seconds=4))), folder, endless=False
        )
        job = Packager(words, folder, ends=True)
        await job.start()
        await until(lambda: job.look() and not job.is_running)
        assert job.look()
        playlist = (folder / "live.m3u8").read_text()
        assert "p0.ts" in playlist
        assert "#EXT-X-ENDLIST" in playlist
        await job.stop()
        assert not folder.exists()

    run(story)


def test_a_plain_stream_shows_nothing_of_the_past() -> None:
    with pytest.raises(SourceError):
        recording_of(Source(address="rtsp://127.0.0.1/1"), (TUESDAY, TUESDAY + KEPT))


def test_recordings_are_named_by_their_moment(tmp_path: Path) -> None:
    words = recording_words(made_up(), tmp_path)
    assert words[-1].endswith("r%s.ts")
    assert "-strftime" in words


@pytest.mark.parametrize("behaviour", ["sleep 60", "trap '' TERM; while :; do sleep 1; done"])
def test_what_hangs_is_ended_and_named(tmp_path: Path, behaviour: str) -> None:
    now = [0.0]

    async def story() -> None:
        job = Packager(["sh", "-c", behaviour], tmp_path / "live", clock=lambda: now[0])
        await job.start()
        assert job.look()
        now[0] = packager.FIRST_SEGMENT + 1
        assert not job.look()
        assert job.has_hung
        await until(lambda: not job.is_running, 5)
        await job.stop()

    run(story)


def test_what_ffmpeg_says_is_kept_without_the_password(tmp_path: Path) -> None:
    words = ["sh", "-c", "echo rtsp://admin:secret@10.0.0.1/ refused >&2; exit 1"]

    async def story() -> None:
        job = Packager(words, tmp_path / "live", hidden="admin:secret@")
        await job.start()
        await until(lambda: not job.is_running and bool(job.said), 5)
        assert job.said == "rtsp://…@10.0.0.1/ refused"
        assert not job.look()
        await job.stop()

    run(story)


def test_a_source_is_connected_to_only_inside_the_allowed_networks(street: Street) -> None:
    def source(address: str, protocol: str = "rtsp") -> Source:
        made = Source(camera=street.ours, protocol=protocol, address=address, added_at=TUESDAY)
        made.sealed = seal({"user": "admin", "password": "p@ss"}, made.id.bytes)
        return made

    with pytest.raises(SourceError, match="outside"):
        input_of(source("rtsp://127.0.0.1/1"))
    Network.objects.create(cidr="127.0.0.0/8", reason="测试", at=TUESDAY)
    words = input_of(source("rtsp://localhost/1?a=b")).words
    assert words[-1] == "rtsp://admin:p%40ss@127.0.0.1:554/1?a=b"
    for wrong in ("file:///etc/passwd", "concat:a|b", "rtsp://10.1.1.1/"):
        with pytest.raises(SourceError):
            input_of(source(wrong))


def test_where_nobody_looks_one_statement_says_so(
    street: Street, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):
        assert wanted(("rtsp", "hls"), TUESDAY) == []


def test_nothing_is_packed_that_no_grant_holds_for(street: Street) -> None:
    make_trained(street.cast.users["dispatcher"])
    Source.objects.create(camera=street.ours, protocol="rtsp", address="demo://1", added_at=TUESDAY)

    def keys(at: Any = TUESDAY) -> list[str]:
        return [one.kind for one in wanted(("rtsp", "hls"), at)]

    want_feed(street.ours.id, at=TUESDAY)
    assert keys() == [], "wanted without a grant"
    grant = watch(street, make_incident(street))
    assert keys() == ["live"]
    assert wanted(("gb28181",), TUESDAY) == []
    assert keys(TUESDAY + KEPT) == [], "nobody asked any more"
    want_feed(street.ours.id, at=TUESDAY + KEPT / 3)
    assert Feed.objects.get().wanted_until == TUESDAY + KEPT, "not written again so soon"
    want_feed(street.ours.id, at=TUESDAY + KEPT)
    assert keys(TUESDAY + KEPT + timedelta(seconds=1)) == ["live"]
    end_grant(grant.id, actor=street.cast.actor("dispatcher"), at=TUESDAY)
    assert keys(TUESDAY + KEPT + timedelta(seconds=1)) == [], "the last grant ended"
    Recording.objects.create(camera=street.ours, since=TUESDAY)
    assert keys() == ["recorded"]
