"""Peers for the tests of GB/T 28181: many devices played by sipp, and one of our own that sends video."""

import asyncio
import csv
import random
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

from linli.cameras.media.packager import program
from linli.cameras.sip.digest import read_answer, response_of
from linli.cameras.sip.engine import Identity
from linli.cameras.sip.engine import Path as Way
from linli.cameras.sip.manscdp import Channel
from linli.cameras.sip.message import Message, answer, parse, serialise
from linli.cameras.sip.ps import PACK

PLATFORM = Identity("62030000002000000001", "6203000000", "127.0.0.1", 0)
PASSWORD = "a-password-of-its-own"
SCENARIOS = Path(__file__).parent / "sipp"


class Remembered:
    """A directory in memory."""

    def __init__(self, known: dict[str, str]) -> None:
        self.known = known
        self.strangers: list[str] = []
        self.expiries: dict[str, int] = {}
        self.beats: list[str] = []
        self.away: list[str] = []
        self.catalogues: dict[str, list[Channel]] = {}

    async def password_of(self, device: str) -> str | None:
        return self.known.get(device)

    async def asked(self, device: str, host: str) -> None:
        self.strangers.append(device)

    async def registered(self, device: str, path: Way, seconds: int) -> None:
        self.expiries[device] = seconds

    async def alive(self, device: str, *, fault: bool) -> None:
        self.beats.append(device)

    async def gone(self, device: str) -> None:
        self.away.append(device)

    async def catalogue(self, device: str, channels: list[Channel]) -> None:
        self.catalogues[device] = channels


def device_numbers(count: int) -> list[str]:
    """Return the numbers of so many devices: recorders of one street."""
    return [f"62030200301180{number:06d}" for number in range(1, count + 1)]


def sipp(port: int, numbers: list[str], folder: Path, *, rate: int) -> subprocess.Popen[bytes]:
    """Start sipp as these devices against a platform on this machine."""
    program = shutil.which("sipp")
    assert program, "sipp is not installed (Debian: sip-tester)"
    proof = f"[authentication username={{number}} password={PASSWORD}]"
    with (folder / "devices.csv").open("w") as file:
        file.write("SEQUENTIAL\n")
        csv.writer(file, delimiter=";", lineterminator="\n").writerows(
            (number, proof.format(number=number), PLATFORM.realm) for number in numbers
        )
    words = ["-sf", SCENARIOS / "device.xml", "-oocsf", SCENARIOS / "catalogue.xml"]
    words += ["-inf", folder / "devices.csv", "-m", len(numbers), "-r", rate, "-l", len(numbers)]
    words += ["-i", "127.0.0.1", "-timeout", "60", "-timeout_error", "-nostdin", "-skip_rlimit"]
    words += ["-trace_err", "-error_file", folder / "errors.log", f"127.0.0.1:{port}"]
    return subprocess.Popen(
        [program, *map(str, words)], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )


