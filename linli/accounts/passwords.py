"""One-time passwords: easy to read out and to type, hard to guess, changed at the first sign-in."""

import secrets

from django.contrib.auth.hashers import Argon2PasswordHasher

# No letters or digits that look like one another.
_LETTERS = "abcdefghjkmnpqrstuvwxyz"
_DIGITS = "23456789"


def one_time_password() -> str:
    """Return three groups of four such as ``kwmt-7pq4-x9hn``: about 58 bits."""
    characters = _LETTERS + _DIGITS
    groups = ["".join(secrets.choice(characters) for _ in range(4)) for _ in range(3)]
    return "-".join(groups)


class _OneTimeHasher(Argon2PasswordHasher):
    """Argon2 with little work: a password made by chance needs no stretching against guessing.

    900 accounts are made in seconds this way. The first sign-in replaces the password.
    """

    time_cost = 1
    memory_cost = 4096
    parallelism = 1


def hash_one_time(password: str) -> str:
    """Return what is stored of a password that :func:`one_time_password` made."""
    hasher = _OneTimeHasher()
    return hasher.encode(password, hasher.salt())
