"""LINLI_HOME: the one directory that holds an installation's data, keys and files.

Layout: ``postgres/`` (the embedded server), ``files/`` (attachments), ``map/`` (imported maps),
``secrets.json`` (readable by its owner only), ``run/`` (the server's socket). ``linli backup`` covers
what can't be made again, and the map in use unless it is large: that is imported from its extract.
"""

import hashlib
import json
import os
import secrets
from functools import cache
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2]


def home() -> Path:
    """Return the data directory, made if it is missing.

    ``LINLI_HOME`` names it; else it is ``.linli`` in the source tree, wherever a command is called.
    """
    path = Path(os.environ.get("LINLI_HOME") or SOURCE / ".linli").expanduser().resolve()
    path.mkdir(mode=0o711, parents=True, exist_ok=True)
    return path


def socket_directory(home: Path) -> Path:
    """Return where the embedded server's socket lies: ``run/`` of ``home`` unless that is too long.

    The kernel allows 107 bytes for a socket's path. A longer one moves to a directory under /tmp
    whose name follows from the path of ``home``, so that every command finds it.
    """
    usual = home / "run"
    if len(os.fsencode(usual / ".s.PGSQL.5432.lock")) < 104:
        return usual
    return Path("/tmp") / f"linli-{hashlib.sha256(os.fsencode(home)).hexdigest()[:16]}"  # noqa: S108


KEY_NAMES = ("session", "personal", "blind_index")
KEY_BYTES = 32


def _new_secrets() -> dict[str, list[str]]:
    return {name: [secrets.token_hex(KEY_BYTES)] for name in KEY_NAMES}


@cache
def load_secrets() -> dict[str, list[str]]:
    """Read the installation's secrets, newest first under each name; make them on the first call.

    ``session`` signs cookies, ``personal`` encrypts personal data (AES-256, hex), ``blind_index``
    keys the look-up hashes (hex). Environment variables ``LINLI_SECRET_SESSION`` … (newest first,
    separated by commas) win, so that a secret store can supply them.
    """
    path = home() / "secrets.json"
    if not path.exists():
        content = json.dumps(_new_secrets(), indent=1).encode()
        draft = path.with_suffix(f".{os.getpid()}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        try:
            os.link(draft, path)  # atomic, and the first of two starting processes wins
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    loaded: dict[str, list[str]] = json.loads(path.read_text())
    for name in loaded:
        if given := os.environ.get(f"LINLI_SECRET_{name.upper()}"):
            loaded[name] = given.split(",")
    return loaded
