"""Putting a new key in front of the old ones, which stay to read what they made."""

import fcntl
import json
import os
import secrets

from linli.site.home import KEY_BYTES, home, load_secrets


class KeyNotHeldHereError(Exception):
    """The key comes from the environment, so it has to be changed where that is set."""


def rotate(name: str) -> int:
    """Put a new key first under ``name`` (see :func:`load_secrets`) and return how many there are.

    Processes that run keep the keys they have read; they need a restart.
    """
    if os.environ.get(f"LINLI_SECRET_{name.upper()}"):
        message = f"LINLI_SECRET_{name.upper()} is set: put the new key first there."
        raise KeyNotHeldHereError(message)
    load_secrets()
    path = home() / "secrets.json"
    with path.open("r+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        held: dict[str, list[str]] = json.load(file)
        held[name].insert(0, secrets.token_hex(KEY_BYTES))
        draft = path.with_suffix(f".{os.getpid()}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as new:
            json.dump(held, new, indent=1)
            new.flush()
            os.fsync(new.fileno())
        draft.replace(path)
    load_secrets.cache_clear()
    return len(held[name])
