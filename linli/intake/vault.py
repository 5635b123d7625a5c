"""Where uploaded files wait: sealed, outside the database and the backup, gone when they are done."""

import os
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from linli.kernel.crypto import seal_bytes, unseal_bytes
from linli.kernel.errors import NotFound


def _path(key: UUID) -> Path:
    return Path(settings.HOME) / "imports" / f"{key}.sealed"


def put(key: UUID, data: bytes) -> None:
    """Keep a file, whole or not at all."""
    path = _path(key)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    draft = path.with_suffix(f".{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(seal_bytes(data, key.bytes))
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def get(key: UUID) -> bytes:
    """Return a file's content; raises :class:`NotFound` where it is gone."""
    try:
        return unseal_bytes(_path(key).read_bytes(), key.bytes)
    except FileNotFoundError:
        raise NotFound(
            _("The file is no longer kept."), _("Upload it again: what is in adds nothing.")
        ) from None


def remove(key: UUID) -> None:
    """Destroy a file; one that is gone already is fine."""
    _path(key).unlink(missing_ok=True)


def held() -> list[UUID]:
    """Return whose files are kept."""
    return [UUID(path.stem) for path in _path(UUID(int=0)).parent.glob("*.sealed")]
