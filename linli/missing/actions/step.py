"""The first and the last part of every step: lock and permit, then write it down."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.audit.record import record
from linli.kernel.errors import IllegalMove, Invalid, NotFound
from linli.missing.choices import State
from linli.missing.lifecycle import LONGEST_NOTE, MOVES
from linli.missing.models import Search
from linli.missing.policy import known_to
from linli.notices.stream.publish import publish


def begin(verb: str, search_id: UUID, actor: Actor) -> Search:
    """Lock the search and check scope and state; who may is asked by the step itself."""
    search = locked(search_id, actor)
    if not MOVES.legal(verb, search.state):
        raise IllegalMove(
            _("A search that is “%(state)s” has no such step.")
            % {"state": State(search.state).label}
        )
    return search


def locked(search_id: UUID, actor: Actor) -> Search:
    """Return a search the actor knows of with its row locked until the transaction ends."""
    search = (
        Search.objects.select_for_update(of=("self",)).filter(known_to(actor), pk=search_id).first()
    )
    if search is None:
        raise NotFound(_("There is no such search here."))
    return search


def finish(
    search: Search, verb: str, *, actor: Actor, at: datetime, changed: Iterable[str] = (),
    facts: Mapping[str, Any] | None = None,
) -> None:  # fmt: skip
    """Make the move and write it into the log."""
    search.state = MOVES.after(verb, search.state)
    search.version += 1
    search.save(update_fields={*changed, "state", "version"})
    note(search, verb, actor=actor, at=at, facts=facts)


def note(
    search: Search, event: str, *, actor: Actor, at: datetime,
    facts: Mapping[str, Any] | None = None,
) -> None:  # fmt: skip
    """Write one entry of a search into the log: ids and numbers, no personal data.

    Pages that show the search hear that something has changed.
    """
    told = {"case": str(search.case_id), **(facts or {})}
    record("search", search.id, f"missing.{event}", actor=actor.user_id, at=at, facts=told)
    publish(f"search:{search.id}", "search", {}, at=at)


def needed(text: str, field: str = "note") -> str:
    """Return a text without outer blanks; raise :class:`Invalid` where there is none."""
    text = text.strip()
    if not text:
        raise Invalid(_("A reason is missing."), {field: _("Please write the reason.")})
    if len(text) > LONGEST_NOTE:
        sentence = _("At most %(most)d characters, please.") % {"most": LONGEST_NOTE}
        raise Invalid(sentence, {field: sentence})
    return text
