"""API tokens: how one is made and read. Only a token's SHA-256 is stored."""

import hashlib
import secrets
from datetime import date

from django.utils.translation import gettext_lazy as _

from linli.accounts.actor import Actor
from linli.accounts.queries import actor_of_digest

PREFIX = "linli_"
SCOPES = {
    "cases:read": _("read cases"),
    "cases:write": _("register cases and act on them"),
    "alarms:read": _("read alarms"),
    "alarms:write": _("answer and reset alarms"),
    "cameras:read": _("read cameras and their work orders"),
    "cameras:write": _("register cameras and say that they are mended"),
    "dispatch:read": _("read incidents and units"),
    "dispatch:write": _("lead incidents, send units and answer for them"),
    "areas:read": _("read areas and units"),
    "figures:read": _("read figures"),
    "missing:read": _("read the plan of searches you take part in"),
    "missing:write": _("take clips and streets of a search and say what was seen"),
    "notices:read": _("read your notices"),
    "notices:write": _("mark your notices read"),
    "premises:read": _("read premises and devices"),
    "premises:write": _("write premises, devices, tests and inspections down"),
    "supplies:read": _("read stores, stock and experts"),
    "supplies:write": _("ask for supplies and keep stores"),
    "roads:read": _("ask for places, ways and closed roads"),
    "roads:write": _("close roads and open them again"),
    "statutes:read": _("read statutes and check citations"),
    "video:read": _("read your grants of video, and who looked at what in your area"),
    "video:write": _("ask for video of an incident, consent to it, keep footage for a case"),
    "webhooks:write": _("keep webhooks"),
}


def new_token() -> str:
    """Return a fresh token: 256 bits, so that its plain hash can't be guessed back."""
    return PREFIX + secrets.token_urlsafe(32)


def digest_of(raw: str) -> bytes:
    """Return the 32 bytes under which a token is stored."""
    return hashlib.sha256(raw.encode()).digest()


def actor_of_token(raw: str, today: date) -> Actor | None:
    """Return whom a token acts for, with ``token_scopes``; one statement.

    None for a token that is unknown, expired or revoked, and for a person who may not sign in.
    """
    if not raw.startswith(PREFIX):
        return None
    return actor_of_digest(digest_of(raw), today)
