"""Write a clause of the city's library: a new one, or what an old one says from now on."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.audit.record import record
from linli.kernel.errors import Invalid, NotFound, Text
from linli.kernel.working_days import local_date
from linli.mediation.actions.drafting import wrong_citation
from linli.mediation.actions.found import speciality_codes
from linli.mediation.clauses import UnknownField, check_fields
from linli.mediation.models import Clause
from linli.mediation.policy import permit_library

_TITLE, _LONGEST, _LAST = 60, 2000, 9999
FIELDS = ("title", "text", "categories", "position")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseData:
    """What is written down about a clause. ``categories`` are codes of types; none: for all."""

    title: str
    text: str
    categories: tuple[str, ...] = ()
    position: int = 0


@transaction.atomic
def add_clause(data: ClauseData, *, actor: Actor, at: datetime) -> Clause:
    """Put a clause into the library; raises :class:`Invalid` for a field or citation that is wrong."""
    permit_library(actor)
    check_clause(data, at)
    clause = Clause()
    _write(clause, data)
    clause.save()
    record("clause", clause.id, "clause.add", actor=actor.user_id, at=at, facts=_told(clause))
    return clause


@transaction.atomic
def change_clause(clause_id: UUID, data: ClauseData, *, actor: Actor, at: datetime) -> Clause:
    """Let a clause say something else from now on; agreements keep the words they were made with."""
    permit_library(actor)
    clause = Clause.objects.select_for_update().filter(pk=clause_id).first()
    if clause is None:
        raise NotFound(_("There is no such clause."))
    check_clause(data, at)
    before = {name: getattr(clause, name) for name in FIELDS}
    _write(clause, data)
    changed = [name for name in FIELDS if getattr(clause, name) != before[name]]
    if changed:
        clause.save(update_fields=changed)
        facts = {**_told(clause), "changed": changed}
        record("clause", clause.id, "clause.change", actor=actor.user_id, at=at, facts=facts)
    return clause


def check_clause(data: ClauseData, at: datetime) -> None:
    """Raise :class:`Invalid` with a sentence for each field that can't stand."""
    wrong: dict[str, Text] = {}
    for name, most in (("title", _TITLE), ("text", _LONGEST)):
        words = getattr(data, name).strip()
        if not words:
            wrong[name] = _("This is missing.")
        elif len(words) > most:
            wrong[name] = _("At most %(most)d characters.") % {"most": most}
    if not 0 <= data.position <= _LAST:
        wrong["position"] = _("A number from 0 to %(last)d.") % {"last": _LAST}
    if set(data.categories) - speciality_codes():
        wrong["categories"] = _("Choose from the list.")
    if "text" not in wrong and (sentence := _wrong_text(data.text, at)):
        wrong["text"] = sentence
    if wrong:
        raise Invalid(_("This can't be written down like that."), wrong)


def _wrong_text(text: str, at: datetime) -> str:
    try:
        check_fields(text)
    except UnknownField as unknown:
        return _("There is no field %(field)s.") % {"field": unknown.field}
    return wrong_citation(text, local_date(at))


def _write(clause: Clause, data: ClauseData) -> None:
    clause.title, clause.text = data.title.strip(), data.text.strip()
    clause.categories, clause.position = sorted(set(data.categories)), data.position


def _told(clause: Clause) -> dict[str, object]:
    """The words as well: the library is the city's, and nothing personal stands in it."""
    return {name: getattr(clause, name) for name in FIELDS}
