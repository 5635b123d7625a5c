"""A language model behind the same interface: a real server on this machine, and every way it fails."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from linli.reading import service
from linli.reading.proposal import SERVICE

CATEGORIES = {"neighbour": "邻里", "wages": "拖欠农民工工资"}
GOOD = {"category": "wages", "confidence": 0.9, "words": ["工钱", "不在里面"]}


class Model(ThreadingHTTPServer):
    """Answers as it was told and keeps what it was sent."""

    daemon_threads = True
    answer: Any = GOOD
    status = 200
    raw: bytes | None = None
    delay = 0.0

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.seen: list[tuple[dict[str, str], dict[str, Any]]] = []


class Handler(BaseHTTPRequestHandler):
    server: Model

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.seen.append((dict(self.headers), json.loads(body)))
        time.sleep(self.server.delay)
        message = {"choices": [{"message": {"content": json.dumps(self.server.answer)}}]}
        content = self.server.raw if self.server.raw is not None else json.dumps(message).encode()
        self.send_response(self.server.status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        # The asker may have gone: it had waited long enough, or read enough.
        with suppress(OSError):
            self.wfile.write(content)

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def model(settings: Any) -> Iterator[Model]:
    server = Model()
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    settings.LINLI_READER_URL = f"http://127.0.0.1:{server.server_port}/v1/"
    settings.LINLI_READER_MODEL, settings.LINLI_READER_KEY = "small", "secret"
    yield server
    server.shutdown()
    server.server_close()


def test_it_is_off_by_default(settings: Any) -> None:
    assert not service.is_on()


def test_it_is_asked_with_masked_text_only(model: Model) -> None:
    part = service.ask("我叫王小明，电话13909350001，工钱没给", CATEGORIES)
    assert part is not None
    assert (part.value, part.confidence, part.words, part.source) == (
        "wages",
        0.9,
        ("工钱",),
        SERVICE,
    )
    headers, body = model.seen[0]
    assert headers["Authorization"] == "Bearer secret"
    assert body["model"] == "small"
    sent = json.dumps(body, ensure_ascii=False)
    assert "工钱没给" in sent
    assert "王小明" not in sent
    assert "13909350001" not in sent


@pytest.mark.parametrize(
    "answer",
    [
        {"category": "none", "confidence": 1},
        {"category": "wages", "confidence": 7},
        {"category": "wages"},
        {"category": ["wages"], "confidence": 1},
        ["wages"],
        "wages",
        None,
    ],
)
def test_what_cannot_be_checked_is_not_believed(model: Model, answer: Any) -> None:
    model.answer = answer
    assert service.ask("工钱", CATEGORIES) is None


def test_errors_garbage_floods_and_slowness(model: Model, monkeypatch: pytest.MonkeyPatch) -> None:
    model.status = 500
    assert service.ask("工钱", CATEGORIES) is None
    model.status = 302
    assert service.ask("工钱", CATEGORIES) is None
    model.status, model.raw = 200, b"<html>"
    assert service.ask("工钱", CATEGORIES) is None
    model.raw = b"x" * 200_000
    assert service.ask("工钱", CATEGORIES) is None
    monkeypatch.setattr(service, "_SECONDS", 0.2)
    model.raw, model.delay = None, 0.6
    assert service.ask("工钱", CATEGORIES) is None


def test_nobody_there(settings: Any) -> None:
    settings.LINLI_READER_URL = "http://127.0.0.1:9/v1"
    assert service.ask("工钱", CATEGORIES) is None
