"""One-time passwords: easy to read out and to type, hard to guess, changed at the first sign-in."""

import secrets

# No letters or digits that look like one another.
_LETTERS = "abcdefghjkmnpqrstuvwxyz"
_DIGITS = "23456789"


def one_time_password() -> str:
    """Return three groups of four such as ``kwmt-7pq4-x9hn``: about 58 bits."""
    characters = _LETTERS + _DIGITS
    groups = ["".join(secrets.choice(characters) for _ in range(4)) for _ in range(3)]
    return "-".join(groups)
