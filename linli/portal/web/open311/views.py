"""The six methods of GeoReport v2, and the service discovery."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from linli.accounts.scope import own_transactions
from linli.kernel.errors import NotFound
from linli.portal import guard
from linli.portal.models import Publication, PublicRequest, Question
from linli.portal.plain_words import public_note
from linli.portal.queries import house, public
from linli.portal.queries.receipt import held
from linli.portal.receipts import read_code
from linli.portal.scope import by_nobody, holding
from linli.portal.web.door import LARGEST_BODY
from linli.portal.web.open311.asked import check_jurisdiction, ids_in, page_in, wanted_in
from linli.portal.web.open311.formats import Fault, answer, fault
from linli.portal.web.open311.posting import take

_SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"
_CHANGED = "2026-11-24T00:00:00Z"

type View = Callable[..., HttpResponse]


def resource(*methods: str) -> Callable[[View], View]:
    """Open a resource to every program: no session, no cookie, faults in their standard shape."""

    def decorate(view: View) -> View:
        @wraps(view)
        def run(request: HttpRequest, form: str, **kwargs: Any) -> HttpResponse:
            try:
                _look_at(request, methods)
                return view(request, form, **kwargs)
            except Fault as error:
                response = fault(form, error)
                if error.status == 405:
                    response["Allow"] = ", ".join(methods)
                return response

        return login_not_required(own_transactions(csrf_exempt(run)))

    return decorate


def _look_at(request: HttpRequest, methods: tuple[str, ...]) -> None:
    if request.method not in (*methods, "HEAD"):
        raise Fault(405, _("This method is not possible here."))
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_BODY:
        raise Fault(413, _("That is more than can be sent at once."))
    now = timezone.now()
    with by_nobody():
        within = guard.take(guard.who(request, now), guard.LOOKING, now)
    if not within:
        raise Fault(429, _("Too many requests. Try again in ten minutes."))


@resource("GET")
def discovery(request: HttpRequest, form: str) -> HttpResponse:
    """Say where the service lies and in which formats it answers."""
    root = request.build_absolute_uri(reverse("portal:services", args=[form]))
    with by_nobody():
        city = house.city()
    endpoint = {
        "specification": _SPECIFICATION,
        "url": root.rsplit("/", 1)[0],
        "changeset": _CHANGED,
        "type": "production",
        "formats": ["text/xml", "application/json"],
    }
    body = {
        "changeset": _CHANGED,
        "contact": city.name if city else "",
        "key_service": _("Ask the administrator of the city for a key."),
        "endpoints": [endpoint],
    }
    return answer(form, "discovery", body)


@resource("GET")
def services(request: HttpRequest, form: str) -> HttpResponse:
    """List the kinds of reports that are taken: requests and hazards, never disputes."""
    with by_nobody():
        check_jurisdiction(request.GET)
        asked = public.kinds_with_questions()
        body = [
            {
                "service_code": one.code,
                "service_name": one.name,
                "description": one.name,
                "metadata": one.kind in asked,
                "type": "realtime",
                "keywords": one.kind,
                "group": one.group,
            }
            for one in public.services()
        ]
    return answer(form, "services", body)


@resource("GET")
def definition(request: HttpRequest, form: str, code: str) -> HttpResponse:
    """Say what is asked besides for one service."""
    with by_nobody():
        check_jurisdiction(request.GET)
        service = public.service(code)
        if service is None:
            raise Fault(404, _("service_code was not found."))
        attributes = [_attribute(question) for question in public.questions(service.kind)]
    return answer(form, "service_definition", {"service_code": code, "attributes": attributes})


def _attribute(question: Question) -> dict[str, Any]:
    english = (get_language() or "").startswith("en")
    return {
        "variable": True,
        "code": question.code,
        "datatype": question.datatype,
        "required": question.required,
        "datatype_description": None,
        "order": question.position,
        "description": question.text_en if english else question.text,
        "values": [
            {"key": key, "name": name_en if english else name}
            for key, name, name_en in question.values
        ],
    }


@resource("GET", "POST")
def requests(request: HttpRequest, form: str) -> HttpResponse:
    """List the published requests, or take a new one."""
    now = timezone.now()
    if request.method == "POST":
        return _posted(request, form)
    with by_nobody():
        check_jurisdiction(request.GET)
        if named := request.GET.get("service_request_id", ""):
            # By the specification it wins over all other arguments.
            found = list(public.standing(ids_in(named)))
        else:
            rows = page_in(request.GET)
            found = list(public.requests(wanted_in(request, now))[rows])
        body = [_entry(request, one) for one in found]
    return answer(form, "service_requests", body)


def _posted(request: HttpRequest, form: str) -> HttpResponse:
    receipt = take(request, timezone.now())
    link = request.build_absolute_uri(reverse("portal:receipt", args=[receipt.code]))
    notice = _("Follow it, answer, and rate it here; keep this link to yourself: %(link)s")
    entry = {
        "service_request_id": str(receipt.public_id),
        "service_notice": notice % {"link": link},
        "account_id": None,
    }
    response = answer(form, "service_requests", [entry], 201)
    response["Cache-Control"] = "no-store"
    return response


@resource("GET")
def one_request(request: HttpRequest, form: str, public_id: str) -> HttpResponse:
    """Show one request; before it was reviewed only its state and day."""
    with by_nobody():
        check_jurisdiction(request.GET)
        found = public.standing(ids_in(public_id)).first()
        if found is None:
            raise Fault(404, _("service_request_id was not found."))
        body = [_entry(request, found)]
    return answer(form, "service_requests", body)


@resource("GET")
def token(request: HttpRequest, form: str, code: str) -> HttpResponse:
    """Give the public number behind a receipt's code."""
    with by_nobody():
        check_jurisdiction(request.GET)
        if not guard.take(guard.who(request, timezone.now()), guard.FINDING, timezone.now()):
            raise Fault(429, _("Too many requests. Try again in ten minutes."))
    number = _public_number(code)
    if number is None:
        raise Fault(404, _("token was not found."))
    body = [{"service_request_id": str(number), "token": code}]
    response = answer(form, "service_requests", body)
    response["Cache-Control"] = "no-store"
    return response


def _public_number(code: str) -> UUID | None:
    if read_code(code) is None:
        return None
    try:
        token_hash, standing = held(code)
    except NotFound:
        return None
    with holding(token_hash):
        mine = Publication.objects.filter(report=standing.report_id)
        return mine.values_list("id", flat=True).first()


def _entry(request: HttpRequest, one: PublicRequest) -> dict[str, Any]:
    waits = _("Not reviewed yet: what was written is not public.")
    media = reverse("portal:public_photo", args=[one.id]) if one.has_photo else None
    note = " ".join(filter(None, (public_note(one.state), one.answer)))
    return {
        "service_request_id": str(one.id),
        "status": "open" if one.is_open else "closed",
        "status_notes": note,
        "service_name": public.name_of(one),
        "service_code": one.service_code,
        "description": one.text if one.is_reviewed else waits,
        "agency_responsible": one.agency,
        "service_notice": None,
        "requested_datetime": _w3(one.requested_at),
        "updated_datetime": _w3(one.updated_at),
        "expected_datetime": None,
        "address": one.address,
        "address_id": one.area_code or None,
        "zipcode": None,
        "lat": one.latitude,
        "long": one.longitude,
        "media_url": request.build_absolute_uri(media) if media else None,
    }


def _w3(at: Any) -> str:
    return str(timezone.localtime(at).isoformat(timespec="seconds"))
