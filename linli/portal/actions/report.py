"""Report: a resident's words become a case at the lowest centre of the place, once a form."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor, desk_actor
from linli.accounts.scope import acting
from linli.areas.queries import area as find_area
from linli.areas.queries import lowest_post
from linli.cases.actions.parties import PartyData
from linli.cases.actions.register import Matter, register_case
from linli.cases.choices import Channel, Kind, PartyRole
from linli.kernel.crypto import seal
from linli.kernel.errors import Invalid, Refused
from linli.kernel.ids import new_id
from linli.kernel.once import claim
from linli.portal.actions.publish import ask_to_publish
from linli.portal.actions.tell import REGISTERED, tell
from linli.portal.actions.writing import Photos, write
from linli.portal.lifecycle import PUBLISHABLE_KINDS, REPORT
from linli.portal.models import Publication, Report
from linli.portal.queries.house import city, terms
from linli.portal.receipts import code_for, hash_of
from linli.portal.texts import cleaned, title_of

# Keys of forms are claimed for the door as a whole: nobody is signed in.
DOOR = UUID("6f1f3c52-4f0b-5a35-9b46-6d3b8c5c0f10")
# A dispute is between people; all else residents bring can be one of these.
KINDS = (Kind.REQUEST, Kind.HAZARD, Kind.DISPUTE, Kind.CONSULTATION)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """How to reach a resident; given with consent, or not at all."""

    name: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a resident said. ``area`` is a code; ``latitude``/``longitude`` WGS-84 degrees."""

    text: str
    area: str
    kind: str = Kind.REQUEST
    category: str | None = None
    place: str = ""
    latitude: float | None = None
    longitude: float | None = None
    contact: Contact = field(default_factory=Contact)
    may_publish: bool = False


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the resident takes along; ``public_id`` is the number Open311 knows it by."""

    code: str
    public_id: UUID | None


def report(
    told: Told, *, key: UUID, at: datetime, photos: Photos = (), way: str = "page"
) -> Receipt:
    """Take a resident's report in and return its receipt; the same ``key`` gives the first one.

    Linli sits at the desk of the place's lowest centre, with that desk's scope and rights. Raises
    :class:`Invalid` for what can't be taken.
    """
    text = cleaned(told.text)
    desk = _desk(told)
    code = code_for(key)
    with acting(desk):
        case_id = new_id()
        if claim(DOOR, key.hex, b"report", case_id, at) is None:
            made = Report(
                id=new_id(), case_id=case_id, token_hash=hash_of(code), way=way, made_at=at,
                language=(get_language() or "zh-hans")[:10],
            )  # fmt: skip
            _take_in(made, told, text, code, desk=desk, photos=photos)
        return Receipt(code, _public_id(code))


def _desk(told: Told) -> Actor:
    if not terms().is_open:
        raise Refused(_("Reports are not taken here at present. Please call the centre."))
    if told.kind not in KINDS:
        raise Invalid(_("Please choose what it is."), {"kind": _("Please choose what it is.")})
    where = find_area(told.area)
    home = city()
    if home is None or not where.code.startswith(home.code):
        raise Invalid(
            _("Choose a place of this city."), {"area": _("Choose a place of this city.")}
        )
    post = lowest_post(where.code)
    return desk_actor(post.id, post.area_id)


def _take_in(row: Report, told: Told, text: str, code: str, *, desk: Actor, photos: Photos) -> None:
    at = row.made_at
    matter = Matter(
        kind=told.kind, category=told.category, title=title_of(text), description=text,
        area=told.area, place=told.place, latitude=told.latitude, longitude=told.longitude,
        channel=Channel.ONLINE, parties=_parties(told.contact),
    )  # fmt: skip
    register_case(matter, actor=desk, at=at, case_id=row.case_id)
    reach = {name: getattr(told.contact, name) for name in ("phone", "email")}
    reach = {name: value for name, value in reach.items() if value}
    row.contact = seal(reach, row.id.bytes) if reach else None
    row.consented_at = at if reach or told.contact.name else None
    row.save(force_insert=True)
    write(row, REPORT, text, actor=desk, at=at, photos=photos)
    tell(row, REGISTERED, at=at, key=row.id, path=reverse("portal:receipt", args=[code]))
    if told.may_publish and told.kind in PUBLISHABLE_KINDS:
        ask_to_publish(row, text, told.latitude, told.longitude, at)


def _parties(contact: Contact) -> list[PartyData]:
    if not (contact.name or contact.phone):
        return []
    name = contact.name or _("resident without a name")
    return [PartyData(role=PartyRole.REPORTER, name=name, phone=contact.phone)]


def _public_id(code: str) -> UUID | None:
    mine = Publication.objects.filter(report__token_hash=hash_of(code))
    return mine.values_list("id", flat=True).first()
