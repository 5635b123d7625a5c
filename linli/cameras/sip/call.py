"""A call: INVITE a channel to send, acknowledge, and say BYE; every end has a name."""

import asyncio
import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from linli.cameras.sip.engine import Engine, Path
from linli.cameras.sip.message import Message, ProtocolError, parameters, read_uri, serialise
from linli.cameras.sip.sdp import CONTENT_TYPE, Accepted, Offer, read_answer, write_offer

# Seconds: the first repeat on UDP, and how long to wait for the final answer.
FIRST_REPEAT, LONGEST_REPEAT, PATIENCE = 0.5, 4.0, 15.0


class CallError(Exception):
    """The device did not take the call, or took it otherwise than asked. The text says how."""


@dataclass
class Call:
    """A call that stands: what identifies it, and what the device said it sends."""

    engine: Engine
    device: str
    channel: str
    path: Path
    call_id: str
    mine: str
    theirs: str
    accepted: Accepted
    number: int = 1
    ended: bool = False

    def hang_up(self) -> None:
        """Say BYE, once."""
        self.engine.dialogues.pop(self.call_id, None)
        if self.ended:
            return
        self.ended = True
        self.number += 1
        call = (self.call_id, self.mine, self.theirs, self.number)
        bye = self.engine.request("BYE", self.channel, self.path, call=call)
        self.engine.send(self.path, serialise(bye))


async def invite(
    engine: Engine, device: str, offer: Offer, *, when_ended: Callable[[], None]
) -> Call:
    """Ask a device for video and return the call. Raises :class:`CallError`.

    ``when_ended`` is called when the device itself says BYE.
    """
    registered = engine.devices.get(device)
    if registered is None:
        raise CallError("the device is not registered")
    path, call_id, mine = registered.path, secrets.token_hex(12), secrets.token_hex(4)
    own = engine.identity
    request = engine.request(
        "INVITE",
        offer.channel,
        path,
        body=write_offer(offer),
        content_type=CONTENT_TYPE,
        call=(call_id, mine, "", 1),
        extra=(
            ("contact", f"<sip:{own.number}@{own.host}:{own.port}>"),
            ("subject", f"{offer.channel}:{offer.ssrc},{own.number}:0"),
        ),
    )
    final = await _ask(engine, request, path)
    theirs = parameters(final.get("to")).get("tag", "")
    _acknowledge(engine, request, final, path, (call_id, mine, theirs, 1))
    if final.status >= 300:
        raise CallError(f"the device answered {final.status} {final.reason[:60]}")
    call = Call(engine, device, offer.channel, path, call_id, mine, theirs, _nothing())
    try:
        call.accepted = read_answer(final.body)
    except ProtocolError as error:
        call.hang_up()
        raise CallError(str(error)) from error

    def ended(_bye: Message) -> None:
        call.ended = True
        engine.dialogues.pop(call_id, None)
        when_ended()

    engine.dialogues[call_id] = ended
    return call


def _nothing() -> Accepted:
    return Accepted(ssrc=None, payload=0, host="", port=0)


async def _ask(engine: Engine, request: Message, path: Path) -> Message:
    """Send the INVITE, again and again on UDP until something is heard; return the final answer."""
    queue: asyncio.Queue[Message] = asyncio.Queue()
    engine.waiting[request.branch] = queue
    pause, heard = FIRST_REPEAT, False
    deadline = engine.clock() + PATIENCE
    try:
        engine.send(path, serialise(request))
        while (left := deadline - engine.clock()) > 0:
            quiet = left if heard or path.transport == "tcp" else min(pause, left)
            with suppress(TimeoutError):
                said = await asyncio.wait_for(queue.get(), quiet)
                if said.status >= 200:
                    return said
                heard = True
                continue
            if not heard and path.transport == "udp":
                engine.send(path, serialise(request))
                pause = min(pause * 2, LONGEST_REPEAT)
    finally:
        engine.waiting.pop(request.branch, None)
    # Whoever answers later than this is told that nobody waits any more.
    engine.send(path, serialise(_same_transaction(request, "CANCEL")))
    raise CallError("the device did not answer")


def _acknowledge(
    engine: Engine, request: Message, final: Message, path: Path, call: tuple[str, str, str, int]
) -> None:
    if final.status >= 300:
        # Belongs to the same transaction (RFC 3261, 17.1.1.3).
        ack = _same_transaction(request, "ACK", to=final.get("to"))
    else:
        ack = engine.request("ACK", read_uri(request.uri).user, path, call=call)
    engine.send(path, serialise(ack))


def _same_transaction(request: Message, method: str, *, to: str = "") -> Message:
    number, _ = request.cseq
    headers = [
        ("via", request.get("via")),
        ("from", request.get("from")),
        ("to", to or request.get("to")),
        ("call-id", request.get("call-id")),
        ("cseq", f"{number} {method}"),
        ("max-forwards", "70"),
    ]
    return Message(method=method, uri=request.uri, headers=tuple(headers))
