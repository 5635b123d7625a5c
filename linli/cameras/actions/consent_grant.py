"""Consent to video, or decline it: a second person's yes, never one's own."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.audit.record import record
from linli.cameras.actions.ask_grant import validity
from linli.cameras.models import Grant
from linli.cameras.queries.viewing import is_trained, known_to, rules, viewing_roles
from linli.cameras.viewing import VideoRefused
from linli.cameras.viewing_choices import Cause, Ending
from linli.cases import lifecycle as of_case
from linli.kernel.errors import IllegalMove, NotFound


@transaction.atomic
def consent_grant(grant_id: UUID, *, actor: Actor, at: datetime) -> Grant:
    """Let a grant hold from now on. Raises :class:`VideoRefused` for whoever asked for it."""
    grant = locked_grant(grant_id, actor)
    _check_second(grant, actor, at)
    if grant.ended_at is not None or grant.valid_from is not None:
        raise IllegalMove(_("This was decided already."))
    if grant.case.state not in of_case.OPEN:
        raise VideoRefused(Cause.CASE_OVER, _("This case is over: its video stays closed."))
    grant.consented_by_id = actor.user_id
    grant.valid_from, grant.valid_until = at, validity(grant, rules(), at)
    grant.save(update_fields=["consented_by", "valid_from", "valid_until"])
    facts = {"case": str(grant.case_id), "valid_until": grant.valid_until}
    record("grant", grant.id, "video.consent", actor=actor.user_id, at=at, facts=facts)
    return grant


@transaction.atomic
def decline_grant(grant_id: UUID, *, actor: Actor, at: datetime) -> Grant:
    """Decline what somebody asked for."""
    grant = locked_grant(grant_id, actor)
    _check_second(grant, actor, at)
    if grant.ended_at is not None or grant.valid_from is not None:
        raise IllegalMove(_("This was decided already."))
    grant.ended_at, grant.ended_why, grant.ended_by_id = at, Ending.DECLINED, actor.user_id
    grant.save(update_fields=["ended_at", "ended_why", "ended_by"])
    facts = {"case": str(grant.case_id)}
    record("grant", grant.id, "video.decline", actor=actor.user_id, at=at, facts=facts)
    return grant


def locked_grant(grant_id: UUID, actor: Actor) -> Grant:
    """Return a grant the actor knows of, with its row locked."""
    grant = (
        Grant.objects.select_for_update(of=("self",))
        .select_related("case")
        .filter(known_to(actor), pk=grant_id)
        .first()
    )
    if grant is None:
        raise NotFound(_("There is no such grant here."))
    return grant


def _check_second(grant: Grant, actor: Actor, at: datetime) -> None:
    if grant.viewer_id == actor.user_id:
        raise VideoRefused(
            Cause.SAME_PERSON,
            _("Nobody consents to their own request."),
            _("Ask a colleague who is trained for video."),
        )
    if not viewing_roles(actor, grant.area):
        raise VideoRefused(
            Cause.NO_ROLE, _("Dispatchers and directors of the area consent to video.")
        )
    if not is_trained(actor, at):
        raise VideoRefused(Cause.UNTRAINED, _("Only people trained for video consent to it."))
