"""The platform: takes SIP messages in, answers them, and asks devices for what it wants.

It knows no sockets and no database: messages come with the :class:`Path` they came by, go out by
:attr:`Engine.send`, and what is to be kept goes to a :class:`Directory`.
"""

import asyncio
import logging
import secrets
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Protocol

from linli.cameras.sip.digest import Nonces, challenges, is_right, read_answer
from linli.cameras.sip.manscdp import CONTENT_TYPE, DEVICE_ID, Channel, Command, query, read, reply
from linli.cameras.sip.message import (
    Message,
    ProtocolError,
    answer,
    parameters,
    read_uri,
    serialise,
)

log = logging.getLogger(__name__)

LEAST_EXPIRY, MOST_EXPIRY, USUAL_EXPIRY = 60, 86_400, 3_600
# Answers kept for copies of a request, and for how many seconds.
KEPT_ANSWERS, KEPT_SECONDS = 8_192, 32
# Wrong passwords in a row before a device has to wait, and how long, in seconds.
MOST_FAILURES, WAIT = 8, 300
# Seconds without a keepalive after which a device counts as gone: three times the usual turn.
SILENT = 180
# How long to wait for the rest of a catalogue.
CATALOGUE_SECONDS = 30
MOST_CHANNELS = 10_000


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the platform is: its 20 digits, its domain (the realm), and where it is reached."""

    number: str
    realm: str
    host: str
    port: int


@dataclass(frozen=True, slots=True)
class Path:
    """The way a message came and its answer goes: transport, the other's address, a connection."""

    transport: str
    host: str
    port: int
    connection: int = 0


class Directory(Protocol):
    """What is kept of devices. None of these may raise."""

    async def password_of(self, device: str) -> str | None:
        """Return the password of a device that was accepted, else None."""

    async def asked(self, device: str, host: str) -> None:
        """Note that an unknown device asked to be let in."""

    async def registered(self, device: str, path: Path, seconds: int) -> None:
        """Note that a device is registered for so many seconds; none: it signed off."""

    async def alive(self, device: str, *, fault: bool) -> None:
        """Note a keepalive, and whether the device says that something is wrong with it."""

    async def gone(self, device: str) -> None:
        """Note that a device fell silent or its registration ended."""

    async def catalogue(self, device: str, channels: list[Channel]) -> None:
        """Keep the whole catalogue of a device."""


@dataclass
class Registration:
    """A device that is registered now: its path, until when (loop's clock), when last heard."""

    path: Path
    until: float
    heard: float


@dataclass
class _Gathering:
    channels: dict[str, Channel] = field(default_factory=dict)
    began: float = 0


