"""The way back from a page of cameras: links to the pages above it."""

from django.urls import reverse
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.cameras.queries.viewing import VIEWERS
from linli.cases.models import Case

type Trail = list[tuple[str, str]]


def to_cameras() -> Trail:
    """Return the way back to the registry."""
    return [(reverse("cameras:list"), _("Cameras"))]


def to_video() -> Trail:
    """Return the way back to one's video."""
    return [(reverse("cameras:video"), _("Video"))]


def to_rooms_door(actor: Actor) -> Trail:
    """Return the way back for pages that also the units running cameras open: to what they see."""
    return to_video() if actor.holds(*VIEWERS) else to_cameras()


def to_case(case: Case) -> Trail:
    """Return the way back to the case by whose page one came."""
    return [(reverse("cases:case", args=[case.id]), case.number)]
