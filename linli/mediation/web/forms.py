"""The forms of the path: what each verb asks."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from linli.accounts.actor import Actor
from linli.accounts.models import User
from linli.cases.choices import Destination
from linli.cases.models import Case
from linli.kernel.days import day_field
from linli.kernel.errors import Text
from linli.kernel.working_days import local_date
from linli.mediation import lifecycle
from linli.mediation.actions.opening import Opening
from linli.mediation.choices import REFERRERS, EndReason, Source
from linli.mediation.models import Committee, Mediation
from linli.mediation.queries.proposal import committees_for, first_choice

if TYPE_CHECKING:
    Named = forms.ModelChoiceField[User | Committee]
else:
    Named = forms.ModelChoiceField


class NamedField(Named):
    """A choice of rows that are called by their name."""

    def label_from_instance(self, obj: User | Committee) -> str:
        """Return the name."""
        return obj.name


class StepForm(forms.Form):
    """One verb's form. Its fields, but for ``version``, are the action's arguments."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        data: QueryDict | None,
        *,
        verb: str,
        mediation: Mediation,
        actor: Actor,
        now: datetime,
    ) -> None:
        super().__init__(data, initial={"version": mediation.version})
        self.verb, self.mediation, self.actor, self.now = verb, mediation, actor, now
        self.prepare()

    def prepare(self) -> None:
        """Fill in what depends on the mediation."""

    def arguments(self) -> dict[str, Any]:
        """Return the action's own arguments."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}

    @property
    def is_destructive(self) -> bool:
        """Say whether the move is asked about before it is made."""
        return lifecycle.MOVES[self.verb].destructive


def choose(form: forms.Form, name: str, choices: Sequence[tuple[str, Text]]) -> None:
    """Fill the choices of a field."""
    field: forms.ChoiceField = form.fields[name]  # type: ignore[assignment]
    field.choices = list(choices)


class ReasonForm(StepForm):
    """A verb that wants words."""

    note = forms.CharField(label=_("Reason"), max_length=4000, widget=forms.Textarea({"rows": 4}))


class AcceptForm(StepForm):
    """Accept, on a day."""

    accepted_on = day_field(_("Accepted on"))
    no_conflict = forms.BooleanField(
        label=_("I have no conflict of interest"),
        help_text=_(
            "Not related to a party, no interest of your own in the matter. Otherwise name somebody "
            "else first. Nobody is named yet: whoever accepts mediates."
        ),
    )

    def prepare(self) -> None:
        """Propose today; who accepts is asked only where they become the mediator by it."""
        self.fields["accepted_on"].initial = local_date(self.now)
        if self.mediation.seated:
            del self.fields["no_conflict"]


class ExtendForm(StepForm):
    """More time, agreed by both."""

    days = forms.IntegerField(label=_("Days more, agreed by both sides"), min_value=1, max_value=30)


class RoutesForm(ReasonForm):
    """No acceptance: the other routes are told."""

    routes = forms.MultipleChoiceField(
        label=_("Other routes that were told"),
        choices=Destination,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The parties have a right to hear them (People's Mediation Act, art. 26)."),
    )


class FailForm(RoutesForm):
    """No agreement: the other routes are told, and the case can be sent there at once."""

    refer_to = forms.ChoiceField(
        label=_("Refer the case there now"),
        choices=[("", _("no, it stays here")), *Destination.choices],
        required=False,
    )


class EndForm(ReasonForm):
    """It ends without agreement or failure."""

    reason = forms.ChoiceField(label=_("Because"), choices=EndReason, widget=forms.RadioSelect)
    field_order = ["version", "reason", "note"]


class ConsentForm(forms.Form):
    """A party agreed, and was told its rights and duties."""

    consented_on = day_field(_("Agreed to mediation on"))
    notified_on = day_field(_("Told rights and duties on"), required=False)


class BeginForm(forms.Form):
    """How a mediation of a case begins."""

    source = forms.ChoiceField(label=_("Source"), choices=Source, initial=Source.APPLICATION)
    committee = NamedField(
        queryset=None,
        label=_("Mediation committee"),
        help_text=_(
            "First those that were set up for this type of dispute, then the others, the nearest "
            "first. The parties may choose any."
        ),
    )
    brief = forms.CharField(
        label=_("The dispute in brief"),
        required=False,
        max_length=4000,
        widget=forms.Textarea({"rows": 4}),
    )
    request = forms.CharField(
        label=_("What is asked"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
    )
    claimed = forms.DecimalField(
        label=_("Amount claimed (yuan)"),
        required=False,
        min_value=0,
        max_digits=14,
        decimal_places=2,
    )
    claim_due_on = day_field(
        _("The claim was due on"), required=False,
        help_text=_("Such as when a loan should have been paid back: the limitation period is shown."),
    )  # fmt: skip
    applied_orally = forms.BooleanField(label=_("Applied in words only"), required=False)
    willing = forms.MultipleChoiceField(
        label=_("Who has agreed to mediation today"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    referrer = forms.CharField(label=_("Referred by"), required=False, max_length=80)
    referrer_number = forms.CharField(
        label=_("Number at the referring body"), required=False, max_length=60
    )
    referred_on = day_field(_("Referred on"), required=False)
    answer_due_on = day_field(_("Answer due"), required=False)

    def __init__(
        self, data: QueryDict | None, *, case: Case, people: list[tuple[str, str]], now: datetime
    ) -> None:
        super().__init__(data)
        self.case, self.now = case, now
        committees = committees_for(case)
        field: NamedField = self.fields["committee"]  # type: ignore[assignment]
        field.queryset = committees
        field.initial = first_choice(case, list(committees))
        self.fields["brief"].initial = case.description
        willing: forms.MultipleChoiceField = self.fields["willing"]  # type: ignore[assignment]
        willing.choices = people

    @property
    def is_referred(self) -> bool:
        """Say whether what was sent, or what is wrong with it, is of a referral."""
        fields = ("referrer", "referrer_number", "referred_on", "answer_due_on")
        return any(self[name].value() or self[name].errors for name in fields)

    @property
    def verb(self) -> str:
        """Return which beginning the source means."""
        source = self.cleaned_data["source"]
        if source in REFERRERS:
            return "receive"
        return "offer" if source == Source.OWN else "apply"

    def opening(self) -> Opening:
        """Return what was told."""
        told = dict(self.cleaned_data)
        today = local_date(self.now)
        agreed = [(UUID(party), today) for party in told.pop("willing")]
        told["committee"] = told["committee"].id
        return Opening(**told, consents=agreed)
