"""Real servers on this machine for tests: HTTP that answers, or not; SMTP that takes mail, or not."""

import json
import socket
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult


@dataclass
class Heard:
    """What a server was asked, and how it shall answer."""

    url: str = ""
    status: int = 200
    answer: str = '{"errcode": 0, "errmsg": "ok"}'
    requests: list[tuple[str, dict[str, str], str]] = field(default_factory=list)

    def bodies(self) -> list[Any]:
        """Return the JSON bodies sent."""
        return [json.loads(body) for _path, _headers, body in self.requests]


@contextmanager
def http_server() -> Iterator[Heard]:
    """Serve on a free port."""
    heard = Heard()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            heard.requests.append((self.path, dict(self.headers), body))
            self.send_response(heard.status)
            if heard.status == 302:
                self.send_header("Location", heard.url)
            self.end_headers()
            self.wfile.write(heard.answer.encode())

        def log_message(self, *_args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    heard.url = f"http://127.0.0.1:{server.server_port}/hook?key=secret"
    try:
        yield heard
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def silent_server(greeting: bytes = b"") -> Iterator[int]:
    """Take connections on a free port, say ``greeting``, and never anything more; yields the port."""
    taken: list[socket.socket] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.05)
        stop = threading.Event()

        def take() -> None:
            while not stop.is_set():
                try:
                    one, _address = server.accept()
                except TimeoutError:
                    continue
                taken.append(one)
                one.sendall(greeting)

        thread = threading.Thread(target=take, daemon=True)
        thread.start()
        try:
            yield server.getsockname()[1]
        finally:
            stop.set()
            thread.join()
            for one in taken:
                one.close()


@dataclass
class Mailbox:
    """What an SMTP server took; ``answer`` is what it says to the text of a mail."""

    port: int = 0
    answer: str = "250 OK"
    recipient_answer: str = ""
    mails: list[Message] = field(default_factory=list)

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        """Take or refuse a receiver."""
        if self.recipient_answer:
            return self.recipient_answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name
        self, _server: Any, _session: Any, envelope: Any
    ) -> str:
        """Take the mail."""
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        return self.answer


@contextmanager
def smtp_server(password: str = "") -> Iterator[Mailbox]:
    """Serve SMTP on a free port; with a password it asks for one (user ``linli``)."""
    box = Mailbox()

    def check(
        _server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any
    ) -> AuthResult:
        return AuthResult(success=(data.login, data.password) == (b"linli", password.encode()))

    with socket.create_server(("127.0.0.1", 0)) as probe:
        box.port = probe.getsockname()[1]
    asks = {"authenticator": check, "auth_required": True, "auth_require_tls": False}
    if password:
        warnings.filterwarnings("ignore", "Requiring AUTH while not requiring TLS")
    controller = Controller(box, hostname="127.0.0.1", port=box.port, **(asks if password else {}))
    controller.start()
    try:
        yield box
    finally:
        controller.stop()


def text_of(mail: Message) -> str:
    """Return a mail's text."""
    assert isinstance(mail, EmailMessage)
    body = mail.get_body()
    assert body is not None
    return str(body.get_content())