class CameraPeer:
    """A device that registers, takes calls and sends a program stream in RTP; or misbehaves.

    ``sends``: "video" (with ``loss`` of every so many packets), "garbage", "nothing"; or what it
    answers to an INVITE: "busy" or "another form".
    """

    def __init__(self, number: str, platform: int, sends: str = "video", *, loss: int = 0) -> None:
        self.number, self.platform, self.sends, self.loss = number, platform, sends, loss
        self.heard: list[str] = []
        self.offers: list[str] = []
        self._sending: asyncio.Task[None] | None = None
        self._answers: asyncio.Queue[Message] = asyncio.Queue()
        self._transport: asyncio.DatagramTransport | None = None

    async def open(self) -> None:
        """Open the socket and register."""
        loop = asyncio.get_running_loop()
        self._transport, _ = await loop.create_datagram_endpoint(
            lambda: _Ear(self._arrived), local_addr=("127.0.0.1", 0)
        )
        self._say(self._request("REGISTER", ""))
        asked = await asyncio.wait_for(self._answers.get(), 5)
        nonce = asked.get("www-authenticate").split('nonce="')[1].split('"')[0]
        head = f'Digest username="{self.number}", realm="{PLATFORM.realm}", nonce="{nonce}"'
        said = read_answer(f'{head}, uri="sip:x", response="0"')
        assert said is not None
        right = response_of(said, "REGISTER", PASSWORD)
        self._say(self._request("REGISTER", f'{head}, uri="sip:x", response="{right}"'))
        answered = await asyncio.wait_for(self._answers.get(), 5)
        assert answered.status == 200

    def close(self) -> None:
        """Be gone, without a word."""
        if self._sending:
            self._sending.cancel()
        if self._transport:
            self._transport.close()

    def hang_up(self, invite: Message) -> None:
        """Say BYE."""
        bye = self._request("BYE", "")
        headers = tuple(
            ("call-id", invite.get("call-id")) if name == "call-id" else (name, value)
            for name, value in bye.headers
        )
        self._say(replace(bye, headers=headers))

    def _request(self, method: str, proof: str) -> Message:
        assert self._transport
        port = self._transport.get_extra_info("sockname")[1]
        headers = [
            ("via", f"SIP/2.0/UDP 127.0.0.1:{port};branch=z9hG4bK{random.random()}"),
            ("from", f"<sip:{self.number}@{PLATFORM.realm}>;tag=1"),
            ("to", f"<sip:{self.number}@{PLATFORM.realm}>"),
            ("call-id", f"{random.random()}"), ("cseq", f"{random.randrange(1, 9999)} {method}"),
            ("contact", f"<sip:{self.number}@127.0.0.1:{port}>"), ("expires", "3600"),
        ]  # fmt: skip
        if proof:
            headers.append(("authorization", proof))
        return Message(method, f"sip:{PLATFORM.number}@{PLATFORM.realm}", headers=tuple(headers))

    def _say(self, message: Message) -> None:
        assert self._transport
        self._transport.sendto(serialise(message), ("127.0.0.1", self.platform))

    def _arrived(self, data: bytes) -> None:
        message = parse(data)
        if not message.is_request:
            self._answers.put_nowait(message)
            return
        self.heard.append(message.method)
        if message.method == "INVITE":
            self._take_call(message)
        elif message.method == "BYE" and self._sending:
            self._sending.cancel()
        if message.method not in ("ACK", "INVITE"):
            self._say(answer(message, 200))

    def _take_call(self, invite: Message) -> None:
        self.invite = invite
        offer = invite.body.decode()
        self.offers.append(offer)
        if self.sends == "busy":
            self._say(answer(invite, 488, tag="9"))
            return
        form = "H264" if self.sends == "another form" else "PS"
        ssrc = offer.split("y=")[1][:10]
        body = (
            f"v=0\r\no={self.number} 0 0 IN IP4 127.0.0.1\r\ns=Play\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
            f"m=video 6000 RTP/AVP 96\r\na=sendonly\r\na=rtpmap:96 {form}/90000\r\ny={ssrc}\r\n"
        )
        self._say(answer(invite, 100))
        self._say(answer(invite, 200, tag="9", body=body.encode()))
        line = next(one for one in offer.splitlines() if one.startswith("m=video"))
        port, by_tcp = int(line.split()[1]), "TCP" in line
        if self.sends in ("video", "garbage"):
            self._sending = asyncio.create_task(self._send(port, int(ssrc), by_tcp=by_tcp))

    async def _send(self, port: int, ssrc: int, *, by_tcp: bool) -> None:
        loop, dice = asyncio.get_running_loop(), random.Random(1)
        out = None
        if by_tcp:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        else:
            out, _ = await loop.create_datagram_endpoint(
                asyncio.DatagramProtocol, remote_addr=("127.0.0.1", port)
            )
        for count, right in enumerate(rtp_of(program_stream(), ssrc)):
            packet = dice.randbytes(len(right)) if self.sends == "garbage" else right
            if self.loss and count % self.loss == self.loss - 1:
                continue
            if out is None:
                writer.write(len(packet).to_bytes(2) + packet)
            else:
                out.sendto(packet)
            if count % 12 == 0:
                await asyncio.sleep(0.004)
        await asyncio.sleep(60)


class _Ear(asyncio.DatagramProtocol):
    def __init__(self, arrived: Callable[[bytes], None]) -> None:
        self._arrived = arrived

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        self._arrived(data)


@cache
def program_stream() -> bytes:
    """Return twelve seconds of a moving picture as an MPEG program stream, made by ffmpeg."""
    picture = ["-f", "lavfi", "-i", "testsrc2=size=320x180:rate=15"]
    words = ["-t", "12", "-c:v", "libx264", "-preset", "ultrafast", "-g", "15", "-f", "vob", "-"]
    made = subprocess.run(
        [program(), "-loglevel", "error", *picture, *words], capture_output=True, check=True
    )
    return made.stdout


def rtp_of(stream: bytes, ssrc: int) -> Iterator[bytes]:
    """Give the RTP packets of a program stream: a pack in as many as it needs, marked at its end."""
    number = 65_500  # so that the count runs over
    packs = [PACK + rest for rest in stream.split(PACK)[1:]]
    for index, pack in enumerate(packs):
        parts = [pack[at : at + 1400] for at in range(0, len(pack), 1400)]
        for place, part in enumerate(parts):
            mark = 128 if place == len(parts) - 1 else 0
            head = bytes([128, 96 | mark]) + (number & 0xFFFF).to_bytes(2)
            yield head + (index * 300).to_bytes(4) + ssrc.to_bytes(4) + part
            number += 1
