"""What reading puts on other rooms' pages: the panel of the intake form, and of a case."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from linli.accounts.actor import actor_of
from linli.cases.lifecycle import OPEN
from linli.cases.models import Case
from linli.cases.policy import RULES
from linli.reading.queries.case_proposal import proposed_for, read_case
from linli.reading.queries.saying import Question, lines_of, questions_of


def register(request: HttpRequest) -> SafeString:
    """Return the place in the intake form where proposals appear while one types."""
    return render_to_string("reading/register.html", {}, request)


def case(request: HttpRequest, *, case: Case) -> SafeString:
    """Return what is proposed, or asked, for a case without a category, to who may classify it."""
    actor = actor_of(request)
    if case.state not in OPEN or case.category_id or not RULES["classify"][0](actor, case):
        return SafeString("")
    parts = proposed_for(case)
    lines = lines_of(parts)
    questions = [] if "category" in parts else _asked_of(case)
    if not lines and not questions:
        return SafeString("")
    context = {"case": case, "lines": lines, "questions": questions}
    return render_to_string("reading/case.html", context, request)


def _asked_of(case: Case) -> list[Question]:
    return [one for one in questions_of(read_case(case)) if one.field == "category"]
