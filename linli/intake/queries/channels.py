"""Reads of sources and of what came through them."""

from collections.abc import Mapping
from uuid import UUID

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.accounts.actor import Actor, desk_actor
from linli.accounts.policy import administered, covers
from linli.areas.queries import lowest_post
from linli.intake.channel_models import ChannelKind, Received, Source
from linli.kernel.errors import NotFound

LOG = 60
REASONS: Mapping[str, str | Promise] = {
    "loop": gettext_lazy("sent by Linli itself"),
    "bounce": gettext_lazy("a mail that came back"),
    "automatic": gettext_lazy("an automatic answer"),
    "mailing_list": gettext_lazy("from a mailing list"),
    "empty": gettext_lazy("neither subject nor text"),
    "too_large": gettext_lazy("larger than 25 MB"),
    "unreadable": gettext_lazy("it could not be read"),
    "flood": gettext_lazy("too many from one sender"),
    "old": gettext_lazy("from before the mailbox was connected"),
    "unknown_shape": gettext_lazy("no mapping is kept for a file of this shape"),
}


def sources(actor: Actor) -> QuerySet[Source]:
    """Return the sources of the areas the actor administers."""
    return Source.objects.filter(covers(administered(actor)))


def source_for(actor: Actor, source_id: UUID, *, lock: bool = False) -> Source:
    """Return one of them; raises :class:`NotFound` for any other."""
    found = sources(actor).filter(pk=source_id)
    row = (found.select_for_update() if lock else found).first()
    if row is None:
        raise NotFound(_("There is no such source in your areas."))
    return row


def log_of(source: Source) -> list[Received]:
    """Return what came last, the latest first."""
    return list(Received.objects.filter(source=source).order_by("-id")[:LOG])


def said(reason: str) -> str:
    """Return a reason in words; what is no code is a sentence already."""
    return str(REASONS.get(reason, reason))


def running(channel: str) -> list[UUID]:
    """Return the sources of a kind that are switched on."""
    return list(Source.objects.filter(channel=channel, is_on=True).values_list("pk", flat=True))


def hook_by(source_id: UUID, digest: bytes) -> Source | None:
    """Return the incoming webhook with this token, if it is switched on."""
    found = Source.objects.filter(pk=source_id, digest=digest, channel=ChannelKind.HOOK)
    return found.filter(is_on=True).first()


def desk_of_area(area: str) -> Actor:
    """Return Linli at the lowest desk that covers ``area``."""
    post = lowest_post(area)
    return desk_actor(post.id, post.area_id)
