"""End grants: by the viewer, by a director, or because the case ended."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.accounts.actor import SYSTEM, Actor
from linli.accounts.models import RoleKind
from linli.audit.record import record
from linli.cameras.actions.consent_grant import locked_grant
from linli.cameras.models import Grant
from linli.cameras.viewing_choices import Ending, Mode
from linli.kernel.errors import NotPermitted
from linli.kernel.row_security import unscoped


@transaction.atomic
def end_grant(grant_id: UUID, *, actor: Actor, at: datetime) -> Grant:
    """End a grant now: one's own, or as a director of the case's area anybody's there."""
    grant = locked_grant(grant_id, actor)
    own = grant.viewer_id == actor.user_id
    if not own and not actor.reaches(grant.area, (RoleKind.CENTRE_DIRECTOR,)):
        raise NotPermitted(_("The viewer ends it, or a director of the area."))
    if grant.ended_at is None:
        _end([grant], Ending.VIEWER if own else Ending.REVOKED, actor=actor, at=at)
    return grant


def end_grants_of(case_id: UUID, *, actor: Actor, at: datetime, mode: str = "") -> int:
    """End every grant of a case (of one ``mode``, if given) that has not ended; return how many.

    Whoever moves the case need not know of the grants: they are ended as the owner.
    """
    with unscoped():
        open_ones = Grant.objects.select_for_update().filter(case=case_id, ended_at=None)
        found = list(open_ones.filter(mode=mode) if mode else open_ones)
        _end(found, Ending.CASE, actor=actor, at=at)
    return len(found)


def _end(grants: list[Grant], why: str, *, actor: Actor, at: datetime) -> None:
    for grant in grants:
        grant.ended_at, grant.ended_why, grant.ended_by_id = at, why, actor.user_id
        grant.save(update_fields=["ended_at", "ended_why", "ended_by"])
        facts = {"case": str(grant.case_id), "why": why}
        record("grant", grant.id, "video.end", actor=actor.user_id, at=at, facts=facts)


def on_case_ended(*, object_id: str, facts: Mapping[str, Any]) -> None:
    """The case ended: nothing of it can be looked at any more."""
    end_grants_of(UUID(object_id), actor=SYSTEM, at=timezone.now())


def on_case_resolved(*, object_id: str, facts: Mapping[str, Any]) -> None:
    """The matter is settled: there is nothing to look at live any more."""
    end_grants_of(UUID(object_id), actor=SYSTEM, at=timezone.now(), mode=Mode.LIVE)
