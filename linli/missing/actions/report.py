"""Report: who is missing, last seen where and when; kinship and the police report are checked."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from linli.accounts.actor import Actor
from linli.cases.actions.register import Matter, register_case
from linli.cases.choices import Kind, Urgency
from linli.kernel.crypto import seal, seal_bytes
from linli.kernel.errors import Invalid
from linli.missing.actions.step import note
from linli.missing.choices import Category
from linli.missing.lifecycle import FIRST_HOUR, LARGEST_PHOTO, WAITING
from linli.missing.models import Check, Destination, Member, Person, Search
from linli.missing.policy import permit_report, somebody

# What a photo's first bytes say it is.
PHOTOS = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n": "image/png"}


@dataclass(frozen=True, slots=True)
class Place:
    """A place the person may go to. Degrees are WGS-84."""

    what: str
    latitude: float
    longitude: float
    is_home: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the reporter told. ``words`` are personal and sealed: name, age, clothing, health,
    habits, the reporter's name and number, the number of the police report, where exactly."""

    area: str
    channel: str
    category: str
    is_adult: bool
    seen_at: datetime
    sure: str
    words: dict[str, str]
    kinship_checked: bool
    police_told: bool
    latitude: float | None = None
    longitude: float | None = None
    places: Sequence[Place] = field(default=())
    photo: bytes = b""


@transaction.atomic
def report_missing(told: Told, *, actor: Actor, at: datetime) -> Search:
    """Register the incident and the search, which waits for a second person."""
    permit_report(actor)
    _check(told, at)
    case = register_case(_matter(told), actor=actor, at=at)
    search = Search(
        case=case, area=case.area_id, state=WAITING, category=told.category,
        is_adult=told.is_adult, latitude=told.latitude, longitude=told.longitude,
        seen_at=told.seen_at, sure=told.sure, made_by_id=somebody(actor), made_at=at,
    )  # fmt: skip
    context = search.id.bytes
    search.save(force_insert=True)
    Member.objects.create(search=search, user_id=somebody(actor), since=at)
    Person.objects.create(
        search=search, sealed=seal(told.words, context),
        photo=seal_bytes(told.photo, context) if told.photo else None,
        photo_type=photo_type(told.photo),
    )  # fmt: skip
    Destination.objects.bulk_create(
        Destination(
            search=search, sealed=seal(one.what, context), latitude=one.latitude,
            longitude=one.longitude, is_home=one.is_home,
        )
        for one in told.places
    )  # fmt: skip
    Check.objects.bulk_create(Check(search=search, item=item) for item in FIRST_HOUR)
    facts = {"category": told.category, "photo": bool(told.photo), "places": len(told.places)}
    note(search, "report", actor=actor, at=at, facts=facts)
    return search


def _matter(told: Told) -> Matter:
    # A title is read in lists and logs: nobody's name stands in it.
    with override("zh-hans"):
        title = _("Missing: %(who)s") % {"who": Category(told.category).label}
    return Matter(
        kind=Kind.INCIDENT, title=title, area=told.area, channel=told.channel,
        urgency=Urgency.DANGER, latitude=told.latitude, longitude=told.longitude,
    )  # fmt: skip


def _check(told: Told, at: datetime) -> None:
    wrong = {}
    if not told.kinship_checked:
        wrong["kinship_checked"] = _("Look at a paper that proves the kinship, or call the police.")
    if not told.police_told:
        wrong["police_told"] = _("The police must know first: call 110.")
    if told.seen_at > at:
        wrong["seen_at"] = _("This lies in the future.")
    if told.photo and not photo_type(told.photo):
        wrong["photo"] = _("Only JPEG and PNG, please.")
    if len(told.photo) > LARGEST_PHOTO:
        wrong["photo"] = _("At most 3 MB, please.")
    if wrong:
        raise Invalid(_("Something is missing before the search can be opened."), wrong)


def photo_type(photo: bytes) -> str:
    """Return the media type of a photo by its first bytes; empty for anything else."""
    return next((kind for head, kind in PHOTOS.items() if photo.startswith(head)), "")
