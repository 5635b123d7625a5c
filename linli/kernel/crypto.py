"""Personal data at rest: AES-256-GCM, and keyed hashes ("blind index") to find it again.

A sealed value is ``key number (1 byte) + nonce (12) + ciphertext and tag``. Keys come newest first
from :func:`linli.site.home.load_secrets`; a key's number is its distance from the oldest, so that
old values stay readable after a rotation.
"""

import hashlib
import hmac
import json
import os
import re
import unicodedata
from functools import cache
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings


@cache
def _ciphers() -> list[AESGCM]:
    return [AESGCM(bytes.fromhex(key)) for key in reversed(settings.PERSONAL_KEYS)]


@cache
def _index_keys() -> list[bytes]:
    return [bytes.fromhex(key) for key in settings.BLIND_INDEX_KEYS]


def forget_keys() -> None:
    """Drop the keys this process has cached, after a rotation."""
    _ciphers.cache_clear()
    _index_keys.cache_clear()


def seal(value: Any, context: bytes = b"") -> bytes:
    """Encrypt a JSON value with the newest key; ``context`` must be given again to open it."""
    ciphers = _ciphers()
    nonce = os.urandom(12)
    plain = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    number = len(ciphers) - 1
    return bytes([number]) + nonce + ciphers[number].encrypt(nonce, plain, context)


def unseal(sealed: bytes | memoryview, context: bytes = b"") -> Any:
    """Decrypt what :func:`seal` made; raises ``cryptography.exceptions.InvalidTag`` if altered."""
    sealed = bytes(sealed)
    cipher = _ciphers()[sealed[0]]
    return json.loads(cipher.decrypt(sealed[1:13], sealed[13:], context))


def sealed_with_newest(sealed: bytes | memoryview) -> bool:
    """Say whether a value needs no re-encryption."""
    return bytes(sealed)[0] == len(_ciphers()) - 1


def normalise(text: str) -> str:
    """Fold width, case, blanks and punctuation, so that the same person is found as typed."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)).upper()


def blind_index(field: str, text: str) -> bytes:
    """Return the 16-byte keyed hash under which ``text`` can be looked up in ``field``."""
    return _blind(_index_keys()[0], field, text)


def blind_indexes(field: str, text: str) -> list[bytes]:
    """Return the hashes under every key in use, so that a look-up works during a rotation."""
    return [_blind(key, field, text) for key in _index_keys()]


def _blind(key: bytes, field: str, text: str) -> bytes:
    message = f"{field}:{normalise(text)}".encode()
    return hmac.new(key, message, hashlib.sha256).digest()[:16]


def keyed_hashes(purpose: str, text: str) -> list[bytes]:
    """Return 16-byte hashes of ``text`` exactly as it is, under every key in use, newest first."""
    message = f"{purpose}:{text}".encode()
    return [hmac.new(key, message, hashlib.sha256).digest()[:16] for key in _index_keys()]


def seal_bytes(data: bytes, context: bytes = b"") -> bytes:
    """Encrypt a file with the newest key, as :func:`seal` does a value."""
    ciphers = _ciphers()
    nonce = os.urandom(12)
    number = len(ciphers) - 1
    return bytes([number]) + nonce + ciphers[number].encrypt(nonce, data, context)


def unseal_bytes(sealed: bytes, context: bytes = b"") -> bytes:
    """Decrypt what :func:`seal_bytes` made; raises ``InvalidTag`` if altered."""
    return _ciphers()[sealed[0]].decrypt(sealed[1:13], sealed[13:], context)


def text_hash(text: str, salt: bytes) -> str:
    """Return the salted hash of a free text that audit keeps in the text's place (hex)."""
    return hashlib.sha256(salt + text.encode()).hexdigest()


def mask(text: str, head: int = 1, tail: int = 0) -> str:
    """Hide all but the first ``head`` and last ``tail`` characters: ``张三丰`` → ``张**``."""
    if len(text) <= head + tail:
        return text[:head] + "*" * max(1, len(text) - head)
    return text[:head] + "*" * (len(text) - head - tail) + (text[-tail:] if tail else "")
