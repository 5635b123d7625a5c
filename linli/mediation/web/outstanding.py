"""The page of money outstanding: the sums of an area on a day, and the agreements behind them."""

from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_GET

from linli.accounts.actor import actor_of
from linli.areas.choosing import below, choices, way_to
from linli.kernel.days import day_field
from linli.kernel.working_days import local_date
from linli.mediation.queries.outstanding import outstanding, with_open_money
from linli.mediation.web.forms import choose


class DayForm(forms.Form):
    """Whose money, and on which day."""

    area = forms.ChoiceField(label=gettext_lazy("Area"), required=False)
    on = day_field(gettext_lazy("On the day"), required=False)

    def __init__(self, data: Any, *, areas: list[tuple[str, str]], today: date) -> None:
        super().__init__(data)
        self.today = today
        choose(self, "area", areas)

    @property
    def day(self) -> date:
        """The day that was chosen, else today."""
        found = self.cleaned_data.get("on") if self.is_valid() else None
        return found or self.today


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show what was owed in ``?area=…`` on ``&on=…``."""
    actor, today = actor_of(request), local_date(timezone.now())
    path = way_to(actor, request.GET.get("area", ""))
    code = path[-1].code
    asked = {"on": today.isoformat(), **request.GET.dict(), "area": code}
    form = DayForm(asked, areas=choices(actor, path, below(code)), today=today)
    day = form.day
    found = outstanding(code, day)
    cursor = request.GET.get("after", "")
    rows, after = with_open_money(actor, code, day, today=today, after=cursor)
    address = reverse("mediation:outstanding")
    kept = {"on": day.isoformat()} if day != today else {}
    context = {
        "area": path[-1],
        "title": _("Money outstanding: %(area)s") % {"area": path[-1].name},
        "trail": [
            (f"{address}?{urlencode({'area': one.code, **kept})}", one.name) for one in path[:-1]
        ],
        "form": form,
        "chips": [(day.isoformat(), f"?{urlencode({'area': code})}")] if kept else [],
        "day": day,
        "sums": [
            (pgettext("money", "Agreed"), found.agreed),
            (pgettext("money", "Paid"), found.paid),
            (pgettext("money", "Open"), found.open),
            (pgettext("money", "Overdue"), found.overdue),
        ],
        "rows": rows,
        "after": after,
        "is_partial": not actor.reaches(code),
    }
    status = 200 if form.is_valid() else 422
    return render(request, "mediation/outstanding.html", context, status=status)
