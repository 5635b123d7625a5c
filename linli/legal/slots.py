"""What the library puts on other rooms' pages."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from linli.cases.models import Case
from linli.legal.policy import may_read


def case(request: HttpRequest, *, case: Case) -> SafeString:
    """Return the card of the case page, which fetches the statutes once the page is there."""
    if not may_read(request.actor):  # type: ignore[attr-defined]
        return SafeString("")
    return render_to_string("legal/case_card.html", {"case": case}, request)
