"""Open boards of a benchmark: one process holds their connections and notes when each hears what."""

import asyncio
import multiprocessing
import re
import time
from typing import Any

type Heard = list[list[tuple[int, float]]]

_NUMBER = re.compile(rb'"verb":"raise"[^}]*"number":(\d+)')
# An event is shorter than this: what may be cut in two at the end of what was read.
_TAIL = 2048


class Board(asyncio.Protocol):
    """One browser's connection: numbers of alarms with the moment each was heard."""

    def __init__(self, request: bytes) -> None:
        self.request, self.rest = request, b""
        self.heard: list[tuple[int, float]] = []
        self.ready = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: Any) -> None:
        """Ask for the stream."""
        transport.write(self.request)

    def data_received(self, data: bytes) -> None:
        """Note what is new; the clock is read once for what came together."""
        now = time.time()
        if not self.ready.done() and b"event: hello" in data:
            self.ready.set_result(None)
        whole = self.rest + data
        end = whole.rfind(b"\n\n") + 2
        if end < 2:
            self.rest = whole[-_TAIL:]
            return
        self.heard += [(int(number), now) for number in _NUMBER.findall(whole[:end])]
        self.rest = whole[end:]


async def _listen(port: int, request: bytes, boards: int, pipe: Any) -> None:
    loop = asyncio.get_running_loop()
    made = [
        (await loop.create_connection(lambda: Board(request), "127.0.0.1", port))[1]
        for _board in range(boards)
    ]
    await asyncio.gather(*(board.ready for board in made))
    pipe.send("ready")
    while not pipe.poll():
        await asyncio.sleep(0.2)
    pipe.send([board.heard for board in made])


def _run(port: int, request: bytes, boards: int, pipe: Any) -> None:
    asyncio.run(_listen(port, request, boards, pipe))


class Boards:
    """So many open boards of one person."""

    def __init__(self, port: int, cookie: str, topic: str, boards: int) -> None:
        request = (
            f"GET /stream/?topic={topic} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\n\r\n"
        )
        self._pipe, other = multiprocessing.Pipe()
        arguments = (port, request.encode(), boards, other)
        self._process = multiprocessing.Process(target=_run, args=arguments)
        self._process.start()
        if self._pipe.recv() != "ready":
            raise RuntimeError("the boards could not be opened")

    def close(self) -> Heard:
        """Return what each board heard, and end them."""
        self._pipe.send("end")
        heard: Heard = self._pipe.recv()
        self._process.join()
        return heard
