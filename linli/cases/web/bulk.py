"""Assign many cases at once: each is its own move in its own transaction, and each is told about."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from linli.accounts.actor import Actor, actor_of
from linli.accounts.scope import acting, own_transactions
from linli.areas.models import Unit
from linli.cases.actions.assign import assign_case
from linli.cases.models import Case
from linli.cases.policy import DESK
from linli.cases.queries.listing import PAGE
from linli.cases.queries.named import chosen_cases, units_to_assign
from linli.kernel.errors import NotFound, Refused
from linli.kernel.errors import Text as Words
from linli.kernel.ids import read_id

LOWEST = gettext_lazy("As the rules say, else the lowest centre that covers each place")


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one case: the unit it went to, or why not."""

    case: Case
    unit: str
    reason: Words = ""
    hint: Words = ""


class BulkAssignForm(forms.Form):
    """Where the chosen cases go."""

    unit = forms.ChoiceField(label=gettext_lazy("Assign to"), required=False)
    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        max_length=4000,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("The same words go into the timeline of each case."),
    )

    def __init__(self, data: QueryDict | None, units: list[Unit]) -> None:
        super().__init__(data)
        unit: Any = self.fields["unit"]
        unit.choices = [("", LOWEST), *((str(one.id), one.name) for one in units)]


@own_transactions
@require_http_methods(["GET", "POST"])
def assign(request: HttpRequest) -> HttpResponse:
    """Ask where the chosen cases go; then send them, one by one, and say how each fared."""
    actor = actor_of(request)
    if not actor.holds(*DESK):
        refusal: Refused = NotFound(_("Only desks assign cases."))
        return render(request, "refused.html", {"refusal": refusal}, status=403)
    posted = request.method == "POST"
    given = request.POST if posted else request.GET
    with acting(actor):
        cases = chosen_cases(actor, _ids(given.getlist("case")))
        form = BulkAssignForm(request.POST if posted else None, units_to_assign(actor))
    if posted and cases and form.is_valid():
        results = [_send(actor, case, form.cleaned_data) for case in cases]
        context = {"results": results, "sent": sum(1 for one in results if not one.reason)}
        return render(request, "cases/bulk_assigned.html", context)
    status = 422 if posted else 200
    return render(request, "cases/bulk_assign.html", {"form": form, "cases": cases}, status=status)


def _ids(texts: list[str]) -> list[UUID]:
    return [key for key in map(read_id, texts[:PAGE]) if key is not None]


def _send(actor: Actor, case: Case, chosen: dict[str, str]) -> Result:
    unit = UUID(chosen["unit"]) if chosen["unit"] else None
    try:
        with acting(actor):
            moved = assign_case(
                case.id, unit=unit, note=chosen["note"], actor=actor, at=timezone.now()
            )
            return Result(case, moved.holder.name)
    except Refused as refusal:
        return Result(case, "", refusal.reason, refusal.hint)
