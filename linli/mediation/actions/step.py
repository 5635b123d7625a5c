"""The first and the last part of every verb: ``begin`` locks and permits, ``finish`` records."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.audit.record import record
from linli.cases.actions.step import locked, meanwhile, needed
from linli.cases.models import Case
from linli.kernel.crypto import text_hash
from linli.kernel.errors import IllegalMove, NotFound, Stale
from linli.mediation import lifecycle
from linli.mediation.choices import State, Verb
from linli.mediation.models import Event, Mediation, Note
from linli.mediation.policy import permit, visible_to


def begin(verb: str, mediation_id: UUID, actor: Actor, *, seen: int | None = None) -> Mediation:
    """Lock case and mediation and check: scope, what the page showed, the state, the rule.

    The case is locked first, as its own verbs do it. ``seen`` is the version the actor looked at;
    None skips that check.
    """
    mediation = held(mediation_id, actor)
    if seen is not None and seen != mediation.version:
        raise Stale(what_happened(mediation), _("Look at the mediation again before you go on."))
    check_state(verb, mediation)
    permit(verb, actor, mediation)
    return mediation


def held(mediation_id: UUID, actor: Actor) -> Mediation:
    """Return a visible mediation, its case and itself locked until the transaction ends."""
    found = Mediation.objects.filter(visible_to(actor), pk=mediation_id).values_list("case").first()
    if found is None:
        raise NotFound(_("There is no such mediation here."))
    case = locked(found[0], actor)
    mediation = (
        Mediation.objects.select_for_update(of=("self",))
        .select_related("committee", "committee__unit")
        .prefetch_related("seats")
        .get(pk=mediation_id)
    )
    mediation.case = case
    return mediation


def check_state(verb: str, mediation: Mediation) -> None:
    """Raise :class:`IllegalMove`, naming the article, unless the state has such a move."""
    if lifecycle.legal(verb, mediation.state):
        return
    reason = _("A mediation that is “%(state)s” has no step “%(verb)s”.") % {
        "state": State(mediation.state).label,
        "verb": Verb(verb).label,
    }
    article = lifecycle.MOVES[verb].law
    raise IllegalMove(reason, article_hint(article) if article else "")


def article_hint(article: str) -> str:
    """Return the sentence that names an article of the People's Mediation Act."""
    return _("See article %(article)s of the People's Mediation Act.") % {"article": article}


def what_happened(mediation: Mediation) -> str:
    """Return a sentence on the last thing somebody did."""
    last = Event.objects.filter(mediation=mediation).select_related("actor").order_by("-id").first()
    if last is None:
        return _("Somebody changed this mediation meanwhile.")
    return meanwhile(last.actor, Verb(last.verb).label)


def required(verb: str, note: str) -> str:
    """Return the note without outer blanks; raise :class:`Invalid` where the verb needs one."""
    return needed(lifecycle.MOVES[verb], note)


def finish(
    mediation: Mediation,
    verb: str,
    *,
    by: UUID | None,
    at: datetime,
    changed: Iterable[str] = (),
    note: str = "",
    facts: Mapping[str, Any] | None = None,
    rows: Sequence[Model] = (),
) -> Event:
    """Make the move: save the new state, write ``rows``, timeline and audit.

    What the case does with it is the action's next step; the database insists at the commit that
    both agree. ``changed`` names the fields the verb itself set.
    """
    before = mediation.state
    mediation.state = lifecycle.after(verb, before)
    mediation.version += 1
    mediation.save(update_fields={*changed, "state", "version"})
    return write_event(mediation, verb, before, by=by, at=at, note=note, facts=facts, rows=rows)


def write_event(
    mediation: Mediation,
    verb: str,
    before: str,
    *,
    by: UUID | None,
    at: datetime,
    note: str = "",
    facts: Mapping[str, Any] | None = None,
    rows: Sequence[Model] = (),
) -> Event:
    """Write ``rows``, the timeline's row, the note beside it, and the audit entry."""
    told = dict(facts or {})
    event = Event(
        mediation=mediation, verb=verb, at=at, actor_id=by, from_state=before,
        to_state=mediation.state, facts=told,
    )  # fmt: skip
    entry = {
        **told, "case": str(mediation.case_id), "event": str(event.id), "state": mediation.state,
    }  # fmt: skip
    new: list[Model] = [*rows, event]
    if note:
        new.append(Note(event=event, mediation=mediation, text=note))
        entry["note"] = text_hash(note, event.id.bytes)
    record(
        "mediation", mediation.id, f"mediation.{verb}", actor=by, at=at, facts=entry,
        rows=new,
    )  # fmt: skip
    return event


def case_of(mediation: Mediation) -> Case:
    """Return the mediation's case afresh, after one of its own verbs."""
    return Case.objects.select_related("holder").get(pk=mediation.case_id)
