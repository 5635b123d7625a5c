"""Open footage: a clip one has taken is asked for from the cameras room, for this incident."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.cameras.actions.ask_grant import Wish, ask_grant
from linli.cameras.models import Camera, Grant
from linli.cameras.viewing import Around
from linli.cameras.viewing_choices import Mode, Purpose
from linli.kernel.errors import NotFound
from linli.missing.actions.look import open_for
from linli.missing.models import Look
from linli.missing.queries.ground import clip_span


@transaction.atomic
def open_footage(look_id: UUID, *, actor: Actor, at: datetime) -> Grant:
    """Ask for the grant to the five minutes of a clip the actor has taken.

    The search vouches for place and time instead of the case: where the planner looks is where the
    person may have been. The second person's consent, the training and the log are the cameras
    room's. Raises :class:`~linli.cameras.viewing.VideoRefused`.
    """
    look = Look.objects.filter(pk=look_id, by=actor.user_id, said_at=None).first()
    if look is None or look.camera is None:
        raise NotFound(_("There is no such clip here."))
    search = open_for(look.search_id, actor)
    camera = Camera.objects.filter(pk=look.camera).first()
    if camera is None:
        raise NotFound(_("You may not see this camera: let somebody else take the clip."))
    since, until = clip_span(look.since)
    wish = Wish(
        cameras=[camera.id], purpose=Purpose.MISSING, mode=Mode.RECORDED, starts=since, ends=until,
        reason=_("Search for a missing person, proposed by the planner"),
    )  # fmt: skip
    place = Around(camera.latitude, camera.longitude, since, until)
    grant = ask_grant(search.case_id, wish, actor=actor, at=at, place=place)
    look.grant = grant.id
    look.save(update_fields=["grant"])
    return grant
