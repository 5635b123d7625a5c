"""Open: a second person looks at report and proof, and the search begins. Or it does not."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.kernel.errors import NotPermitted
from linli.missing.actions.end import let_go
from linli.missing.actions.replan import replan
from linli.missing.actions.step import begin, finish, needed
from linli.missing.actions.tell_around import tell_around
from linli.missing.actions.tell_places import tell_places
from linli.missing.choices import Ending
from linli.missing.lifecycle import LASTS
from linli.missing.models import Member, Search
from linli.missing.policy import permit_decide, somebody


@transaction.atomic
def open_search(search_id: UUID, *, actor: Actor, at: datetime) -> Search:
    """Open a search for 72 hours; never by the one who wrote the report."""
    search = begin("open", search_id, actor)
    permit_decide(actor, search)
    _another(actor, search.made_by_id)
    search.opened_by_id, search.opened_at, search.ends_at = actor.user_id, at, at + LASTS
    finish(
        search, "open", actor=actor, at=at, changed=["opened_by", "opened_at", "ends_at"],
        facts={"until": search.ends_at},
    )  # fmt: skip
    Member.objects.get_or_create(search=search, user_id=somebody(actor), defaults={"since": at})
    # First: the streets are shared among those who are told.
    tell_around(search, at=at, but={actor.user_id, search.made_by_id})
    tell_places(search, at=at)
    replan(search, at=at)
    return search


@transaction.atomic
def decline_search(search_id: UUID, note: str, *, actor: Actor, at: datetime) -> Search:
    """Do not open it: what was reported leaves at once but for the incident."""
    search = begin("decline", search_id, actor)
    permit_decide(actor, search)
    needed(note)
    search.ended_at, search.ended_why = at, Ending.STOPPED
    finish(search, "decline", actor=actor, at=at, changed=["ended_at", "ended_why"])
    let_go(search, actor=actor, at=at)
    return search


@transaction.atomic
def ask_renewal(search_id: UUID, *, actor: Actor, at: datetime) -> Search:
    """Ask for 72 hours more; somebody else grants them."""
    search = begin("ask_renewal", search_id, actor)
    permit_decide(actor, search)
    search.renewal_by_id, search.renewed_by_id = actor.user_id, None
    finish(search, "ask_renewal", actor=actor, at=at, changed=["renewal_by", "renewed_by"])
    return search


@transaction.atomic
def renew_search(search_id: UUID, *, actor: Actor, at: datetime) -> Search:
    """Grant 72 hours more, from now; never to oneself."""
    search = begin("renew", search_id, actor)
    permit_decide(actor, search)
    if search.renewal_by_id is None or search.renewed_by_id is not None:
        raise NotPermitted(_("Nobody has asked for more time."))
    _another(actor, search.renewal_by_id)
    search.renewed_by_id, search.ends_at = actor.user_id, at + LASTS
    search.renewals += 1
    finish(
        search, "renew", actor=actor, at=at, changed=["renewed_by", "ends_at", "renewals"],
        facts={"until": search.ends_at},
    )  # fmt: skip
    return search


def _another(actor: Actor, first: UUID | None) -> None:
    if actor.user_id == first:
        raise NotPermitted(
            _("This takes two persons: somebody else has to say yes."),
            _("Ask another dispatcher or director."),
        )
