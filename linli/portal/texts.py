"""A resident's text: its limits, and the title it gets in the house's lists."""

import re

from django.utils.translation import gettext as _

from linli.kernel.errors import Invalid

SHORTEST, LONGEST = 5, 2000
_TITLE = 40
# Phone, identity and account numbers have no place in a list that many read.
_NUMBER = re.compile(r"\d[\d\s-]{5,}\d")
_END = re.compile(r"[。！？!?；;\n]")
_BLANKS = re.compile(r"[ \t]+")


def cleaned(text: str, field: str = "text", *, shortest: int = SHORTEST) -> str:
    """Return the text without control characters; raises :class:`Invalid` when short or long."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    plain = "".join(sign for sign in lines if sign == "\n" or sign.isprintable()).strip()
    if len(plain) < shortest:
        raise Invalid(_("Please say a little more."), {field: _("Please say a little more.")})
    if len(plain) > LONGEST:
        message = _("This is longer than %(most)s characters. Please shorten it.")
        raise Invalid(message % {"most": LONGEST}, {field: message % {"most": LONGEST}})
    return plain


def title_of(text: str) -> str:
    """Return the first sentence, shortened, with its numbers hidden."""
    first = _END.split(text.strip(), maxsplit=1)[0]
    plain = _BLANKS.sub(" ", _NUMBER.sub("…", first)).strip() or _("Report from a resident")
    return plain if len(plain) <= _TITLE else plain[: _TITLE - 1] + "…"


def without_numbers(text: str) -> str:
    """Return the text with what looks like a phone or identity number hidden: a draft to review."""
    return _NUMBER.sub("…", text)
