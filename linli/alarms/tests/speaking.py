"""Speak as a device does: sign a message, and hand it to the door."""

import io
import json
from dataclasses import replace
from datetime import datetime
from itertools import count
from typing import Any

from linli.alarms.proof import Message, sign
from linli.alarms.tests.house import SECRET
from linli.alarms.web import door

_numbers = count(1)


def message(at: datetime, word: str = "alarm", serial: str = "G-0001", **fields: Any) -> Message:
    """Return a signed message; ``body`` may be bytes or an object, ``secret`` the one it signs with."""
    body = fields.pop("body", {})
    secret = fields.pop("secret", SECRET)
    made = Message(
        word=word, serial=serial, method="POST", path=f"{door.PREFIX}{serial}/{word}",
        time=str(int(at.timestamp())), number=fields.pop("number", f"number-{next(_numbers)}"),
        signature="", body=body if isinstance(body, bytes) else json.dumps(body).encode(),
        source="http",
    )  # fmt: skip
    return replace(made, **{"signature": sign(secret, made), **fields})


def post(made: Message, **environ: Any) -> tuple[int, dict[str, Any]]:
    """Hand a message to the door as the web server does; return status and answer."""
    given = {
        "REQUEST_METHOD": "POST", "PATH_INFO": made.path, "CONTENT_LENGTH": str(len(made.body)),
        "HTTP_LINLI_TIME": made.time, "HTTP_LINLI_NUMBER": made.number,
        "HTTP_LINLI_SIGNATURE": made.signature, "wsgi.input": io.BytesIO(made.body), **environ,
    }  # fmt: skip
    statuses: list[str] = []
    parts = door.application(given, lambda status, headers: statuses.append(status))
    return int(statuses[0].split()[0]), json.loads(b"".join(parts))
