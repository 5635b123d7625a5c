"""The end: the person is found, or time is up, or it is stopped. Photo and grants go at once."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import SYSTEM, Actor
from linli.cameras.actions.end_grant import end_grants_of
from linli.kernel.errors import Invalid, NotPermitted
from linli.kernel.row_security import unscoped
from linli.missing.actions.step import begin, finish, needed
from linli.missing.choices import Ending, Outcome, Way
from linli.missing.lifecycle import OPEN
from linli.missing.models import Look, Member, Person, Search, Walk
from linli.missing.planning.belief import CLIP
from linli.missing.policy import permit_decide, permit_part
from linli.missing.queries.told import told_rows

AT_ONCE = 50


@transaction.atomic
def find_person(
    search_id: UUID, by: str, *, actor: Actor, at: datetime, consented: bool | None = None
) -> Search:
    """The person is found. ``consented``: an adult was asked whether the reporter may know where."""
    search = begin("find", search_id, actor)
    permit_part(actor, search)
    if by not in Way.values:
        raise Invalid(_("Say how the person was found."), {"by": _("Choose one.")})
    search.found_at, search.found_by, search.consented = at, by, consented
    finish(
        search, "find", actor=actor, at=at, changed=["found_at", "found_by", "consented"],
        facts={"by": by},
    )  # fmt: skip
    let_go(search, actor=actor, at=at)
    return search


@transaction.atomic
def set_consent(search_id: UUID, consented: bool, *, actor: Actor, at: datetime) -> Search:
    """Write down what the found adult said."""
    search = begin("consent", search_id, actor)
    permit_part(actor, search)
    search.consented = consented
    finish(search, "consent", actor=actor, at=at, changed=["consented"], facts={"yes": consented})
    return search


@transaction.atomic
def tell_reporter(search_id: UUID, *, actor: Actor, at: datetime) -> Search:
    """Write down that the reporter was told where the person is.

    Raises :class:`NotPermitted` for an adult who has not agreed: then the reporter hears only that
    the person is found.
    """
    search = begin("tell_reporter", search_id, actor)
    permit_part(actor, search)
    if search.is_adult and not search.consented:
        raise NotPermitted(
            _("A found adult decides who may know where they are."),
            _("Tell the reporter that the person is found, and no more."),
        )
    search.told_at = at
    finish(search, "tell_reporter", actor=actor, at=at, changed=["told_at"])
    return search


@transaction.atomic
def close_search(search_id: UUID, note: str, *, actor: Actor, at: datetime) -> Search:
    """Close a search after the person was found; its record stays."""
    search = begin("close", search_id, actor)
    permit_decide(actor, search)
    _end(search, "close", Ending.FOUND, needed(note), actor=actor, at=at)
    return search


@transaction.atomic
def stop_search(search_id: UUID, note: str, *, actor: Actor, at: datetime) -> Search:
    """Stop a search before its time: it was no case for one."""
    search = begin("stop", search_id, actor)
    permit_decide(actor, search)
    _end(search, "stop", Ending.STOPPED, needed(note), actor=actor, at=at)
    return search


def expire_due(*, at: datetime) -> int:
    """End the searches whose 72 hours are over; return how many."""
    with transaction.atomic():
        due = list(
            Search.objects.select_for_update(skip_locked=True).filter(
                state=OPEN, ends_at__lte=at
            )[:AT_ONCE]
        )  # fmt: skip
        for search in due:
            _end(search, "expire", Ending.TIME, "", actor=SYSTEM, at=at)
    return len(due)


def _end(search: Search, verb: str, why: str, note: str, *, actor: Actor, at: datetime) -> None:
    search.ended_at, search.ended_why = at, why
    search.record = {**_record(search), "note": note}
    finish(
        search, verb, actor=actor, at=at, changed=["ended_at", "ended_why", "record"],
        facts={"why": why},
    )  # fmt: skip
    let_go(search, actor=actor, at=at)


def let_go(search: Search, *, actor: Actor, at: datetime) -> None:
    """Delete the photo and end every grant to footage of this incident.

    As the owner: whoever ends a search need not take part in it.
    """
    with unscoped():
        Person.objects.filter(search=search).update(photo=None, photo_type="")
        Look.objects.filter(search=search, said_at=None).delete()
        Walk.objects.filter(search=search, said_at=None).delete()
    end_grants_of(search.case_id, actor=actor, at=at)


def _record(search: Search) -> dict[str, object]:
    """Return the numbers that stay: nobody's place or name."""
    with unscoped():
        looks = Look.objects.filter(search=search, said_at__isnull=False)
        walks = Walk.objects.filter(search=search, said_at__isnull=False)
        clips = looks.count()
        told = [row.knows for row in told_rows(search)]
        return {
            "clips": clips,
            "minutes": round(clips * CLIP / 60),
            "sightings": looks.filter(outcome=Outcome.SEEN).count(),
            "people": Member.objects.filter(search=search).count(),
            "walks": walks.filter(is_call=False, longitude=None).count(),
            "metres": sum(walks.filter(is_call=False).values_list("metres", flat=True)),
            "looked": walks.filter(longitude__isnull=False).count(),
            "calls": walks.filter(is_call=True).count(),
            "told": sum(told),
            "untold": len(told) - sum(told),
        }
