"""SMS, or a call that reads a text out, by any provider that takes an HTTP POST.

The administrator writes what it wants to read.
"""

import json
import re
from collections.abc import Callable, Mapping
from urllib.parse import quote

from linli.notices.channels.http import post
from linli.notices.channels.parcel import Access, Parcel, Rejected

FIELDS = ("phone", "text", "reference", "secret")
_FIELD = re.compile(r"\{(" + "|".join(FIELDS) + r")\}")
FORMS = {"json": "application/json; charset=utf-8", "form": "application/x-www-form-urlencoded"}


def send_sms(access: Access, parcel: Parcel) -> None:
    """Send one message. ``plain``: ``url``, ``form`` (json or form), ``body`` with ``{phone}``,
    ``{text}``, ``{reference}`` and ``{secret}`` in it, ``headers`` (one a line, ``{secret}``
    allowed), ``expect``: what a good answer contains (empty: any 2xx). ``secret``: ``token``.
    """
    given = access.plain
    words = {
        "phone": parcel.to, "text": parcel.body, "reference": parcel.reference,
        "secret": access.secret.get("token", ""),
    }  # fmt: skip
    escape = _in_json if given["form"] == "json" else quote
    body = filled(given["body"], words, escape)
    headers = {"Content-Type": FORMS[given["form"]]}
    for line in given.get("headers", "").splitlines():
        name, _, value = line.partition(":")
        if name.strip():
            headers[name.strip()] = filled(value.strip(), words, str)
    answer = post(filled(given["url"], words, quote), body.encode(), headers)
    expected = given.get("expect", "")
    if expected and expected not in answer:
        raise Rejected("the answer does not contain what was expected")


def filled(text: str, words: Mapping[str, str], escape: Callable[[str], str]) -> str:
    """Return ``text`` with its fields filled in, each escaped for the place it stands in."""
    return _FIELD.sub(lambda found: escape(words[found[1]]), text)


def _in_json(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)[1:-1]
