"""Why a row was refused: codes with facts, kept sealed, said in the language of whoever looks."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.intake.fields import FIELDS

type Reason = tuple[str, Mapping[str, str]]

_TEXT: Mapping[str, str | Promise] = {
    "nothing": _("Neither a title nor a description."),
    "no_area": _("It names no place of your city."),
    "unknown_area": _("“%(text)s” is no place of your city."),
    "many_areas": _("“%(text)s” can be %(first)s or %(second)s."),
    "outside": _("%(area)s lies outside your area."),
    "no_date": _("%(field)s: “%(text)s” is no date."),
    "no_number": _("%(field)s: “%(text)s” is no number."),
    "lost_digits": _(
        "%(field)s: “%(text)s” was kept as a number and has lost its last digits. Format the column"
        " as text and export again, or leave the column out."
    ),
    "no_code": _("%(field)s: “%(text)s” has no meaning here yet."),
    "no_kind": _("What kind of matter it is can't be told."),
    "unreadable": _("Some characters can't be read."),
    "future": _("%(field)s: “%(text)s” lies in the future."),
    "refused": "%(text)s",
}


def said(reason: Reason) -> str:
    """Return a reason as a sentence."""
    code, facts = reason
    if "field" in facts:
        label = str(FIELDS[facts["field"]].label)
        facts = {**facts, "field": label[:1].upper() + label[1:]}
    return str(_TEXT[code]) % facts
