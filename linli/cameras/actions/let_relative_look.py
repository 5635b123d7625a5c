"""A relative of a missing person looks on beside a member of staff, with the managing unit's consent."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.audit.record import record
from linli.cameras.models import Grant, RelativeViewing
from linli.cameras.queries.viewing import left
from linli.cameras.viewing import VideoRefused
from linli.cameras.viewing_choices import Cause, Kinship, Purpose
from linli.kernel.crypto import seal, unseal
from linli.kernel.errors import IllegalMove, Invalid, NotFound, NotPermitted
from linli.kernel.ids import new_id


@transaction.atomic
def ask_for_relative(
    grant_id: UUID,
    *,
    name: str,
    paper: str,
    kinship: str,
    checked_by: str,
    actor: Actor,
    at: datetime,
) -> list[RelativeViewing]:
    """Ask each managing unit of the grant's cameras to let a relative look on.

    The staff member is the grant's viewer; the case must be the search for a missing person.
    ``paper`` is the number of what proves the kinship, ``checked_by`` says how it was checked.
    """
    grant = Grant.objects.select_for_update().filter(pk=grant_id, viewer=actor.user_id).first()
    if grant is None or actor.user_id is None:
        raise NotFound(_("There is no such grant here."))
    if grant.purpose != Purpose.MISSING or left(grant, at).total_seconds() <= 0:
        raise IllegalMove(
            _(
                "Relatives look on only where a missing person is being searched for, while it holds."
            )
        )
    _check_told({"name": name, "paper": paper, "checked_by": checked_by}, kinship)
    managing = grant.cameras.values_list("camera__managing", flat=True).distinct()
    told = {"name": name.strip(), "paper": paper.strip()}
    made = [_row(grant, unit, told, at) for unit in managing]
    facts = {"grant": str(grant.id), "kinship": kinship}
    for one in made:
        one.kinship, one.checked_by = kinship, checked_by.strip()
        record(
            "relative_viewing", one.id, "video.ask_relative", actor=actor.user_id, at=at,
            facts=facts, rows=[one],
        )  # fmt: skip
    return made


def _row(grant: Grant, unit: UUID, told: dict[str, str], at: datetime) -> RelativeViewing:
    number = new_id()
    return RelativeViewing(
        id=number, grant=grant, sealed=seal(told, number.bytes), asked_at=at,
        asked_by_id=grant.viewer_id, managing_id=unit,
    )  # fmt: skip


def _check_told(told: dict[str, str], kinship: str) -> None:
    wrong = {field: _("This is needed.") for field, text in told.items() if not text.strip()}
    if wrong or kinship not in Kinship.values:
        raise Invalid(_("Something is missing."), wrong or {"kinship": _("This is needed.")})


@transaction.atomic
def decide_relative(
    viewing_id: UUID, *, consent: bool, actor: Actor, at: datetime
) -> RelativeViewing:
    """Let a relative look on, or not: somebody of the unit that runs the cameras, never the asker."""
    viewing = _locked(viewing_id)
    if viewing.asked_by_id == actor.user_id:
        raise VideoRefused(Cause.SAME_PERSON, _("Nobody consents to their own request."))
    if not actor.works_in(viewing.managing_id):
        raise NotPermitted(_("The unit that runs the camera consents."))
    if viewing.consented_at is not None or viewing.declined_at is not None:
        raise IllegalMove(_("This was decided already."))
    if consent:
        viewing.consented_at, viewing.consented_by_id = at, actor.user_id
    else:
        viewing.declined_at = at
    viewing.save(update_fields=["consented_at", "consented_by", "declined_at"])
    facts = {"consent": consent}
    record(
        "relative_viewing", viewing.id, "video.decide_relative", actor=actor.user_id, at=at,
        facts=facts,
    )  # fmt: skip
    return viewing


@transaction.atomic
def begin_relative(viewing_id: UUID, *, actor: Actor, at: datetime) -> RelativeViewing:
    """Write down that the relative sits beside the viewer now."""
    viewing = _locked(viewing_id)
    if viewing.grant.viewer_id != actor.user_id:
        raise NotPermitted(_("The viewer sits beside the relative."))
    if viewing.consented_at is None:
        raise VideoRefused(Cause.NO_CONSENT, _("The unit that runs the camera must consent first."))
    if left(viewing.grant, at).total_seconds() <= 0:
        raise VideoRefused(Cause.EXPIRED, _("The time for this video is up."))
    viewing.began_at = at
    viewing.save(update_fields=["began_at"])
    record("relative_viewing", viewing.id, "video.begin_relative", actor=actor.user_id, at=at)
    return viewing


def name_of(viewing: RelativeViewing) -> str:
    """Return the relative's name."""
    return str(unseal(viewing.sealed, viewing.id.bytes)["name"])


def _locked(viewing_id: UUID) -> RelativeViewing:
    viewing = (
        RelativeViewing.objects.select_for_update(of=("self",))
        .select_related("grant")
        .filter(pk=viewing_id)
        .first()
    )
    if viewing is None:
        raise NotFound(_("There is no such request here."))
    return viewing
