"""What every verb begins with: a camera or an agreement, locked, that the actor may see and keep."""

from uuid import UUID

from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.cameras.models import Agreement, Camera
from linli.cameras.policy import agreements_of, may_keep_camera, visible_to
from linli.kernel.errors import IllegalMove, NotFound, NotPermitted, Stale


def locked(camera_id: UUID, actor: Actor, seen: int | None = None) -> Camera:
    """Return a camera in use, locked; raises where the actor may not know of it or not change it.

    ``seen`` is the version that the actor's page showed.
    """
    rows = Camera.objects.select_for_update(of=("self",)).filter(visible_to(actor), pk=camera_id)
    camera = rows.select_related("owner", "managing").first()
    if camera is None:
        raise NotFound(_("There is no such camera here."))
    if not may_keep_camera(actor, camera):
        raise NotPermitted(
            _("This camera's entry is kept by others."), _("Ask the administrator of your area.")
        )
    if camera.retired_on:
        raise IllegalMove(_("This camera is no longer in use."))
    if seen is not None and seen != camera.version:
        raise Stale(_("Somebody changed this camera meanwhile."), _("Look at it again."))
    return camera


def locked_agreement(agreement_id: UUID, actor: Actor) -> Agreement:
    """Return an agreement, locked; raises :class:`NotFound`."""
    rows = Agreement.objects.select_for_update(of=("self",)).filter(agreements_of(actor))
    agreement = rows.filter(pk=agreement_id).select_related("giving", "taking").first()
    if agreement is None:
        raise NotFound(_("There is no such agreement here."))
    return agreement
