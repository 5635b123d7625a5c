"""What the whole world may read: reviewed requests and hazards, and the services there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.translation import get_language

from linli.cases.choices import Kind
from linli.cases.models import Category
from linli.portal.lifecycle import PUBLISHABLE_KINDS
from linli.portal.models import PublicRequest, Question


@dataclass(frozen=True, slots=True)
class Service:
    """A kind of report: a category of requests or hazards, or all others of that kind."""

    code: str
    kind: str
    name: str

    @property
    def group(self) -> str:
        """The kind, in words."""
        return str(Kind(self.kind).label)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which published requests are asked for; empty values ask for all."""

    services: Sequence[str] = ()
    since: datetime | None = None
    until: datetime | None = None
    is_open: bool | None = None
    updated_since: datetime | None = None
    updated_until: datetime | None = None


def services() -> list[Service]:
    """Return the services in the reader's language, those without a category last."""
    english = _english()
    found = [
        Service(c.code, c.kind, (english and c.name_en) or c.name)
        for c in Category.objects.filter(retired=False, kind__in=PUBLISHABLE_KINDS)
    ]
    for kind in PUBLISHABLE_KINDS:
        found.append(Service(kind, kind, str(Kind(kind).label)))
    return found


def service(code: str) -> Service | None:
    """Return a service by its code."""
    return next((one for one in services() if one.code == code), None)


def questions(kind: str) -> list[Question]:
    """Return what is asked besides for services of a kind."""
    return list(Question.objects.filter(kind=kind))


def kinds_with_questions() -> set[str]:
    """Return the kinds for which something is asked besides."""
    return set(Question.objects.values_list("kind", flat=True).distinct())


def standing(ids: Sequence[UUID]) -> QuerySet[PublicRequest]:
    """Return requests by their public numbers; those not reviewed have a state and no words."""
    return PublicRequest.objects.filter(pk__in=ids).order_by("-requested_at", "-id")


def requests(wanted: Wanted) -> QuerySet[PublicRequest]:
    """Return the published requests that are asked for, the latest first."""
    found = PublicRequest.objects.filter(is_reviewed=True).order_by("-requested_at", "-id")
    where = Q()
    if wanted.services:
        where &= Q(service_code__in=wanted.services)
    for name, value in (
        ("requested_at__gte", wanted.since),
        ("requested_at__lte", wanted.until),
        ("updated_at__gte", wanted.updated_since),
        ("updated_at__lte", wanted.updated_until),
        ("is_open", wanted.is_open),
    ):
        if value is not None:
            where &= Q(**{name: value})
    return found.filter(where)


def public_photo(publication_id: UUID) -> bytes | None:
    """Return the photo everybody may see, or None."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT portal_photo_of(%s)", [publication_id])
        (data,) = cursor.fetchone()
    return bytes(data) if data is not None else None


def name_of(request: PublicRequest) -> str:
    """Return the service's name in the reader's language."""
    name = request.service_name_en if _english() else request.service_name
    return name or str(Kind(request.kind).label)


def _english() -> bool:
    return (get_language() or "").startswith("en")
