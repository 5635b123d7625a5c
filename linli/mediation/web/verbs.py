"""The table of verbs the path's pages can do: verb → its form and its action."""

from collections.abc import Callable
from dataclasses import dataclass

from linli.mediation.actions.accept import accept_mediation
from linli.mediation.actions.alarm import alarm_mediation
from linli.mediation.actions.answer import answer_mediation
from linli.mediation.actions.apply import apply_for_mediation
from linli.mediation.actions.archive import archive_mediation
from linli.mediation.actions.breach import breach_mediation
from linli.mediation.actions.conclude import conclude_mediation
from linli.mediation.actions.confirm import confirm_mediation
from linli.mediation.actions.declare import declare_mediation
from linli.mediation.actions.end import end_mediation
from linli.mediation.actions.extend import extend_mediation
from linli.mediation.actions.fail import fail_mediation
from linli.mediation.actions.follow_up import follow_up_mediation
from linli.mediation.actions.hold import hold_session
from linli.mediation.actions.mend import mend_mediation
from linli.mediation.actions.object import object_mediation
from linli.mediation.actions.offer import offer_mediation
from linli.mediation.actions.pay import pay_mediation
from linli.mediation.actions.perform import perform_mediation
from linli.mediation.actions.plan import plan_session
from linli.mediation.actions.receive import receive_mediation
from linli.mediation.actions.redraft import redraft_mediation
from linli.mediation.actions.refuse import refuse_mediation
from linli.mediation.actions.remediate import remediate_mediation
from linli.mediation.actions.remind import remind_mediation
from linli.mediation.actions.reverse import reverse_mediation
from linli.mediation.actions.seat import seat_mediator
from linli.mediation.actions.sign import sign_mediation
from linli.mediation.actions.take_effect import take_effect_mediation
from linli.mediation.models import Mediation
from linli.mediation.web import (
    after_forms,
    agreement_steps,
    file_forms,
    forms,
    seat_forms,
    session_forms,
)


@dataclass(frozen=True, slots=True)
class Page:
    """How a verb is done on a page."""

    form: type[forms.StepForm]
    act: Callable[..., object]


# How a mediation of a case begins: verb → its action. Which one, the source says.
BEGINNINGS: dict[str, Callable[..., Mediation]] = {
    "apply": apply_for_mediation,
    "offer": offer_mediation,
    "receive": receive_mediation,
}
# Verbs with a page of their own, which the buttons lead to as well.
OWN_PAGES = ("agree", "amend")
# In the order in which the page shows them.
PAGES: dict[str, Page] = {
    "accept": Page(forms.AcceptForm, accept_mediation),
    "seat": Page(seat_forms.SeatForm, seat_mediator),
    "declare": Page(seat_forms.DeclareForm, declare_mediation),
    "object": Page(seat_forms.ObjectForm, object_mediation),
    "extend": Page(forms.ExtendForm, extend_mediation),
    "plan": Page(session_forms.PlanForm, plan_session),
    "hold": Page(session_forms.HoldForm, hold_session),
    "alarm": Page(forms.ReasonForm, alarm_mediation),
    "sign": Page(agreement_steps.SignForm, sign_mediation),
    "take_effect": Page(agreement_steps.EffectForm, take_effect_mediation),
    "redraft": Page(forms.ReasonForm, redraft_mediation),
    "pay": Page(agreement_steps.PayForm, pay_mediation),
    "remind": Page(agreement_steps.RemindForm, remind_mediation),
    "perform": Page(agreement_steps.PerformForm, perform_mediation),
    "breach": Page(agreement_steps.BreachForm, breach_mediation),
    "mend": Page(forms.ReasonForm, mend_mediation),
    "reverse": Page(agreement_steps.ReverseForm, reverse_mediation),
    "confirm": Page(after_forms.CourtForm, confirm_mediation),
    "follow_up": Page(after_forms.FollowUpForm, follow_up_mediation),
    "conclude": Page(after_forms.PlainForm, conclude_mediation),
    "answer": Page(after_forms.AnswerForm, answer_mediation),
    "archive": Page(file_forms.ArchiveForm, archive_mediation),
    "remediate": Page(forms.ReasonForm, remediate_mediation),
    "fail": Page(forms.FailForm, fail_mediation),
    "refuse": Page(forms.RoutesForm, refuse_mediation),
    "end": Page(forms.EndForm, end_mediation),
}
# What the page offers, in its order.
BUTTONS = (*OWN_PAGES, *PAGES)
