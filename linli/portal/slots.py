"""What residents put on the staff's pages: the conversation on a case, what waits on the workbench."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from linli.accounts.actor import actor_of
from linli.cases.lifecycle import RESOLVED
from linli.cases.models import Case
from linli.portal.lifecycle import PUBLISHABLE_KINDS
from linli.portal.policy import may_decide, may_reissue, may_review, may_speak
from linli.portal.queries import desk

WORDS = ("question", "message", "outcome")


def conversation(request: HttpRequest, *, case: Case) -> SafeString:
    """Fill the slot of the case page; nothing for a case no resident follows."""
    actor = actor_of(request)
    talk = desk.talk(case)
    if talk is None:
        return SafeString("")
    word = "outcome" if case.state == RESOLVED else "message"
    context = {
        "case": case,
        "talk": talk,
        "word": word,
        "may_speak": may_speak(actor, case),
        "may_decide": may_decide(actor, case),
        "may_reissue": may_reissue(actor, case),
        "may_review": may_review(actor, case) and case.kind in PUBLISHABLE_KINDS,
    }
    return SafeString(render_to_string("portal/conversation.html", context, request))


def on_workbench(request: HttpRequest) -> SafeString:
    """Fill the slot of the workbench; nothing while nobody waits."""
    actor = actor_of(request)
    if not actor.units:
        return SafeString("")
    found = desk.waiting(actor)
    if not found:
        return SafeString("")
    context = {"waiting": found, "today": timezone.localdate()}
    return SafeString(render_to_string("portal/waiting.html", context, request))
