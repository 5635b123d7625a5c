"""What mediation puts on other rooms' pages, and into the calendar people subscribe to."""

from collections.abc import Iterator
from datetime import datetime

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor, actor_of
from linli.areas.codes import Level
from linli.areas.models import Area
from linli.cases import lifecycle as of_case
from linli.cases.choices import Kind
from linli.cases.models import Case
from linli.exchange.calendar import Entry
from linli.mediation import lifecycle
from linli.mediation.policy import may_begin, may_keep
from linli.mediation.queries.committees import known_to
from linli.mediation.queries.path import newest_of
from linli.mediation.queries.week import own_sessions


def case(request: HttpRequest, *, case: Case) -> SafeString:
    """Return the newest mediation of a dispute, and the way to begin one where none is open."""
    if case.kind != Kind.DISPUTE:
        return SafeString("")
    mediation = newest_of(case)
    running = mediation is not None and mediation.state in lifecycle.OPEN
    may = not running and case.state in of_case.OPEN and may_begin(actor_of(request), case)
    if mediation is None and not may:
        return SafeString("")
    context = {"case": case, "mediation": mediation, "may_begin": may}
    return render_to_string("mediation/case_card.html", context, request)


def area(request: HttpRequest, *, area: Area) -> SafeString:
    """Return the mediation committees of an area, and to who keeps it the way to set one up."""
    actor = actor_of(request)
    keeps = may_keep(actor, area.code) and area.level not in (Level.GRID, Level.PROVINCE)
    there = known_to(actor).filter(unit__area=area).order_by("name")
    rows = [] if area.abolished_on else list(there.values_list("id", "name"))
    if area.abolished_on or not (rows or keeps):
        return SafeString("")
    context = {"area": area, "committees": rows, "keeps": keeps}
    return render_to_string("mediation/area_card.html", context, request)


def calendar(actor: Actor, at: datetime) -> Iterator[Entry]:
    """Yield the sessions a person holds. A place in words may be somebody's home: only rooms."""
    for one in own_sessions(actor, at):
        begins, ends = one.times
        room = one.room.name if one.room else ""
        summary = _("%(number)s Mediation session") % {"number": one.mediation.case.number}
        yield Entry(str(one.id), begins, ends, summary, room)
