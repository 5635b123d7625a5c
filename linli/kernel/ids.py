"""Keys: UUIDv7, ordered by time, made in the process so that no row has to be read back."""

import uuid

import uuid_utils.compat


def new_id() -> uuid.UUID:
    """Return a fresh UUIDv7 (RFC 9562)."""
    return uuid_utils.compat.uuid7()


def read_id(text: str | None) -> uuid.UUID | None:
    """Return the key that a text from outside is; None where it is none."""
    try:
        return uuid.UUID(text) if text else None
    except ValueError:
        return None
