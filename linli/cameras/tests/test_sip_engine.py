"""The platform as devices meet it: who is let in, who is believed, and that garbage harms nobody."""

import asyncio
import random
import socket
from collections.abc import Awaitable, Callable
from pathlib import Path

from linli.cameras.sip import digest, manscdp
from linli.cameras.sip import engine as of_engine
from linli.cameras.sip.engine import Engine
from linli.cameras.sip.engine import Path as Way
from linli.cameras.sip.listen import Listener
from linli.cameras.sip.message import Message, parse, serialise
from linli.cameras.tests.sip_peers import PASSWORD, PLATFORM, Remembered, device_numbers, sipp

DEVICE = device_numbers(1)[0]
HERE = Way("udp", "10.0.0.9", 5060)


class Desk:
    """An engine with a clock of our own; what it sends is kept."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.sent: list[tuple[Way, Message]] = []
        self.directory = Remembered({DEVICE: PASSWORD})
        self.engine = Engine(PLATFORM, self.directory, self._send, lambda: self.now)
        self._count = 0

    def _send(self, way: Way, data: bytes) -> None:
        self.sent.append((way, parse(data)))

    async def ask(
        self, method: str, *, device: str = DEVICE, body: bytes = b"", way: Way = HERE,
        **headers: str,
    ) -> Message:  # fmt: skip
        """Send a request and return the answer to it."""
        self._count += 1
        named = [(name.replace("_", "-"), value) for name, value in headers.items()]
        request = Message(
            method, "sip:x@y", body=body,
            headers=(
                ("via", f"SIP/2.0/UDP 10.0.0.9;branch=z9hG4bK{self._count}"),
                ("from", f"<sip:{device}@6203000000>;tag=1"), ("to", "<sip:x@y>"),
                ("call-id", str(self._count)), ("cseq", f"{self._count} {method}"), *named,
            ),
        )  # fmt: skip
        await self.engine.take(parse(serialise(request)), way)
        return next(m for _, m in reversed(self.sent) if m.get("call-id") == str(self._count))

    async def register(
        self, password: str = PASSWORD, *, device: str = DEVICE, algorithm: str = "MD5",
        expires: str = "3600", way: Way = HERE,
    ) -> Message:  # fmt: skip
        """Register as a device does: asked for proof, prove it."""
        asked = await self.ask("REGISTER", device=device, way=way, expires=expires)
        if asked.status != 401:
            return asked
        nonce = asked.get("www-authenticate").split('nonce="')[1].split('"')[0]
        head = f'Digest username="{device}", realm="{PLATFORM.realm}", nonce="{nonce}", uri="sip:y"'
        head += f', response="0", algorithm={algorithm}'
        said = digest.read_answer(head)
        assert said is not None
        proof = head.replace('"0"', f'"{digest.response_of(said, "REGISTER", password)}"')
        return await self.ask(
            "REGISTER", device=device, way=way, authorization=proof, expires=expires
        )


def at_the_desk(story: Callable[[Desk], Awaitable[None]]) -> None:
    """Run a story with a desk."""

    async def run() -> None:
        await story(Desk())

    asyncio.run(run())


def keepalive(status: str = "OK") -> bytes:
    return (
        f"<Notify><CmdType>Keepalive</CmdType><SN>1</SN><DeviceID>{DEVICE}</DeviceID>"
        f"<Status>{status}</Status></Notify>"
    ).encode()


def test_a_device_is_let_in_by_its_password_and_asked_for_its_cameras() -> None:
    async def story(desk: Desk) -> None:
        for algorithm in ("MD5", "SHA-256"):
            answered = await desk.register(algorithm=algorithm)
            assert (answered.status, answered.get("expires")) == (200, "3600")
            assert answered.get("date"), "devices set their clocks by it"
        asked = [m for _, m in desk.sent if m.method == "MESSAGE"]
        assert len(asked) == 1, "only a new registration"
        assert manscdp.read(asked[0].body).command == "Catalog"
        assert (await desk.ask("MESSAGE", body=keepalive())).status == 200
        assert desk.directory.beats == [DEVICE]
        assert (await desk.register(expires="0")).status == 200
        assert (await desk.ask("MESSAGE", body=keepalive())).status == 403, "it signed off"

    at_the_desk(story)


def test_nobody_else_is_let_in_and_strangers_are_noted() -> None:
    async def story(desk: Desk) -> None:
        assert (await desk.register("wrong password")).status == 403
        stranger = "62030200301180009999"
        assert (await desk.register(device=stranger)).status == 403
        assert set(desk.directory.strangers) == {stranger}
        assert (await desk.ask("REGISTER", device="admin")).status == 403
        assert desk.engine.devices == {}
        for _ in range(of_engine.MOST_FAILURES):
            await desk.register("wrong password")
        assert (await desk.register()).status == 403, "too many wrong passwords: wait"
        desk.now += of_engine.WAIT + 1
        assert (await desk.register()).status == 200

    at_the_desk(story)


def test_a_proof_works_once() -> None:
    async def story(desk: Desk) -> None:
        await desk.register()
        proofs = [m for _, m in desk.sent]
        assert proofs
        desk.engine.devices.clear()
        asked = await desk.ask("REGISTER")
        nonce = asked.get("www-authenticate").split('nonce="')[1].split('"')[0]
        head = f'Digest username="{DEVICE}", realm="{PLATFORM.realm}", nonce="{nonce}", uri="u"'
        said = digest.read_answer(head + ', response="0"')
        assert said is not None
        proof = head + f', response="{digest.response_of(said, "REGISTER", PASSWORD)}"'
        assert (await desk.ask("REGISTER", authorization=proof)).status == 200
        assert (await desk.ask("REGISTER", authorization=proof)).status == 401

    at_the_desk(story)


def test_another_address_cannot_speak_for_a_device() -> None:
    async def story(desk: Desk) -> None:
        await desk.register()
        elsewhere = Way("udp", "10.0.0.66", 5060)
        assert (await desk.ask("MESSAGE", body=keepalive(), way=elsewhere)).status == 403
        assert desk.directory.beats == []

    at_the_desk(story)


def test_a_catalogue_is_kept_only_when_whole_and_asked_for() -> None:
    def part(number: str, sn: str) -> bytes:
        return (
            f"<Response><CmdType>Catalog</CmdType><SN>{sn}</SN><DeviceID>{DEVICE}</DeviceID>"
            f"<SumNum>2</SumNum><DeviceList><Item><DeviceID>{number}</DeviceID><Name>a</Name></Item>"
            f"</DeviceList></Response>"
        ).encode()

    async def story(desk: Desk) -> None:
        await desk.register()
        asked = next(m for _, m in desk.sent if m.method == "MESSAGE")
        sn = manscdp.read(asked.body).sn
        first, second = "62030200301310000001", "62030200301310000002"
        await desk.ask("MESSAGE", body=part(first, "999"))
        await desk.ask("MESSAGE", body=part(first, sn))
        await desk.ask("MESSAGE", body=part(first, sn))
        assert desk.directory.catalogues == {}
        await desk.ask("MESSAGE", body=part(second, sn))
        assert [one.id for one in desk.directory.catalogues[DEVICE]] == [first, second]
        desk.engine.ask_catalogue(DEVICE)
        half = manscdp.read([m for _, m in desk.sent if m.method == "MESSAGE"][-1].body).sn
        await desk.ask("MESSAGE", body=part(first, half))
        desk.now += of_engine.CATALOGUE_SECONDS + 1
        await desk.engine.look()
        await desk.ask("MESSAGE", body=part(second, half))
        assert len(desk.directory.catalogues[DEVICE]) == 2, "a part is never taken for the whole"

    at_the_desk(story)


def test_alarms_and_queries_are_answered_and_faults_told() -> None:
    async def story(desk: Desk) -> None:
        await desk.register()
        for kind, command in (("Notify", "Alarm"), ("Query", "DeviceStatus")):
            body = f"<{kind}><CmdType>{command}</CmdType><SN>5</SN><DeviceID>{DEVICE}</DeviceID></{kind}>"
            assert (await desk.ask("MESSAGE", body=body.encode())).status == 200
            told = manscdp.read([m for _, m in desk.sent if m.method == "MESSAGE"][-1].body)
            assert (told.kind, told.command, told.sn) == ("Response", command, "5")
        assert (await desk.ask("MESSAGE", body=b"<a/>")).status == 400
        assert (await desk.ask("SUBSCRIBE")).status == 405
        assert (await desk.ask("BYE")).status == 481

    at_the_desk(story)


def test_who_falls_silent_or_runs_out_is_away() -> None:
    async def story(desk: Desk) -> None:
        await desk.register(expires="60")
        desk.now += 61
        await desk.engine.look()
        await desk.register()
        desk.now += of_engine.SILENT + 1
        await desk.engine.look()
        assert desk.directory.away == [DEVICE, DEVICE]

    at_the_desk(story)


def test_a_copy_of_a_request_gets_the_same_answer_and_is_not_done_twice() -> None:
    async def story(desk: Desk) -> None:
        await desk.register()
        await desk.ask("MESSAGE", body=keepalive())
        desk._count -= 1
        await desk.ask("MESSAGE", body=keepalive())
        assert desk.directory.beats == [DEVICE]

    at_the_desk(story)


def test_fifty_devices_register_keep_alive_and_send_their_catalogues(tmp_path: Path) -> None:
    """As sipp plays them, while somebody else sends garbage to the same port."""
    numbers = device_numbers(50)

    async def story() -> tuple[int, Remembered, Listener]:
        directory = Remembered(dict.fromkeys(numbers, PASSWORD))
        listener = Listener(PLATFORM, directory)
        await listener.open("127.0.0.1", 0)
        peers = sipp(listener.port, numbers, tmp_path, rate=50)
        dice = random.Random(28181)
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as rude:
            while peers.poll() is None:
                rude.sendto(dice.randbytes(dice.randrange(1, 900)), ("127.0.0.1", listener.port))
                await asyncio.sleep(0.02)
        reader, writer = await asyncio.open_connection("127.0.0.1", listener.port)
        writer.write(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        assert await asyncio.wait_for(reader.read(), 5) == b"", "the connection is closed"
        writer.close()
        await listener.close()
        return peers.wait(), directory, listener

    failed, directory, listener = asyncio.run(story())
    errors = tmp_path / "errors.log"
    assert failed == 0, errors.read_text() if errors.exists() else ""
    assert set(directory.expiries) == set(directory.beats) == set(numbers)
    assert {len(found) for found in directory.catalogues.values()} == {2}
    assert len(directory.catalogues) == 50
    assert listener.engine.refused > 0
