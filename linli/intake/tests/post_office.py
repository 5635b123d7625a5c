"""A real IMAP server (pymap) on this machine, with a certificate of its own."""

import imaplib
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

USER, PASSWORD = "office@example.com", "let me in"


@dataclass
class PostOffice:
    """Where the server is, and the certificate by which it is known."""

    port: int
    certificate: Path

    def put(self, mail: bytes) -> None:
        """Lay a mail into the mailbox."""
        with imaplib.IMAP4("localhost", self.port) as box:
            box.starttls(ssl.create_default_context(cafile=str(self.certificate)))
            box.login(USER, PASSWORD)
            status, _answer = box.append("INBOX", "", "", mail)
            assert status == "OK"


@contextmanager
def post_office(directory: Path) -> Iterator[PostOffice]:
    """Serve until the block ends."""
    certificate, key = directory / "cert.pem", directory / "key.pem"
    _certify(certificate, key)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-c", "from pymap.main import main; main()", "--host", "127.0.0.1"]
    command += ["--port", str(port), "--cert", str(certificate), "--key", str(key)]
    command += ["--no-service", "admin", "--no-service", "managesieve"]
    command += ["dict", "--demo-data", "--demo-user", USER, "--demo-password", PASSWORD]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(port, server)
        yield PostOffice(port, certificate)
    finally:
        server.terminate()
        server.wait(10)


def _wait(port: int, server: subprocess.Popen[bytes]) -> None:
    ends = time.monotonic() + 20
    while time.monotonic() < ends:
        assert server.poll() is None, "the IMAP server did not start"
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    raise AssertionError("the IMAP server does not answer")


def _certify(certificate: Path, key: Path) -> None:
    private = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime(2020, 1, 1, tzinfo=UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private.public_key())
        .serial_number(1)
        .not_valid_before(now)
        .not_valid_after(now + timedelta(days=7300))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(private, hashes.SHA256())
    )
    certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    key.write_bytes(
        private.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
