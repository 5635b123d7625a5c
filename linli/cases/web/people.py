"""The people of a unit, as the options of a select: asked for when a form's unit is chosen."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from linli.accounts.actor import actor_of
from linli.accounts.models import User
from linli.areas.models import Unit
from linli.areas.policy import may_look
from linli.cases.queries.case import colleagues
from linli.kernel.ids import read_id
from linli.kernel.working_days import local_date


@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """Give nobody in particular, and who works in ``?unit=`` today."""
    found: list[User] = []
    key = read_id(request.GET.get("unit"))
    unit = Unit.objects.filter(pk=key, closed_on=None).first() if key else None
    if unit is not None and may_look(actor_of(request), unit.area_id):
        found = list(colleagues(unit.id, local_date(timezone.now())))
    return render(request, "cases/people.html", {"people": found})
