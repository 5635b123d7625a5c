"""Where the player of a grant finds its playlist: our own door, or another media server with a ticket."""

from uuid import UUID

from django.urls import reverse

from linli.accounts.actor import Actor
from linli.cameras.media import external
from linli.cameras.models import Grant
from linli.cameras.viewing_choices import Mode


def playlist_of(grant: Grant, camera: UUID, actor: Actor) -> str:
    """Return the address of a camera's playlist for the viewer of a grant that holds.

    The caller has checked the grant; behind the address each segment is checked again.
    """
    if grant.mode == Mode.RECORDED:
        return reverse("cameras:recorded", args=[grant.id, camera])
    if external.is_used() and actor.user_id is not None:
        return external.address(external.Ticket(grant.id, camera, actor.user_id))
    return reverse("cameras:live", args=[grant.id, camera])
