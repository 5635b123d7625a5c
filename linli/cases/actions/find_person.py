"""Find a person across cases: with a reason, on the record, and only where one may look anyhow."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.audit.record import record
from linli.cases.actions.reasons import SHORTEST
from linli.cases.models import Party, PersonSearch
from linli.cases.policy import may_search_persons
from linli.cases.queries.persons import FIELDS, parties_named
from linli.kernel.crypto import blind_index, normalise, text_hash
from linli.kernel.errors import Invalid, NotPermitted, Refused

# A desk looks up the person in front of it, not a list of people.
MOST_SEARCHES, SPAN = 20, timedelta(minutes=10)
# Fewer characters than these name nobody in particular.
SHORTEST_TERM = {"name": 2, "phone": 5, "identity_number": 6}


class TooManySearches(Refused):
    """The actor has looked up too many people in a short time."""

    status = 429
    code = "too-many-searches"


@transaction.atomic
def find_person(field: str, text: str, *, reason: str, actor: Actor, at: datetime) -> list[Party]:
    """Return the parties of this ``name``, ``phone`` or ``identity_number`` in visible cases.

    The log keeps a keyed hash of what was looked for, never the words; the reason lies in a row of
    its own that can be erased.
    """
    if not may_search_persons(actor) or actor.user_id is None:
        raise NotPermitted(_("Only desks look people up."))
    _check(field, text, reason)
    mine = PersonSearch.objects.filter(person=actor.user_id, at__gt=at - SPAN)
    if mine.count() >= MOST_SEARCHES:
        raise TooManySearches(
            _("That were many searches in a few minutes."), _("Wait ten minutes and go on.")
        )
    search = PersonSearch(person_id=actor.user_id, at=at, reason=reason.strip()[:500])
    search.save(force_insert=True)
    found = parties_named(actor, field, text)
    facts = {
        "field": field,
        "term": blind_index(FIELDS[field][1], text).hex(),
        "reason": text_hash(search.reason, search.id.bytes),
        "found": len(found),
    }
    record("person_search", search.id, "case.find_person", actor=actor.user_id, at=at, facts=facts)
    return found


def _check(field: str, text: str, reason: str) -> None:
    wrong = {}
    if field not in FIELDS:
        wrong["field"] = _("Choose what you look for.")
    elif len(normalise(text)) < SHORTEST_TERM[field]:
        wrong["text"] = _("Write the whole name or number.")
    if len(reason.strip()) < SHORTEST:
        wrong["reason"] = _("Please write why you need it.")
    if wrong:
        raise Invalid(_("Something is missing."), wrong)
