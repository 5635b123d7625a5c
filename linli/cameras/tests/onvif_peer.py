"""A small ONVIF device on this machine: answers WS-Discovery over UDP and SOAP over HTTP."""

import base64
import hashlib
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from linli.cameras.onvif import envelope as soap

_SOAP = (
    '<?xml version="1.0"?><s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"'
    ' xmlns:tt="http://www.onvif.org/ver10/schema" xmlns:trt="http://www.onvif.org/ver10/media/wsdl"'
    ' xmlns:tds="http://www.onvif.org/ver10/device/wsdl"><s:Body>{}</s:Body></s:Envelope>'
)
_FAULT = (
    "<s:Fault><s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value>ter:NotAuthorized</s:Value>"
    "</s:Subcode></s:Code><s:Reason><s:Text>Sender not Authorized</s:Text></s:Reason></s:Fault>"
)
_MATCH = (
    '<?xml version="1.0"?><s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"'
    ' xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing"'
    ' xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery"><s:Body><d:ProbeMatches>'
    "<d:ProbeMatch><a:EndpointReference><a:Address>urn:uuid:{name}</a:Address></a:EndpointReference>"
    "<d:Scopes>onvif://www.onvif.org/name/Example%20Cam onvif://www.onvif.org/hardware/E-1</d:Scopes>"
    "<d:XAddrs>http://203.0.113.9/onvif {address}</d:XAddrs></d:ProbeMatch></d:ProbeMatches></s:Body>"
    "</s:Envelope>"
)


class Device:
    """What a device knows: who may ask, where its video is, and how wrong its clock is."""

    def __init__(self) -> None:
        self.password = "geheim"
        self.stream = "rtsp://127.0.0.1:9/live"
        self.ahead = timedelta()
        self.asked: list[str] = []
        self.port = 0

    @property
    def address(self) -> str:
        """The address of its device service."""
        return f"http://127.0.0.1:{self.port}/onvif/device_service"

    def answer(self, body: bytes) -> str:
        """Return the SOAP body for a request."""
        request = soap.parsed(body)
        name = soap.all_of(request, "Body")[0][0].tag.rpartition("}")[2]
        self.asked.append(name)
        if name == "GetSystemDateAndTime":
            return self._clock()
        if not self._signed(request):
            return _FAULT
        return {
            "GetDeviceInformation": (
                "<tds:GetDeviceInformationResponse><tds:Manufacturer>示例</tds:Manufacturer>"
                "<tds:Model>E-1</tds:Model><tds:FirmwareVersion>1.0</tds:FirmwareVersion>"
                "<tds:SerialNumber>0001</tds:SerialNumber></tds:GetDeviceInformationResponse>"
            ),
            # Devices behind a switch call themselves by names that lead nowhere.
            "GetCapabilities": "<r><tt:Media><tt:XAddr>http://10.9.9.9/onvif/media</tt:XAddr></tt:Media></r>",
            "GetProfiles": (
                '<trt:Profiles token="main"><tt:Name>Main</tt:Name><tt:VideoEncoderConfiguration>'
                "<tt:Encoding>H264</tt:Encoding><tt:Resolution><tt:Width>1920</tt:Width>"
                "<tt:Height>1080</tt:Height></tt:Resolution></tt:VideoEncoderConfiguration></trt:Profiles>"
            ),
            "GetStreamUri": f"<r><tt:Uri>{self.stream}</tt:Uri></r>",
        }[name]

    def _clock(self) -> str:
        now = datetime.now(UTC) + self.ahead
        return (
            f"<r><tt:UTCDateTime><tt:Time><tt:Hour>{now.hour}</tt:Hour><tt:Minute>{now.minute}</tt:Minute>"
            f"<tt:Second>{now.second}</tt:Second></tt:Time><tt:Date><tt:Year>{now.year}</tt:Year>"
            f"<tt:Month>{now.month}</tt:Month><tt:Day>{now.day}</tt:Day></tt:Date></tt:UTCDateTime></r>"
        )

    def _signed(self, request: Any) -> bool:
        nonce = base64.b64decode(soap.text_of(request, "Nonce"))
        created = soap.text_of(request, "Created")
        wanted = hashlib.sha1(
            nonce + created.encode() + self.password.encode(), usedforsecurity=False
        )
        # A moment that is not the device's own is refused, as real ones do.
        near = created[:16] == (datetime.now(UTC) + self.ahead).strftime("%Y-%m-%dT%H:%M")
        given = base64.b64decode(soap.text_of(request, "Password"))
        return near and given == wanted.digest()


class _Handler(BaseHTTPRequestHandler):
    server: Any

    def do_POST(self) -> None:
        """Answer a request."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        answer = _SOAP.format(self.server.device.answer(body)).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/soap+xml")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_words: Any) -> None:
        """Say nothing."""


@contextmanager
def serving(device: Device) -> Iterator[Device]:
    """Let a device stand on a free port."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as server:
        server.device = device  # type: ignore[attr-defined]
        device.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        try:
            yield device
        finally:
            server.shutdown()


@contextmanager
def announcing(device: Device) -> Iterator[tuple[str, int]]:
    """Answer discovery on a free UDP port: rubbish first, then the device, twice."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as link:
        link.bind(("127.0.0.1", 0))
        link.settimeout(5)

        def answer() -> None:
            try:
                data, asker = link.recvfrom(65_507)
            except (TimeoutError, OSError):
                return
            if b"NetworkVideoTransmitter" in data:
                match = _MATCH.format(name="1", address=device.address).encode()
                for one in (b"\x00rubbish", b"<html/>", match, match):
                    link.sendto(one, asker)

        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        yield link.getsockname()
        thread.join(1)
