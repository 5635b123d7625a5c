"""Words of verbs as titles and buttons show them, and what a step of the timeline adds to its verb."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from linli.mediation.choices import BreachStep, CourtStep, EndReason, Form, Verb


def label_of(verb: str) -> str:
    """Return a verb's word with a capital."""
    label = str(Verb(verb).label)
    return label[:1].upper() + label[1:]


# Verb → what its facts say in words.
_DETAILS: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "pay": lambda facts: f"¥{Decimal(facts['amount']):,.2f}" if facts.get("amount") else "",
    "confirm": lambda facts: str(CourtStep(facts["step"]).label),
    "breach": lambda facts: str(BreachStep(facts["next"]).label),
    "end": lambda facts: str(EndReason(facts["reason"]).label),
    "hold": lambda facts: _("Session %(turn)s") % {"turn": facts["turn"]},
    "take_effect": lambda facts: f"{Form(facts['form']).label} {facts['on']}",
    "extend": lambda facts: _("%(days)s days more") % {"days": facts["days"]},
    "archive": lambda facts: str(facts["number"]),
}


def detail_of(verb: str, facts: Mapping[str, Any]) -> str:
    """Return what a step adds to its verb, such as the amount that was paid; empty for nothing."""
    say = _DETAILS.get(verb)
    try:
        return say(facts) if say else ""
    except (KeyError, ValueError):
        # A step that was written before its facts were what they are now, or by the city's own import.
        return ""
