"""The forms of what comes after an agreement: the court, following up, concluding, archiving."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.cases.choices import Way
from linli.kernel.days import day_field
from linli.kernel.working_days import local_date
from linli.mediation import lifecycle
from linli.mediation.actions.confirm import Court
from linli.mediation.choices import CourtReason, CourtStep
from linli.mediation.queries.confirmation import OPEN, newest
from linli.mediation.web.forms import ReasonForm, StepForm

_DEGREES = [(5, "5"), (4, "4"), (3, "3"), (2, "2"), (1, "1")]


class CourtForm(StepForm):
    """The joint application, or the court's next step."""

    step = forms.ChoiceField(label=_("What happened"), widget=forms.RadioSelect)
    on = day_field(_("On"))
    court = forms.CharField(label=_("Court"), required=False, max_length=80)
    together = forms.BooleanField(label=_("Both parties apply together"), required=False)
    number = forms.CharField(label=_("Number at the court"), required=False, max_length=60)
    decide_by = day_field(_("The court decides by"), required=False)
    reason = forms.ChoiceField(label=_("The court's reason"), required=False)
    reason_text = forms.CharField(
        label=_("In the court's words"), required=False, max_length=2000,
        widget=forms.Textarea({"rows": 3}),
    )  # fmt: skip

    def prepare(self) -> None:
        """Offer what can happen where the application stands."""
        self.fields["on"].initial = local_date(self.now)
        found = newest(self.mediation)
        state = found.state if found is not None and found.state in OPEN else ""
        steps = lifecycle.CONFIRMATION_MOVES.verbs_in(state) if state else ["ask"]
        field: forms.ChoiceField = self.fields["step"]  # type: ignore[assignment]
        field.choices = [(step, CourtStep(step).label) for step in steps]
        field.initial = steps[0]
        reasons: forms.ChoiceField = self.fields["reason"]  # type: ignore[assignment]
        reasons.choices = [("", "—"), *CourtReason.choices]
        unasked = ("number", "decide_by", "reason", "reason_text") if not state else (
            "court", "together", *(() if state == lifecycle.TAKEN else ("decide_by",)),
        )  # fmt: skip
        for name in unasked:
            del self.fields[name]

    def arguments(self) -> dict[str, Any]:
        """Return the step."""
        return {"told": Court(**super().arguments())}


class FollowUpForm(StepForm):
    """What the parties say when they are asked."""

    way = forms.ChoiceField(label=_("How"), choices=Way, widget=forms.RadioSelect)
    satisfaction = forms.TypedChoiceField(
        label=_("Satisfaction, 5 is best"), choices=_DEGREES, coerce=int, widget=forms.RadioSelect
    )
    recurred = forms.BooleanField(
        label=_("It came back"), required=False,
        help_text=_("Then go on with “mediate again”."),
    )  # fmt: skip
    text = forms.CharField(
        label=_("What was said"), required=False, max_length=4000,
        widget=forms.Textarea({"rows": 4}),
    )  # fmt: skip


class AnswerForm(ReasonForm):
    """What the referring body was told."""

    answered_on = day_field(_("Answered on"))
    field_order = ["version", "answered_on", "note"]

    def prepare(self) -> None:
        """Propose today."""
        self.fields["answered_on"].initial = local_date(self.now)
        self.fields["note"].label = _("What it was told")


class PlainForm(StepForm):
    """A verb that asks for nothing."""
