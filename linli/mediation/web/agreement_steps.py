"""The forms of signing, taking effect, and performance."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.kernel.days import day_field
from linli.kernel.working_days import local_date
from linli.mediation.choices import AgreementState, BreachStep, SignatureManner
from linli.mediation.models import Agreement, Mediation, Obligation, Payment
from linli.mediation.queries.agreement import called
from linli.mediation.queries.file import files_of
from linli.mediation.queries.performance import open_of, outstanding_of
from linli.mediation.queries.signers import signers_of
from linli.mediation.web.forms import ReasonForm, StepForm, choose


def _in_hand(mediation: Mediation) -> Agreement | None:
    return Agreement.objects.filter(mediation=mediation, state=AgreementState.DRAFT).first()


class SignForm(StepForm):
    """Who has signed, how, and when."""

    signer = forms.ChoiceField(label=_("Who has signed"), widget=forms.RadioSelect)
    through = forms.ChoiceField(
        label=_("Signed for them by"),
        required=False,
        help_text=_("Only where an agent with a special mandate, or a guardian, has signed."),
    )
    manner = forms.ChoiceField(
        label=pgettext_lazy("signature", "How"), choices=SignatureManner, initial=SignatureManner.SIGNATURE,
        widget=forms.RadioSelect,
    )  # fmt: skip
    signed_on = day_field(_("Signed on"))

    def prepare(self) -> None:
        """Offer whoever has not signed yet, and the mediators."""
        self.fields["signed_on"].initial = local_date(self.now)
        agreement = _in_hand(self.mediation)
        if agreement is None:
            return
        signed = agreement.signatures.values_list("participant", "user")
        done = {key for pair in signed for key in pair if key}
        waiting = [one for one in signers_of(agreement) if one.participant.id not in done]
        seats = [seat for seat in self.mediation.seated if seat.user_id not in done]
        mediators = [
            (str(s.user_id), _("Mediator %(name)s") % {"name": s.user.name}) for s in seats
        ]
        parties = [(str(one.participant.id), called(one.participant)) for one in waiting]
        choose(self, "signer", [*parties, *mediators])
        others = {other.id: called(other) for one in waiting for other in one.through}
        if others:
            choose(self, "through", [("", "—"), *((str(k), v) for k, v in others.items())])
        else:
            del self.fields["through"]

    def arguments(self) -> dict[str, Any]:
        """Name the agent by their key."""
        told = super().arguments()
        through = told.pop("through", "")
        return told | {"through": UUID(through) if through else None}


class EffectForm(StepForm):
    """The seal, and the outcome of the case."""

    sealed_on = day_field(_("Seal set on"))
    outcome = forms.CharField(
        label=_("Outcome in a few words, without names"),
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("It becomes the outcome of the case."),
    )

    def prepare(self) -> None:
        """Propose today; an amendment changes nothing about the outcome."""
        self.fields["sealed_on"].initial = local_date(self.now)
        if self.mediation.state != "agreed":
            del self.fields["outcome"]


class PayForm(StepForm):
    """What was paid or done."""

    obligation = forms.ChoiceField(label=_("What was performed"), widget=forms.RadioSelect)
    amount = forms.DecimalField(
        label=_("Amount (yuan)"), required=False, min_value=0, max_digits=14, decimal_places=2,
        help_text=_("Leave it empty when all that is open was paid, or for an act."),
    )  # fmt: skip
    paid_on = day_field(_("On"))
    receipt = forms.ChoiceField(
        label=pgettext_lazy("payment", "Receipt"), required=False,
        help_text=_("A scan among the case's files; it goes into the mediation's file."),
    )  # fmt: skip

    def prepare(self) -> None:
        """Offer what is open."""
        self.fields["paid_on"].initial = local_date(self.now)
        choices = open_choices(self.mediation)
        choose(self, "obligation", choices)
        if choices:
            self.fields["obligation"].initial = choices[0][0]
        scans = [(str(one.id), one.name) for one in files_of(self.mediation)]
        choose(self, "receipt", [("", "—"), *scans])
        if not scans:
            del self.fields["receipt"]

    def arguments(self) -> dict[str, Any]:
        """Name obligation and receipt by their keys."""
        told = super().arguments()
        receipt = told.pop("receipt", "")
        return told | {
            "obligation": UUID(told["obligation"]),
            "receipt": UUID(receipt) if receipt else None,
        }


class RemindForm(StepForm):
    """Whom to remind of what, and whether Linli sends a short message."""

    obligation = forms.ChoiceField(label=_("What is due"), widget=forms.RadioSelect)
    by_message = forms.BooleanField(
        label=_("Send a short message now"), required=False,
        help_text=_("It goes to the telephone the debtor left, without names and amounts."),
    )  # fmt: skip

    def prepare(self) -> None:
        """Offer what is open."""
        choices = open_choices(self.mediation)
        choose(self, "obligation", choices)
        if choices:
            self.fields["obligation"].initial = choices[0][0]

    def arguments(self) -> dict[str, Any]:
        """Name the obligation by its key."""
        return super().arguments() | {"obligation": UUID(self.cleaned_data["obligation"])}


class PerformForm(StepForm):
    """All is done."""

    performed_on = day_field(_("Performed in full on"))

    def prepare(self) -> None:
        """Propose today."""
        self.fields["performed_on"].initial = local_date(self.now)


class BreachForm(ReasonForm):
    """What was not performed, and what is done now."""

    obligation = forms.ChoiceField(label=_("What was not performed"), widget=forms.RadioSelect)
    breach_step = forms.ChoiceField(
        label=_("What is done now"), choices=BreachStep, widget=forms.RadioSelect
    )
    field_order = ["version", "obligation", "breach_step", "note"]

    def prepare(self) -> None:
        """Offer what is overdue."""
        today = local_date(self.now)
        choose(self, "obligation", open_choices(self.mediation, before=today))

    def arguments(self) -> dict[str, Any]:
        """Name the obligation by its key."""
        return super().arguments() | {"obligation": UUID(self.cleaned_data["obligation"])}


class ReverseForm(ReasonForm):
    """Which payment was written down by mistake."""

    payment = forms.ChoiceField(label=_("Which one"), widget=forms.RadioSelect)
    field_order = ["version", "payment", "note"]

    def prepare(self) -> None:
        """Offer the payments that stand."""
        stand = Payment.objects.filter(
            mediation=self.mediation, reverses=None, reversed_by=None, obligation__ended_on=None
        ).select_related("obligation")
        choose(
            self,
            "payment",
            [
                (str(one.id), f"{one.paid_on.isoformat()} {_what(one.obligation, one.amount)}")
                for one in stand.order_by("-paid_on", "-id")
            ],
        )

    def arguments(self) -> dict[str, Any]:
        """Name the payment by its key."""
        return super().arguments() | {"payment": UUID(self.cleaned_data["payment"])}


def open_choices(mediation: Mediation, before: Any = None) -> list[tuple[str, str]]:
    """Return what is open as (key, day and amount or words)."""
    found = open_of(mediation)
    if before is not None:
        found = found.filter(due_on__lt=before)
    return [
        (
            str(one.id),
            f"{one.due_on.isoformat()} {_what(one, outstanding_of(one) if one.amount else None)}",
        )
        for one in found
    ]


def _what(obligation: Obligation, amount: Any) -> str:
    return f"¥{amount:,.2f} {obligation.text}".strip() if amount is not None else obligation.text
