"""The key that signs warnings: kept in LINLI_HOME, changed by a command, never in the database."""

import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from django.conf import settings

BITS = 3072
YEARS = 5
# Key and certificate in one file, so that it changes as a whole.
_FILE = "key.pem"
_CERTIFICATE = b"-----BEGIN CERTIFICATE-----"


@dataclass(frozen=True, slots=True)
class Key:
    """A private key and its certificate, both as PEM."""

    private: bytes
    certificate: bytes


def directory() -> Path:
    """Return where the key lies."""
    return Path(settings.HOME) / "cap"


def current(name: str, at: datetime) -> Key:
    """Return the key in use; makes the first one, for ``name``."""
    if not (directory() / _FILE).exists():
        rotate(name, at)
    private, begin, rest = (directory() / _FILE).read_bytes().partition(_CERTIFICATE)
    return Key(private, begin + rest)


def certificates() -> list[bytes]:
    """Return the certificates by which messages can be checked: the one in use first."""
    former = sorted(directory().glob("former-*.pem"), reverse=True)
    return [*_in_use(), *(one.read_bytes() for one in former)]


def _in_use() -> list[bytes]:
    file = directory() / _FILE
    if not file.exists():
        return []
    _private, begin, rest = file.read_bytes().partition(_CERTIFICATE)
    return [begin + rest]


def rotate(name: str, at: datetime) -> bytes:
    """Make a new key and return its certificate; the former certificate is kept, its key is not."""
    place = directory()
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    private = rsa.generate_private_key(public_exponent=65537, key_size=BITS)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name[:64])])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - timedelta(minutes=5))
        .not_valid_after(at + timedelta(days=365 * YEARS))
        .sign(private, hashes.SHA256())
    )
    for former in _in_use():
        _write(place / f"former-{at:%Y%m%d%H%M%S%f}.pem", former)
    pem = certificate.public_bytes(serialization.Encoding.PEM)
    secret = private.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    _write(place / _FILE, secret + pem)
    return pem


def _write(path: Path, data: bytes) -> None:
    """Write a file only the owner reads, whole or not at all."""
    fresh = path.with_suffix(".new")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