class Engine:
    """The state of one platform. Every method belongs to one event loop."""

    def __init__(
        self,
        identity: Identity,
        directory: Directory,
        send: Callable[[Path, bytes], None],
        clock: Callable[[], float],
    ) -> None:
        self.identity = identity
        self.directory = directory
        self.send = send
        self.clock = clock
        self.devices: dict[str, Registration] = {}
        self.refused = 0
        # Responses and requests inside calls go to whoever waits: branch → queue, Call-ID → callable.
        self.waiting: dict[str, asyncio.Queue[Message]] = {}
        self.dialogues: dict[str, Callable[[Message], None]] = {}
        self._nonces = Nonces()
        self._answers: OrderedDict[tuple[str, str, str], tuple[float, Message]] = OrderedDict()
        self._failures: dict[str, tuple[int, float]] = {}
        self._gathering: dict[tuple[str, str], _Gathering] = {}
        self._sn = secrets.randbelow(100_000)

    async def take(self, message: Message, path: Path) -> None:
        """Do what a message asks; whatever is wrong with it is answered and never raised."""
        try:
            if not message.is_request:
                self._route(message)
            elif message.method != "ACK":
                await self._answer(message, path)
        except ProtocolError as error:
            self.refused += 1
            log.info("SIP from %s: %s", path.host, error)
            if message.is_request and message.get("via"):
                self.send(path, serialise(answer(message, 400)))

    def _route(self, message: Message) -> None:
        if (queue := self.waiting.get(message.branch)) is not None and queue.qsize() < 16:
            queue.put_nowait(message)

    async def _answer(self, request: Message, path: Path) -> None:
        key = (request.need("call-id"), request.need("cseq"), request.branch)
        if (kept := self._answers.get(key)) is not None:
            self.send(path, serialise(kept[1]))
            return
        reacting = {"REGISTER": self._register, "MESSAGE": self._message}
        if request.method in reacting:
            response = await reacting[request.method](request, path)
        elif (called := self.dialogues.get(key[0])) is not None and request.method == "BYE":
            called(request)
            response = answer(request, 200)
        elif request.method == "OPTIONS":
            response = answer(request, 200, tag=secrets.token_hex(4))
        else:
            unknown = request.method in ("BYE", "CANCEL", "INFO", "NOTIFY")
            response = answer(request, 481 if unknown else 405)
        self._keep(key, response)
        self.send(path, serialise(response))

    def _keep(self, key: tuple[str, str, str], response: Message) -> None:
        now = self.clock()
        self._answers[key] = (now, response)
        while self._answers:
            moment, _ = next(iter(self._answers.values()))
            if now - moment <= KEPT_SECONDS and len(self._answers) <= KEPT_ANSWERS:
                break
            self._answers.popitem(last=False)

    async def _register(self, request: Message, path: Path) -> Message:
        device = read_uri(request.need("from")).user
        tag = secrets.token_hex(4)
        if not DEVICE_ID.match(device):
            return answer(request, 403, tag=tag)
        failures, since = self._failures.get(device, (0, 0.0))
        if failures >= MOST_FAILURES and self.clock() - since < WAIT:
            return answer(request, 403, tag=tag, headers=[("retry-after", str(WAIT))])
        password = await self.directory.password_of(device)
        if password is None:
            await self.directory.asked(device, path.host)
        said = read_answer(request.get("authorization"))
        if said is None:
            return self._challenge(request, tag)
        if not self._nonces.accept(said.nonce, said.nc):
            return self._challenge(request, tag)
        known = said.username == device and said.realm == self.identity.realm
        # Also without a password, so that nobody learns by the clock which devices are known.
        right = is_right(said, "REGISTER", password or secrets.token_hex(8))
        if password is None or not (known and right):
            self._count_failure(device)
            return answer(request, 403, tag=tag)
        self._failures.pop(device, None)
        return await self._admit(request, path, device, tag)

    def _challenge(self, request: Message, tag: str) -> Message:
        headers = challenges(self.identity.realm, self._nonces.make())
        return answer(request, 401, tag=tag, headers=headers)

    def _count_failure(self, device: str) -> None:
        if len(self._failures) > 10_000:
            self._failures.clear()
        count, since = self._failures.get(device, (0, 0.0))
        now = self.clock()
        self._failures[device] = (1, now) if now - since > WAIT else (count + 1, now)

    async def _admit(self, request: Message, path: Path, device: str, tag: str) -> Message:
        wanted = parameters(request.get("contact")).get("expires") or request.get("expires")
        seconds = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 10 else -1
        now = self.clock()
        if seconds == 0:
            self.devices.pop(device, None)
            await self.directory.registered(device, path, 0)
        else:
            seconds = min(max(seconds, LEAST_EXPIRY), MOST_EXPIRY) if seconds > 0 else USUAL_EXPIRY
            is_new = device not in self.devices
            self.devices[device] = Registration(path, now + seconds, now)
            await self.directory.registered(device, path, seconds)
            if is_new:
                self.ask_catalogue(device)
        # The standard has devices set their clocks by this.
        moment = datetime.now(UTC).astimezone().strftime("%Y-%m-%dT%H:%M:%S")
        headers = [("date", moment), ("expires", str(seconds))]
        if contact := request.get("contact"):
            headers.append(("contact", contact))
        return answer(request, 200, tag=tag, headers=headers)

    async def _message(self, request: Message, path: Path) -> Message:
        device = read_uri(request.need("from")).user
        registered = self.devices.get(device)
        # Anybody can write somebody else's number: the address must be the one that registered.
        if registered is None or registered.path.host != path.host:
            return answer(request, 403)
        command = read(request.body)
        registered.heard = self.clock()
        await self._carry_out(device, command)
        return answer(request, 200)

    async def _carry_out(self, device: str, command: Command) -> None:
        match command.kind, command.command:
            case "Notify", "Keepalive":
                fault = command.fields.get("Status", "OK").upper() not in ("OK", "ON")
                await self.directory.alive(device, fault=fault)
            case "Response", "Catalog":
                await self._gather(device, command)
            case "Notify", "Alarm":
                self.tell(device, reply(command, {"Result": "OK"}))
            case "Query", _:
                # A device has nothing to ask of a platform; it is told so in its own language.
                self.tell(device, reply(command, {"Result": "ERROR", "Reason": "Unsupported"}))
            case _:
                pass

    async def _gather(self, device: str, command: Command) -> None:
        key = (device, command.sn)
        gathering = self._gathering.get(key)
        if gathering is None:
            return  # nobody asked
        room = MOST_CHANNELS - len(gathering.channels)
        gathering.channels |= {one.id: one for one in command.channels[:room]}
        if len(gathering.channels) >= min(command.total, MOST_CHANNELS):
            del self._gathering[key]
            await self.directory.catalogue(device, list(gathering.channels.values()))

    def ask_catalogue(self, device: str) -> None:
        """Ask a registered device what cameras it has."""
        self._sn += 1
        self._gathering[device, str(self._sn)] = _Gathering(began=self.clock())
        self.tell(device, query("Catalog", device, self._sn))

    def tell(self, device: str, body: bytes) -> None:
        """Send a device a MESSAGE; what it makes of it, it says in a message of its own."""
        registered = self.devices.get(device)
        if registered is None:
            return
        request = self.request(
            "MESSAGE", device, registered.path, body=body, content_type=CONTENT_TYPE
        )
        self.send(registered.path, serialise(request))

    def request(
        self,
        method: str,
        user: str,
        path: Path,
        *,
        body: bytes = b"",
        content_type: str = "",
        call: tuple[str, str, str, int] | None = None,
        extra: tuple[tuple[str, str], ...] = (),
    ) -> Message:
        """Return a request to ``user`` at ``path``; ``call`` is Call-ID, our tag, theirs, number."""
        own, there = self.identity, f"sip:{user}@{path.host}:{path.port}"
        call_id, mine, theirs, number = call or (secrets.token_hex(12), secrets.token_hex(4), "", 1)
        via = f"SIP/2.0/{path.transport.upper()} {own.host}:{own.port};rport"
        headers = [
            ("via", f"{via};branch=z9hG4bK{secrets.token_hex(8)}"),
            ("from", f"<sip:{own.number}@{own.realm}>;tag={mine}"),
            ("to", f"<{there}>" + (f";tag={theirs}" if theirs else "")),
            ("call-id", call_id),
            ("cseq", f"{number} {method}"),
            ("max-forwards", "70"),
            ("user-agent", "Linli"),
            *extra,
        ]
        if content_type:
            headers.append(("content-type", content_type))
        return Message(method=method, uri=there, headers=tuple(headers), body=body)

    async def look(self) -> None:
        """Let go of what has ended: registrations, devices that fell silent, half catalogues."""
        now = self.clock()
        for device, one in list(self.devices.items()):
            if now > one.until or now - one.heard > SILENT:
                del self.devices[device]
                await self.directory.gone(device)
        for key, gathering in list(self._gathering.items()):
            if now - gathering.began > CATALOGUE_SECONDS:
                # A part of a catalogue is never taken for the whole.
                del self._gathering[key]
                log.warning("the catalogue of %s stayed incomplete", key[0])
