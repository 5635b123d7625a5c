"""The table of verbs the path's pages can do: verb → its form and its action."""

from collections.abc import Callable
from dataclasses import dataclass

from linli.mediation.actions.accept import accept_mediation
from linli.mediation.actions.apply import apply_for_mediation
from linli.mediation.actions.end import end_mediation
from linli.mediation.actions.extend import extend_mediation
from linli.mediation.actions.fail import fail_mediation
from linli.mediation.actions.offer import offer_mediation
from linli.mediation.actions.receive import receive_mediation
from linli.mediation.actions.refuse import refuse_mediation
from linli.mediation.actions.remediate import remediate_mediation
from linli.mediation.actions.seat import seat_mediator
from linli.mediation.models import Mediation
from linli.mediation.web import forms


@dataclass(frozen=True, slots=True)
class Page:
    """How a verb is done on a page."""

    form: type[forms.StepForm]
    act: Callable[..., Mediation]


# How a mediation of a case begins: verb → its action. Which one, the source says.
BEGINNINGS: dict[str, Callable[..., Mediation]] = {
    "apply": apply_for_mediation,
    "offer": offer_mediation,
    "receive": receive_mediation,
}
# In the order in which the page shows them.
PAGES: dict[str, Page] = {
    "accept": Page(forms.AcceptForm, accept_mediation),
    "seat": Page(forms.SeatForm, seat_mediator),
    "extend": Page(forms.ExtendForm, extend_mediation),
    "remediate": Page(forms.ReasonForm, remediate_mediation),
    "fail": Page(forms.FailForm, fail_mediation),
    "refuse": Page(forms.RoutesForm, refuse_mediation),
    "end": Page(forms.EndForm, end_mediation),
}
