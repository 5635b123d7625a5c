"""What every view here asks of a request."""

from django.http import Http404, HttpRequest

from linli.accounts.actor import actor_of
from linli.areas.codes import LENGTHS
from linli.areas.models import Area
from linli.areas.policy import may_look

LONGEST = max(LENGTHS)


def area_of(request: HttpRequest, code: str) -> Area:
    """Return an area of the actor's city, also one that was abolished; any other is a 404."""
    found = None
    if may_look(actor_of(request), code):
        found = Area.objects.select_related("successor").defer("boundary").filter(pk=code).first()
    if found is None:
        raise Http404
    return found


def code_in(request: HttpRequest, name: str) -> str:
    """Return the area code given as parameter ``name``; an empty text for anything else."""
    text = request.GET.get(name, "")
    return text if text.isascii() and text.isdigit() and len(text) <= LONGEST else ""


def words_in(request: HttpRequest) -> str:
    """Return what is searched for; the database takes no NUL."""
    return request.GET.get("words", "").replace("\0", " ").strip()[:60]
