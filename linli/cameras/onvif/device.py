"""Asking one ONVIF device: its clock, what it is, its profiles, and where their video is."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit, urlunsplit

from linli.cameras import lifecycle
from linli.cameras.onvif import envelope as soap
from linli.cameras.onvif.envelope import DEVICE, MEDIA, SCHEMA, Element
from linli.cameras.probe.finding import LookError
from linli.cameras.probe.web import Asker

CONTENT_TYPE = "application/soap+xml; charset=utf-8"
_REFUSED = ("notauthorized", "not authorized", "unauthorized", "sender not authorized")


@dataclass(frozen=True, slots=True)
class Profile:
    """A stream a device offers."""

    token: str
    name: str
    encoding: str
    width: int | None
    height: int | None
    rate: float | None


@dataclass(frozen=True, slots=True)
class DeviceFacts:
    """What a device says of itself."""

    maker: str
    model: str
    serial: str
    firmware: str


class Device:
    """One device at its service address; asks through an :class:`Asker`, raises ``LookError``."""

    def __init__(self, asker: Asker, address: str) -> None:
        self.asker, self.address = asker, address
        self.ahead = timedelta()
        self._media = ""

    def clock(self) -> timedelta | None:
        """Return how far the device's clock is ahead, None where it does not say (no sign-in)."""
        answer = self._ask(self.address, soap.body("GetSystemDateAndTime", DEVICE), signed=False)
        found = soap.all_of(answer, "UTCDateTime")
        if not found:
            return None
        names = ("Date/Year", "Date/Month", "Date/Day", "Time/Hour", "Time/Minute", "Time/Second")
        try:
            year, month, day, hour, minute, second = (
                int(soap.text_of(found[0], name)) for name in names
            )
            there = datetime(year, month, day, hour, minute, min(second, 59), tzinfo=UTC)
        except ValueError:
            return None
        self.ahead = there - datetime.now(UTC)
        return self.ahead

    def facts(self) -> DeviceFacts:
        """Return maker, model, serial number and firmware."""
        answer = self._ask(self.address, soap.body("GetDeviceInformation", DEVICE))
        names = ("Manufacturer", "Model", "SerialNumber", "FirmwareVersion")
        return DeviceFacts(*(soap.text_of(answer, name)[:80] for name in names))

    def profiles(self) -> list[Profile]:
        """Return the streams a device offers."""
        answer = self._ask(self._media_address(), soap.body("GetProfiles", MEDIA))
        return [_profile(one) for one in soap.all_of(answer, "Profiles")]

    def stream_uri(self, token: str) -> str:
        """Return the RTSP address of a profile."""
        setup = soap.part(
            "StreamSetup", MEDIA, "",
            soap.part("Stream", SCHEMA, "RTP-Unicast"),
            soap.part("Transport", SCHEMA, "", soap.part("Protocol", SCHEMA, "RTSP")),
        )  # fmt: skip
        request = soap.body("GetStreamUri", MEDIA, setup, soap.part("ProfileToken", MEDIA, token))
        found = soap.text_of(self._ask(self._media_address(), request), "Uri")
        if not found.startswith("rtsp://"):
            raise LookError(lifecycle.STREAM, "no_video", "GetStreamUri")
        return found

    def _media_address(self) -> str:
        """Return where the media service is: the device's own host, whatever it calls itself."""
        if not self._media:
            request = soap.body("GetCapabilities", DEVICE, soap.part("Category", DEVICE, "Media"))
            said = soap.text_of(self._ask(self.address, request), "Media/XAddr")
            own = urlsplit(self.address)
            path = urlsplit(said).path if said else own.path
            self._media = urlunsplit((own.scheme, own.netloc, path or own.path, "", ""))
        return self._media

    def _ask(self, address: str, request: Element, *, signed: bool = True) -> Element:
        target = self.asker.target
        header = None
        if signed and target.user:
            header = soap.username_token(target.user, target.password, ahead=self.ahead)
        reply = self.asker.post(address, soap.message(request, header), CONTENT_TYPE)
        try:
            answer = soap.parsed(reply.body)
        except soap.NotSoapError:
            note = reply.content_type or f"HTTP {reply.status}"
            raise LookError(lifecycle.STREAM, "other_answer", note) from None
        if fault := soap.fault_of(answer):
            codes = " ".join(element.text or "" for element in soap.all_of(answer, "Value"))
            if any(word in f"{codes} {fault}".lower() for word in _REFUSED):
                raise LookError(lifecycle.AUTHENTICATION, "wrong_password", "ONVIF")
            raise LookError(lifecycle.STREAM, "no_video", fault)
        return answer


def _profile(element: Element) -> Profile:
    configurations = soap.all_of(element, "VideoEncoderConfiguration")
    video = configurations[0] if configurations else element
    return Profile(
        token=element.get("token", ""),
        name=soap.text_of(element, "Name")[:60],
        encoding=soap.text_of(video, "Encoding")[:20],
        width=_number(soap.text_of(video, "Resolution/Width")),
        height=_number(soap.text_of(video, "Resolution/Height")),
        rate=_number(soap.text_of(video, "RateControl/FrameRateLimit")),
    )


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 6 else None
