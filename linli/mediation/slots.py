"""What mediation puts on other rooms' pages: its card on the page of a case."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from linli.accounts.actor import actor_of
from linli.cases import lifecycle as of_case
from linli.cases.choices import Kind
from linli.cases.models import Case
from linli.mediation import lifecycle
from linli.mediation.policy import may_begin
from linli.mediation.queries.path import newest_of


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
