"""What a look finds: against cameras that really stand on this machine, and some that only pretend."""

import ipaddress
import os
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from linli.cameras.limits import Limits
from linli.cameras.probe import ffmpeg, hls
from linli.cameras.probe.finding import Finding, LookError, Target, Terms
from linli.cameras.probe.look import concat, look
from linli.cameras.probe.measure import measure
from linli.cameras.tests import hls_peer, rtsp_peer

LIMITS = Limits(240, 240, 30, 3, 6, 2, 20, 6, 0.15, 12, 60, 86_400, 172_800, 259_200)
LOOPBACK = (ipaddress.ip_network("127.0.0.0/8"),)
TERMS = Terms(LIMITS, LOOPBACK)
PASSWORD = "p@ss' w"


@pytest.fixture(scope="module")
def films(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Generated pictures: busy, black, still and blurred; and a page that is none."""
    root = tmp_path_factory.mktemp("films")
    for name in ("BUSY", "BLACK", "STILL", "BLURRED"):
        hls_peer.film(root / name.lower(), getattr(hls_peer, name), seconds=3)
    (root / "page.m3u8").write_text("<html>路由器登录</html>")
    (root / "locked.m3u8").write_text(
        '#EXTM3U\n#EXT-X-KEY:METHOD=AES-128,URI="k"\n#EXTINF:2,\na.ts\n'
    )
    rtsp_peer.film(root / "live.h264", hls_peer.BUSY, seconds=2)
    return root


@pytest.fixture
def camera(films: Path) -> Iterator[rtsp_peer.Peer]:
    """An RTSP camera that asks for a password."""
    stream = (films / "live.h264").read_bytes()
    with rtsp_peer.serving(rtsp_peer.Peer(stream, user="admin", password=PASSWORD)) as peer:
        yield peer


def test_pictures_are_told_apart(films: Path) -> None:
    found: dict[str, Finding] = {}
    with hls_peer.serving(films) as address:
        for name in ("busy", "black", "blurred", "still"):
            found[name] = look(Target("hls", f"{address}/{name}/live.m3u8"), TERMS)
        still = found["still"].measures
        assert still is not None
        again = Terms(LIMITS, LOOPBACK, thumb=still.thumb)
        second = look(Target("hls", f"{address}/still/live.m3u8"), again)
    states = {name: one.state for name, one in found.items()}
    # One look alone can't say that a picture is frozen.
    assert states == {"busy": "ok", "black": "black", "blurred": "blurred", "still": "ok"}
    assert (second.state, second.detail) == ("frozen", "still")


def test_a_live_playlist_that_stands_still_is_frozen(films: Path) -> None:
    playlist = films / "busy" / "stands.m3u8"
    playlist.write_text((films / "busy/live.m3u8").read_text().replace("#EXT-X-ENDLIST", ""))
    with hls_peer.serving(films) as address:
        target = Target("hls", f"{address}/busy/stands.m3u8")
        first = look(target, TERMS)
        second = look(target, Terms(LIMITS, LOOPBACK, mark=first.mark))
    assert (first.state, second.state) == ("ok", "frozen")


@pytest.mark.parametrize(
    ("name", "state", "detail"),
    [
        ("page.m3u8", "stream", "other_answer"),
        ("locked.m3u8", "stream", "encrypted"),
        ("nothing.m3u8", "stream", "not_found"),
    ],
)
def test_what_answers_with_something_else_is_named(
    films: Path, name: str, state: str, detail: str
) -> None:
    with hls_peer.serving(films) as address:
        found = look(Target("hls", f"{address}/{name}"), TERMS)
    assert (found.state, found.detail) == (state, detail)


def test_a_playlist_asks_for_its_password(films: Path) -> None:
    with hls_peer.serving(films, password="geheim") as address:
        target = f"{address}/busy/live.m3u8"
        refused = look(Target("hls", target, user="admin", password="falsch"), TERMS)
        taken = look(Target("hls", target, user="admin", password="geheim"), TERMS)
    assert (refused.state, taken.state) == ("authentication", "ok")


def test_rtsp_signs_in_by_digest_and_shows_its_picture(camera: rtsp_peer.Peer) -> None:
    right = look(Target("rtsp", camera.address, user="admin", password=PASSWORD), TERMS)
    wrong = look(Target("rtsp", camera.address, user="admin", password="x"), TERMS)
    assert (right.state, right.has_picture) == ("ok", True)
    assert (wrong.state, wrong.note) == ("authentication", "RTSP 401")
    camera.clock_off = 3600
    late = look(Target("rtsp", camera.address, user="admin", password=PASSWORD), TERMS)
    assert late.state == "clock"
    assert late.clock_off == pytest.approx(3600, abs=5)


def test_a_web_server_at_the_address_is_no_camera(camera: rtsp_peer.Peer) -> None:
    camera.instead = b"HTTP/1.0 200 OK\r\nServer: x\r\n\r\nhello"
    found = look(Target("rtsp", camera.address, user="a", password="b"), TERMS)
    assert (found.state, found.detail, found.note) == ("stream", "other_answer", "HTTP/1.0 200 OK")


def test_nothing_there_and_nothing_allowed(camera: rtsp_peer.Peer) -> None:
    closed = look(Target("rtsp", "rtsp://127.0.0.1:9/live"), TERMS)
    assert (closed.state, closed.detail) == ("network", "refused")
    outside = look(Target("rtsp", camera.address), Terms(LIMITS, ()))
    assert (outside.state, outside.detail) == ("network", "forbidden")


def test_an_ffmpeg_that_hangs_is_ended_with_all_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = tmp_path / "started"
    hangs = tmp_path / "ffmpeg"
    hangs.write_text(f"#!/bin/sh\nsleep 600 &\necho $! > {started}\nsleep 600\n")
    hangs.chmod(0o755)
    monkeypatch.setattr(ffmpeg, "program", lambda: str(hangs))
    before = time.monotonic()
    with pytest.raises(LookError) as ended:
        ffmpeg.read([], b"", 0.6)
    assert time.monotonic() - before < 5
    assert (ended.value.finding.state, ended.value.finding.detail) == ("stream", "hung")
    child = int(started.read_text())
    with pytest.raises(ProcessLookupError):
        _wait_until_gone(child)


def _wait_until_gone(process: int) -> None:
    for _time in range(200):
        os.kill(process, 0)
        # A killed child of a killed shell may wait for its reaper.
        if Path(f"/proc/{process}/stat").read_text().split()[2] == "Z":
            raise ProcessLookupError
        time.sleep(0.01)


def test_passwords_do_not_stand_in_the_command_and_addresses_can_not_break_out() -> None:
    target = Target("rtsp", "rtsp://h/a'b\\c?d='", user="a'\n", password="p'q")
    script = concat(target, "127.0.0.1", 554, 3).decode()
    assert script.count("'") == 2
    assert "\\" not in script
    assert "%27" in script
    assert "p'q" not in repr(target)


def test_a_playlist_is_read_as_it_is_written() -> None:
    text = (
        '#EXTM3U\n#EXT-X-MAP:URI="init.mp4"\n#EXT-X-PROGRAM-DATE-TIME:2026-03-10T02:00:00Z\n'
        "#EXTINF:4.0,\na.m4s\n#EXTINF:4.0,\nb.m4s\n#EXTINF:2.5,\nc.m4s\n"
    )
    found = hls.read(text, "http://h/x/live.m3u8")
    assert found.pieces == ("http://h/x/b.m4s", "http://h/x/c.m4s")
    assert found.opening == "http://h/x/init.mp4"
    assert str(found.ends_at) == "2026-03-10 02:00:10.500000+00:00"


def test_noise_moves_and_a_copy_does_not() -> None:
    rng = np.random.default_rng(1)
    night = rng.normal(30, 3, (2, 180, 320)).clip(0, 255).astype(np.uint8)
    copy = np.stack([night[0], night[0]])
    assert measure(night).change > 0.15
    assert measure(copy).change == 0.0
