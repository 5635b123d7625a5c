"""What dispatch puts on other rooms' pages."""

from uuid import UUID

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from linli.accounts.actor import actor_of
from linli.alarms import lifecycle as of_alarm
from linli.alarms.models import Alarm
from linli.cases.choices import Kind
from linli.cases.models import Case
from linli.dispatch.actions.open_for_alarm import kind_for
from linli.dispatch.models import Incident
from linli.dispatch.policy import dispatches, may_dispatch
from linli.dispatch.queries.phone import own_units
from linli.dispatch.queries.settings import kinds_on_offer
from linli.dispatch.web.phone import phone_context


def alarm(request: HttpRequest, *, alarm: Alarm) -> SafeString:
    """Return the press that answers an alarm and opens its incident, or the way to the incident."""
    if not may_dispatch(actor_of(request), alarm.area_id):
        return SafeString("")
    incident = Incident.objects.filter(alarm=alarm.id).select_related("kind").first()
    if incident is None and (alarm.state not in of_alarm.OPEN or alarm.is_test):
        return SafeString("")
    context = {
        "alarm": alarm,
        "incident": incident,
        "kinds": [] if incident else kinds_on_offer(),
        "chosen": kind_for(alarm),
    }
    return render_to_string("dispatch/alarm_card.html", context, request)


def own_unit(request: HttpRequest, *, team: UUID) -> SafeString:
    """Return what a team of the actor's is out to as a unit, as its phone shows it."""
    actor = actor_of(request)
    unit = next((one for one in own_units(actor) if one.team_id == team), None)
    if unit is None:
        return SafeString("")
    return render_to_string("dispatch/own_unit.html", phone_context(actor, unit), request)


def case(request: HttpRequest, *, case: Case) -> SafeString:
    """Return the way from a case to its incident."""
    if case.kind != Kind.INCIDENT or not dispatches(actor_of(request)):
        return SafeString("")
    incident = Incident.objects.filter(case=case.id).select_related("kind").first()
    if incident is None:
        return SafeString("")
    return render_to_string("dispatch/case_card.html", {"incident": incident}, request)
