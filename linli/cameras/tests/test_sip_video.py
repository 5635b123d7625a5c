"""Video of a GB/T 28181 device becomes segments; what goes wrong has a name and leaves nothing."""

import asyncio
import gc
import subprocess
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest

from linli.cameras.media.packager import program
from linli.cameras.media.wanted import Wanted
from linli.cameras.models import Source
from linli.cameras.sip import video
from linli.cameras.sip.call import CallError
from linli.cameras.sip.listen import Listener
from linli.cameras.sip.video import Media, SipVideo
from linli.cameras.tests.sip_peers import PASSWORD, PLATFORM, CameraPeer, Remembered, device_numbers

DEVICE = device_numbers(1)[0]
CHANNEL = "62030200301310000001"
MEDIA = Media("127.0.0.1", "127.0.0.1", range(40_000, 48_000))


def wish(kind: str = "live", **more: object) -> Wanted:
    source = Source(protocol="gb28181", address=f"sip:{DEVICE}@gb28181", channel=CHANNEL)
    return Wanted(kind, uuid4(), source, **more)  # type: ignore[arg-type]


def with_peer(
    sends: str, story: Callable[[Listener, CameraPeer], Awaitable[None]], *, loss: int = 0
) -> CameraPeer:
    """Run a story with a platform and a device that has registered."""

    async def run() -> CameraPeer:
        listener = Listener(PLATFORM, Remembered({DEVICE: PASSWORD}))
        await listener.open("127.0.0.1", 0)
        peer = CameraPeer(DEVICE, listener.port, sends, loss=loss)
        await peer.open()
        try:
            await story(listener, peer)
            await asyncio.sleep(0.05)
        finally:
            peer.close()
            await listener.close()
        return peer

    return asyncio.run(run())


async def until(true: Callable[[], bool], seconds: float = 20) -> None:
    """Wait until something is so."""
    for _ in range(int(seconds / 0.05)):
        if true():
            return
        await asyncio.sleep(0.05)
    raise AssertionError


@pytest.mark.parametrize(("by_tcp", "loss"), [(False, 0), (True, 0), (False, 97)])
def test_video_becomes_segments(tmp_path: Path, by_tcp: bool, loss: int) -> None:
    folder = tmp_path / "live"

    async def story(listener: Listener, peer: CameraPeer) -> None:
        job = SipVideo(listener.engine, MEDIA, wish(), folder, by_tcp=by_tcp)
        await job.start()
        await until(lambda: job.look() and len(list(folder.glob("s*.ts"))) >= 2)
        assert (folder / "live.m3u8").read_text().startswith("#EXTM3U")
        seen = subprocess.run(
            [program(), "-hide_banner", "-i", folder / "s0.ts"], capture_output=True,
            check=False, text=True,
        )  # fmt: skip
        assert "Video: h264" in seen.stderr
        await job.stop()
        assert not folder.exists()
        assert listener.engine.dialogues == {}

    peer = with_peer("video", story, loss=loss)
    assert peer.heard[-1] == "BYE"
    assert "s=Play\r\n" in peer.offers[0]


def test_what_a_device_recorded_is_asked_for_by_its_span(tmp_path: Path) -> None:
    span = (datetime(2026, 3, 10, 1, tzinfo=UTC), datetime(2026, 3, 10, 2, tzinfo=UTC))

    async def story(listener: Listener, peer: CameraPeer) -> None:
        asked = wish("playback", grant=uuid4(), span=span)
        job = SipVideo(listener.engine, MEDIA, asked, tmp_path / "p")
        await job.start()
        await until(lambda: job.look() and (tmp_path / "p" / "p1.ts").exists())
        peer.hang_up(peer.invite)
        await until(lambda: job._has_ended)
        assert job.look(), "a recording that came to its end is no fault"
        await job.stop()

    peer = with_peer("video", story)
    assert f"s=Playback\r\nu={CHANNEL}:0" in peer.offers[0]
    assert "BYE" not in peer.heard, "the device has hung up already"


@pytest.mark.parametrize(
    ("sends", "named"),
    [
        ("busy", "answered 488"),
        ("another form", "another form than PS"),
        ("garbage", "something else than it said"),
        ("nothing", "sends nothing"),
    ],
)
def test_what_goes_wrong_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sends: str, named: str
) -> None:
    monkeypatch.setattr(video, "FIRST_FRAME", 1.0)

    async def story(listener: Listener, peer: CameraPeer) -> None:
        job = SipVideo(listener.engine, MEDIA, wish(), tmp_path / "live")
        with pytest.raises(CallError, match=named):
            await job.start()
        await job.stop()
        assert listener.engine.waiting == {}

    peer = with_peer(sends, story)
    assert "ACK" in peer.heard
    assert ("BYE" in peer.heard) == (sends != "busy")


def test_a_device_that_is_not_registered_is_not_called(tmp_path: Path) -> None:
    async def story(listener: Listener, peer: CameraPeer) -> None:
        listener.engine.devices.clear()
        job = SipVideo(listener.engine, MEDIA, wish(), tmp_path / "live")
        with pytest.raises(CallError, match="not registered"):
            await job.start()
        await job.stop()

    with_peer("video", story)


def test_a_connection_outlives_a_collection_of_garbage(tmp_path: Path) -> None:
    async def story(listener: Listener, _peer: CameraPeer) -> None:
        job = SipVideo(listener.engine, MEDIA, wish(), tmp_path / "live", by_tcp=True)
        await job.start()
        gc.collect()
        await until(lambda: len(list((tmp_path / "live").glob("s*.ts"))) >= 2, seconds=8)
        await job.stop()

    with_peer("video", story)
