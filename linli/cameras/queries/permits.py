"""May this segment be given out? Asked for every single one."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.cameras.models import Camera, Grant, GrantCamera, Training
from linli.cameras.policy import visible_to
from linli.cameras.queries.viewing import trainings, viewing_roles
from linli.cameras.viewing import VideoRefused
from linli.cameras.viewing_choices import Cause, Ending, Mode


@dataclass(frozen=True, slots=True)
class Permit:
    """A grant that holds now for this person and this camera."""

    grant: Grant
    camera: UUID
    is_first: bool


def may_request_segment(
    actor: Actor,
    grant_id: UUID,
    camera_id: UUID,
    at: datetime,
    *,
    mode: str | None = Mode.LIVE,
    span: tuple[datetime, datetime] | None = None,
) -> Permit:
    """Return the permit to give out a segment; raises :class:`VideoRefused` with the cause.

    ``mode`` None: whichever the grant is for. ``span`` is what a segment of our own recordings
    shows; what a recorder sent for the grant is of its span by itself. Two statements.
    """
    if actor.user_id is None:
        raise VideoRefused(Cause.SIGNED_OUT, _("Sign in first."))
    today = Training.objects.filter(trainings(at), user=OuterRef("viewer"))
    grant = Grant.objects.filter(pk=grant_id).annotate(trained=Exists(today)).first()
    if grant is None:
        raise VideoRefused(Cause.NO_GRANT, _("Nobody gave you leave to see this video."))
    _check_person(actor, grant)
    _check_time(grant, at)
    if mode is not None and grant.mode != mode:
        raise VideoRefused(Cause.OTHER_TIME, _("The grant is for another way of looking."))
    if span is not None:
        _check_span(grant, span)
    listed = GrantCamera.objects.filter(grant=grant, camera=camera_id)
    still = Camera.objects.filter(visible_to(actor), pk=OuterRef("camera"), retired_on=None)
    found = listed.annotate(visible=Exists(still)).first()
    if found is None or not found.visible:
        raise VideoRefused(Cause.OTHER_CAMERA, _("The grant is not for this camera."))
    return Permit(grant, camera_id, is_first=found.opened_at is None)


def _check_person(actor: Actor, grant: Grant) -> None:
    if grant.viewer_id != actor.user_id:
        raise VideoRefused(Cause.NOT_YOURS, _("This video was opened for somebody else."))
    if not viewing_roles(actor, grant.area):
        raise VideoRefused(Cause.NO_ROLE, _("Your role does not look at video here."))
    if not grant.trained:  # type: ignore[attr-defined]
        raise VideoRefused(Cause.UNTRAINED, _("Your training for video has run out."))


def _check_time(grant: Grant, at: datetime) -> None:
    if grant.ended_at is not None:
        over = grant.ended_why == Ending.CASE
        reason = _("The case has ended, and so has the video.") if over else _("It was ended.")
        raise VideoRefused(Cause.CASE_OVER if over else Cause.ENDED, reason)
    if grant.valid_from is None or grant.valid_until is None:
        raise VideoRefused(Cause.NO_CONSENT, _("A second person has to consent first."))
    if not grant.valid_from <= at < grant.valid_until:
        raise VideoRefused(Cause.EXPIRED, _("The time for this video is up."))


def _check_span(grant: Grant, span: tuple[datetime, datetime]) -> None:
    starts, ends = span
    if grant.starts is None or grant.ends is None or starts < grant.starts or ends > grant.ends:
        raise VideoRefused(Cause.OTHER_TIME, _("This was recorded at another time."))
