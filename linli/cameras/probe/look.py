"""One look at one source: first whether it answers and lets in, then, if asked, its picture."""

from datetime import UTC, datetime
from time import monotonic
from urllib.parse import quote, urlsplit, urlunsplit

from linli.cameras import lifecycle
from linli.cameras.onvif.device import Device
from linli.cameras.probe import ffmpeg, hls, rtsp
from linli.cameras.probe.finding import Finding, LookError, Target, Terms
from linli.cameras.probe.measure import Frames, judge, measure
from linli.cameras.probe.web import Asker, look_up


def look(target: Target, terms: Terms) -> Finding:
    """Look at a source and say how it is. Raises nothing that a camera can cause."""
    try:
        return _KINDS[target.protocol](target, terms)
    except LookError as ended:
        return ended.finding


def _look_rtsp(target: Target, terms: Terms, clock_off: float | None = None) -> Finding:
    parts = urlsplit(target.address)
    port = parts.port or 554
    address = look_up(parts.hostname or "", port, terms.networks)
    said = rtsp.describe(target, address, port, within=terms.limits.connect_within)
    off = said.clock_off if clock_off is None else clock_off
    if not terms.with_picture:
        return _judged(None, terms, off)
    script = concat(target, address, port, terms.limits.connect_within)
    allowed = "pipe,rtsp,rtp,tcp"
    words = ["-protocol_whitelist", allowed, "-f", "concat", "-safe", "0", "-i", "pipe:0"]
    frames = ffmpeg.read(words, script, terms.limits.picture_within)
    return _judged(frames, terms, off)


def concat(target: Target, address: str, port: int, within: float) -> bytes:
    """Return the script through which ffmpeg is told address and password.

    Not as a word of its command: those everybody on the server can read.
    """
    parts = urlsplit(target.address)
    host = f"[{address}]" if ":" in address else address
    user = (
        f"{quote(target.user, safe='')}:{quote(target.password, safe='')}@" if target.user else ""
    )
    path = quote(parts.path, safe="/%:=&;,+@!$*()~-._")
    query = quote(parts.query, safe="/%:=&;,+@!$*()~-._?")
    full = urlunsplit(("rtsp", f"{user}{host}:{port}", path, query, ""))
    lines = [
        "ffconcat version 1.0",
        f"file '{full}'",
        "option rtsp_transport tcp",
        f"option timeout {int(within * 1e6)}",
    ]
    return ("\n".join(lines) + "\n").encode()


def _look_hls(target: Target, terms: Terms) -> Finding:
    with Asker(target, terms.networks, terms.limits.connect_within) as asker:
        found = hls.playlist(asker, target.address)
        off = None
        if found.ends_at and not found.is_over:
            off = (found.ends_at - datetime.now(UTC)).total_seconds()
        if not terms.with_picture:
            return _judged(None, terms, off, found.mark)
        if not found.is_over and terms.mark and found.mark == terms.mark:
            raise LookError(lifecycle.FROZEN, "still", "M3U8")
        asker.deadline = monotonic() + terms.limits.picture_within
        data = hls.pieces(asker, found)
    words = ["-protocol_whitelist", "pipe", "-i", "pipe:0"]
    frames = ffmpeg.read(words, data, terms.limits.picture_within)
    return _judged(frames, terms, off, found.mark)


def _look_onvif(target: Target, terms: Terms) -> Finding:
    with Asker(target, terms.networks, terms.limits.connect_within) as asker:
        device = Device(asker, target.address)
        ahead = device.clock()
        token = target.channel or _first_profile(device)
        address = device.stream_uri(token)
    stream = Target("rtsp", _without_user(address), user=target.user, password=target.password)
    off = ahead.total_seconds() if ahead is not None else None
    return _look_rtsp(stream, terms, off)


def _first_profile(device: Device) -> str:
    profiles = device.profiles()
    if not profiles:
        raise LookError(lifecycle.STREAM, "no_video", "GetProfiles")
    return profiles[0].token


def _without_user(address: str) -> str:
    parts = urlsplit(address)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def _judged(
    frames: Frames | None, terms: Terms, clock_off: float | None, mark: str = ""
) -> Finding:
    measures = measure(frames, terms.thumb) if frames is not None else None
    state, detail = judge(measures, terms.limits) if measures else (lifecycle.OK, "")
    if state == lifecycle.OK and clock_off is not None and abs(clock_off) > terms.limits.clock_off:
        state, detail = lifecycle.CLOCK, "clock"
    return Finding(
        state, detail, has_picture=measures is not None, measures=measures, clock_off=clock_off,
        mark=mark,
    )  # fmt: skip


_KINDS = {"rtsp": _look_rtsp, "hls": _look_hls, "onvif": _look_onvif}
