"""What a client asks for, read from its parameters; anything wrong is a :class:`Fault`."""

from datetime import datetime, time, timedelta
from uuid import UUID

from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from linli.portal.queries import house
from linli.portal.queries.public import Wanted
from linli.portal.web.open311.formats import Fault

LONGEST_SPAN = timedelta(days=90)
LARGEST_PAGE = 500
_STATUS = {"open": True, "closed": False}


def check_jurisdiction(given: QueryDict) -> None:
    """Accept the code of our city, or none; any other is not found."""
    asked = given.get("jurisdiction_id", "")
    city = house.city()
    if asked and (city is None or asked != city.code):
        raise Fault(404, _("jurisdiction_id was not found: this is %(code)s.")
                    % {"code": city.code if city else ""})  # fmt: skip


def ids_in(text: str) -> list[UUID]:
    """Return the public numbers in a list with commas; what can't be one is left out."""
    found = []
    for part in text.split(",")[:LARGEST_PAGE]:
        try:
            found.append(UUID(part.strip()))
        except ValueError:
            continue
    return found


def wanted_in(request: HttpRequest, now: datetime) -> Wanted:
    """Return the filters of a list: by default the last 90 days."""
    given = request.GET
    since, until = _moment(given, "start_date"), _moment(given, "end_date", ends=True)
    if since and until and until - since > LONGEST_SPAN + timedelta(days=1):
        raise Fault(400, _("start_date and end_date may not span more than 90 days."))
    if since is None:
        since = (until or now) - LONGEST_SPAN
    until = until or since + LONGEST_SPAN
    return Wanted(
        services=[code for code in given.get("service_code", "").split(",") if code],
        since=since,
        until=until,
        is_open=_is_open(given.get("status", "")),
        updated_since=_moment(given, "updated_after"),
        updated_until=_moment(given, "updated_before"),
    )


def page_in(given: QueryDict) -> slice:
    """Return the rows of a page: ``page`` from 1, ``page_size`` up to 500."""
    size = _number(given, "page_size", LARGEST_PAGE, LARGEST_PAGE)
    page = _number(given, "page", 1, 1_000_000)
    return slice((page - 1) * size, page * size)


def _number(given: QueryDict, name: str, default: int, most: int) -> int:
    text = given.get(name, "")
    if not text:
        return default
    if not (text.isascii() and text.isdigit()) or int(text) < 1:
        raise Fault(400, _("%(name)s must be a number from 1.") % {"name": name})
    return min(int(text), most)


def _is_open(text: str) -> bool | None:
    asked = {part.strip().lower() for part in text.split(",") if part.strip()}
    if not asked <= set(_STATUS):
        raise Fault(400, _("status must be open or closed."))
    return _STATUS[asked.pop()] if len(asked) == 1 else None


def _moment(given: QueryDict, name: str, *, ends: bool = False) -> datetime | None:
    # A plus sign that a client did not encode arrives as a blank.
    text = given.get(name, "").strip().replace(" ", "+")
    if not text:
        return None
    try:
        found = parse_datetime(text)
        if found is None and (day := parse_date(text)):
            found = datetime.combine(day, time.max if ends else time.min)
    except ValueError:
        found = None
    if found is None:
        message = _("%(name)s must be a moment such as 2026-11-24T08:00:00+08:00.")
        raise Fault(400, message % {"name": name})
    return found if timezone.is_aware(found) else timezone.make_aware(found)
