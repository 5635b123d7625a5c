"""A report that comes over Open311: who may send it, what it says, where it is."""

from datetime import datetime
from uuid import UUID, uuid4

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from linli.areas.models import Area
from linli.kernel.errors import Invalid, Refused
from linli.portal import guard
from linli.portal.actions.report import Contact, Receipt, Told
from linli.portal.actions.report import report as take_report
from linli.portal.actions.writing import checked_photos
from linli.portal.models import ClientKey, Posting, Question
from linli.portal.queries import house, public
from linli.portal.receipts import hash_of
from linli.portal.scope import by_nobody
from linli.portal.web.door import LARGEST_PHOTO
from linli.portal.web.open311.asked import check_jurisdiction
from linli.portal.web.open311.formats import Fault

BY_KEY = guard.Limit("key", 600)
_LONGEST_TEXT, _LONGEST_PLACE = 4000, 120


def take(request: HttpRequest, now: datetime) -> Receipt:
    """Take a report in and return its receipt; raises :class:`Fault`."""
    given = request.POST
    with by_nobody():
        _permit(request, given, now)
        check_jurisdiction(given)
        told = _told(given)
    try:
        files = request.FILES.getlist("media")
        photos = checked_photos([upload.read(LARGEST_PHOTO + 1) for upload in files])
        receipt = take_report(told, key=uuid4(), at=now, photos=photos, way="open311")
    except Invalid as refusal:
        raise Fault(400, str(refusal.reason)) from refusal
    except Refused as refusal:
        raise Fault(403, str(refusal.reason)) from refusal
    with by_nobody():
        guard.count_for_all(now)
    return receipt


def _permit(request: HttpRequest, given: QueryDict, now: datetime) -> None:
    posting = house.terms().posting
    key = _key(given.get("api_key", ""))
    if posting == Posting.NOBODY:
        raise Fault(403, _("Reports are not taken over Open311 here."))
    if key is None and (given.get("api_key") or posting == Posting.KEYS):
        raise Fault(403, _("api_key is missing or not valid."))
    within = (
        guard.take(key.bytes, BY_KEY, now)
        if key
        else guard.take(guard.who(request, now), guard.UNPROVED_REPORTS, now)
    )
    if not within:
        raise Fault(429, _("Too many reports in a short time. Try again in ten minutes."))


def _key(text: str) -> UUID | None:
    if not text:
        return None
    # Found by its hash: how long it takes tells nothing of the key itself.
    known = ClientKey.objects.filter(key_hash=hash_of(text), revoked_at=None)
    return known.values_list("id", flat=True).first()


def _told(given: QueryDict) -> Told:
    code = given.get("service_code", "")
    if not code:
        raise Fault(400, _("service_code is missing."))
    service = public.service(code)
    if service is None:
        raise Fault(404, _("service_code was not found."))
    text = given.get("description", "").strip()[:_LONGEST_TEXT]
    if not text:
        raise Fault(400, _("description is missing."))
    area, longitude, latitude = _where(given)
    lines = [text, *_answers(given, public.questions(service.kind))]
    if link := given.get("media_url", "").strip()[:300]:
        # Fetching an address somebody sends would let them reach into our network.
        lines.append(_("Photo at: %(address)s") % {"address": link})
    name = " ".join(filter(None, (given.get("first_name"), given.get("last_name"))))
    return Told(
        text="\n".join(lines),
        kind=service.kind,
        category=None if service.code == service.kind else service.code,
        area=area,
        place=given.get("address_string", "").strip()[:_LONGEST_PLACE],
        latitude=latitude,
        longitude=longitude,
        contact=Contact(
            name=name[:60], phone=given.get("phone", "")[:30], email=given.get("email", "")[:254]
        ),
        may_publish=True,
    )


def _where(given: QueryDict) -> tuple[str, float | None, float | None]:
    """Return area, longitude and latitude from a point, an area's code, or an address in words."""
    if given.get("lat") or given.get("long"):
        return _of_point(given.get("lat", ""), given.get("long", ""))
    if code := given.get("address_id", "").strip():
        return code, None, None
    address = given.get("address_string", "")
    if not address:
        raise Fault(400, _("A location is missing: lat and long, address_string or address_id."))
    city = house.city()
    found = _named_in(address, city) if city else None
    if found is None:
        raise Fault(400, _("The address was not found in this city: send lat and long."))
    return found, None, None


def _of_point(lat: str, long: str) -> tuple[str, float, float]:
    try:
        latitude, longitude = float(lat), float(long)
    except ValueError:
        raise Fault(400, _("lat and long must be degrees (WGS-84).")) from None
    found = None
    if -90 <= latitude <= 90 and -180 <= longitude <= 180:
        found = house.area_at(longitude, latitude)
    if found is None:
        raise Fault(400, _("This point does not lie in our city."))
    return found.code, longitude, latitude


def _named_in(address: str, city: Area) -> str | None:
    """Return the lowest area of the city whose name stands in the address."""
    named = Area.objects.filter(code__startswith=city.code, abolished_on=None)
    found = [code for code, name in named.values_list("code", "name") if name in address]
    # A village of another township than the one that is named is not meant.
    lowest = [code for code in found if len(code) <= len(city.code) + 8]
    return max(lowest, key=lambda code: (sum(code.startswith(c) for c in found), len(code)),
               default=None)  # fmt: skip


def _answers(given: QueryDict, questions: list[Question]) -> list[str]:
    lines = []
    for question in questions:
        name = f"attribute[{question.code}]"
        values = [v.strip()[:200] for v in (*given.getlist(name), *given.getlist(name + "[]")) if v]
        if question.required and not values:
            raise Fault(400, _("attribute[%(code)s] is missing.") % {"code": question.code})
        words = {key: chinese for key, chinese, _english in question.values}
        if words and not set(values) <= set(words):
            raise Fault(
                400, _("attribute[%(code)s] has an unknown value.") % {"code": question.code}
            )
        if values:
            lines.append(f"{question.text}：" + "、".join(words.get(v, v) for v in values))
    return lines
