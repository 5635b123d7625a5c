"""What routing puts on other rooms' pages: the intake form, the case, the workbench, people."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from linli.accounts.actor import actor_of
from linli.areas.models import Area
from linli.cases.models import Case, Event
from linli.routing.policy import may_read, written_by
from linli.routing.queries.sets import gone_on, rule_for
from linli.routing.sentences import sentence


def register(request: HttpRequest) -> SafeString:
    """Return the line of the intake form that says where the matter would go."""
    return render_to_string("routing/register.html", {}, request)


def case(request: HttpRequest, *, case: Case) -> SafeString:
    """Return why the case went where it was sent last; nothing where people alone decided."""
    last = (
        Event.objects.filter(case=case, verb="assign", facts__has_any_keys=["rule", "lowest_post"])
        .select_related("unit")
        .order_by("-id")
        .first()
    )
    if last is None:
        return SafeString("")
    if "lowest_post" in last.facts:
        context = {"post": last.unit, "at": last.at}
        return render_to_string("routing/sent_by.html", context, request)
    rule = rule_for(last.facts["rule"])
    if rule is None:
        return SafeString("")
    context = {
        "rule": rule,
        "number": last.facts.get("rule_number", ""),
        "at": last.at,
        "sentence": sentence(rule),
        "by": rule.written_by.name if rule.written_by else "Linli",
    }
    return render_to_string("routing/sent_by.html", context, request)


def area(request: HttpRequest, *, area: Area) -> SafeString:
    """Return the way from an area's page to its rules."""
    if not may_read(request.actor, area.code):  # type: ignore[attr-defined]
        return SafeString("")
    return render_to_string("routing/area_link.html", {"area": area}, request)


def gone(request: HttpRequest) -> SafeString:
    """Return the rules that lead nowhere, to those who write them; nothing where all lead somewhere."""
    actor = actor_of(request)
    within = written_by(actor)
    rules = gone_on(within, timezone.now()) if within else []
    if not rules:
        return SafeString("")
    lines = [
        (rule.set.area.name, rule.set.area_id, f"{rule.set.number}.{rule.position}", sentence(rule))
        for rule in rules
    ]
    return render_to_string("routing/gone.html", {"rules": lines}, request)
