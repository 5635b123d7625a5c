"""Messages on a stream (TCP): cut by Content-Length, with limits."""

import re
from collections.abc import Iterator

from linli.cameras.sip.message import MOST_BYTES, Message, ProtocolError, parse

_LENGTH = re.compile(
    rb"\r\n(?:content-length|l)[ \t]*:[ \t]*(\d{1,6})[ \t]*(?:\r\n|\Z)", re.IGNORECASE
)


class Framing:
    """Collects what a connection brings and gives whole messages."""

    def __init__(self) -> None:
        self._held = b""

    def feed(self, data: bytes) -> Iterator[Message]:
        """Take bytes in and give each message that is whole by now.

        Raises :class:`ProtocolError` where the stream can't be followed any more: close it then.
        """
        self._held += data
        while True:
            # A keep-alive between messages is a line break or two (RFC 5626).
            self._held = self._held.lstrip(b"\r\n")
            end = self._held.find(b"\r\n\r\n")
            if end < 0:
                if len(self._held) > MOST_BYTES:
                    raise ProtocolError("headers without end")
                return
            found = _LENGTH.search(self._held[: end + 2])
            if found is None:
                raise ProtocolError("no Content-Length on a stream")
            whole = end + 4 + int(found[1])
            if whole > MOST_BYTES:
                raise ProtocolError("too long")
            if len(self._held) < whole:
                return
            one, self._held = self._held[:whole], self._held[whole:]
            yield parse(one)
