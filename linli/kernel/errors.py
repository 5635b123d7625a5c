"""Refusals: what an action raises when it will not do what was asked.

Each carries a translated sentence for the person who asked; pages show it beside the form, the API
puts it in ``application/problem+json``. Anything else that escapes an action is a defect.
"""

from collections.abc import Mapping

from django.utils.functional import Promise

type Text = str | Promise


class Refused(Exception):
    """Base of every refusal. ``reason`` says why, ``hint`` what the person can do next."""

    status = 409
    code = "refused"

    def __init__(self, reason: Text, hint: Text = "") -> None:
        super().__init__(str(reason))
        self.reason = reason
        self.hint = hint


class NotPermitted(Refused):
    """The actor may see the thing but not do this to it."""

    status = 403
    code = "not-permitted"


class NotFound(Refused):
    """There is no such thing, or the actor may not know of it: the answer is the same."""

    status = 404
    code = "not-found"


class IllegalMove(Refused):
    """The thing is in a state that has no such move."""

    code = "illegal-move"


class Stale(Refused):
    """Somebody else acted first; the page the actor looked at is out of date."""

    code = "stale"


class Invalid(Refused):
    """What was typed can't be taken. ``fields`` maps a field's name to its sentence."""

    status = 422
    code = "invalid"

    def __init__(self, reason: Text, fields: Mapping[str, Text] | None = None) -> None:
        super().__init__(reason)
        self.fields = dict(fields or {})
