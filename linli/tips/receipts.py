"""The giver's code: 80 random bits in sixteen characters, kept only as a keyed hash."""

import re
import secrets

from linli.kernel.crypto import blind_index, blind_indexes

# Without I, L, O and U (Crockford's base 32), so that it can be read out.
_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH = 16
_MISREAD = str.maketrans("ILO", "110")


def new_code() -> str:
    """Return a fresh code in groups of four."""
    signs = "".join(secrets.choice(_SIGNS) for _ in range(_LENGTH))
    return "-".join(signs[i : i + 4] for i in range(0, _LENGTH, 4))


def hash_of(code: str) -> bytes:
    """Return the 16 bytes under which a code is kept."""
    return blind_index("tip", _plain(code))


def hashes_of(code: str) -> list[bytes]:
    """Return the bytes it may be kept under, also after the key was changed."""
    return blind_indexes("tip", _plain(code))


def _plain(code: str) -> str:
    return re.sub(r"[^0-9A-Z]", "", code.upper()).translate(_MISREAD)[:_LENGTH]
