"""What the timeline says of events about a mediator: whom, and what they answered."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from linli.accounts.models import User
from linli.mediation.models import Event

_OF_MEDIATORS = frozenset({"seat", "object", "declare"})


def about_mediators(events: Iterable[Event]) -> dict[UUID, str]:
    """Return what there is to say of each event about a mediator, by the event's key."""
    found = [event for event in events if event.verb in _OF_MEDIATORS]
    if not found:
        return {}
    people = {event.facts["user"] for event in found}
    names = {
        str(key): name for key, name in User.objects.filter(pk__in=people).values_list("id", "name")
    }
    return {
        event.id: _said(event.verb, names.get(event.facts["user"], ""), event.facts)
        for event in found
    }


def _said(verb: str, name: str, facts: dict[str, Any]) -> str:
    if verb == "seat" and facts.get("chosen_by") == "parties":
        return _("%(name)s, chosen by the parties") % {"name": name}
    if verb == "declare":
        if facts["has_conflict"]:
            return _("%(name)s has one") % {"name": name}
        return _("%(name)s has none") % {"name": name}
    return name
