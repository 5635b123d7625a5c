"""The forms of who mediates: named, asked for a conflict of interest, refused by a party."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linli.kernel.working_days import local_date
from linli.mediation.actions.object import SPEAK
from linli.mediation.queries.agreement import called
from linli.mediation.queries.path import parties
from linli.mediation.queries.proposal import Proposal, proposed
from linli.mediation.queries.seating import members
from linli.mediation.web.forms import NamedField, ReasonForm, StepForm, choose


class SeatForm(StepForm):
    """Who mediates: the committee's people with what speaks for and against each now."""

    user = forms.ChoiceField(
        label=_("Mediator"),
        widget=forms.RadioSelect({"class": "choices-long"}),
        help_text=_(
            "Order: first who is free to take it; among them those whose field it is, then those who "
            "have mediated such a dispute before, then those with fewer in hand. Counts say what was "
            "done, not how good somebody is. The parties may choose any member."
        ),
    )
    chief = forms.BooleanField(label=_("Chief mediator"), required=False, initial=True)
    chosen_by = forms.ChoiceField(
        label=_("Named by"),
        choices=[("committee", _("the committee")), ("parties", _("the parties"))],
        widget=forms.RadioSelect,
        initial="committee",
    )
    no_conflict = forms.TypedChoiceField(
        label=_("Asked for a conflict of interest"),
        choices=[("1", _("asked: there is none")), ("0", _("not asked yet"))],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
        help_text=_("Related to a party, or an interest of their own in the matter."),
    )

    def prepare(self) -> None:
        """Offer the committee's people, the proposed one first and marked."""
        found = proposed(self.mediation, local_date(self.now))
        choose(self, "user", [(str(one.user.id), said(one)) for one in found])
        if found and found[0].is_free:
            self.fields["user"].initial = str(found[0].user.id)

    def arguments(self) -> dict[str, Any]:
        """Name the person by their key."""
        return super().arguments() | {"user": UUID(self.cleaned_data["user"])}


class DeclareForm(StepForm):
    """What a mediator answers when asked for a conflict of interest."""

    user = NamedField(queryset=None, label=_("Who was asked"))
    has_conflict = forms.TypedChoiceField(
        label=_("Conflict of interest"),
        choices=[("0", _("there is none")), ("1", _("there is one"))],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
        help_text=_("Whoever has one does not mediate here, and leaves the seat at once."),
    )
    relation = forms.CharField(
        label=_("Which one"),
        required=False,
        max_length=200,
        help_text=_("Such as: a relative of the applicant. Without names."),
    )

    def prepare(self) -> None:
        """Offer the committee's people, first of all who mediates here."""
        field: NamedField = self.fields["user"]  # type: ignore[assignment]
        field.queryset = members(self.mediation.committee.unit_id, local_date(self.now))
        field.initial = next((seat.user_id for seat in self.mediation.seated), None)

    def arguments(self) -> dict[str, Any]:
        """Name the person by their key."""
        return super().arguments() | {"user": self.cleaned_data["user"].id}


class ObjectForm(ReasonForm):
    """A party does not accept a mediator."""

    participant = forms.ChoiceField(label=_("Who does not accept"), widget=forms.RadioSelect)
    user = forms.ChoiceField(
        label=_("Which mediator"),
        widget=forms.RadioSelect,
        help_text=_("The mediator leaves at once; only the parties can choose them again."),
    )
    field_order = ["version", "participant", "user", "note"]

    def prepare(self) -> None:
        """Offer who may refuse, and who mediates."""
        there = [one for one in parties(self.mediation) if one.part in SPEAK]
        choose(self, "participant", [(str(one.id), called(one)) for one in there])
        seats = self.mediation.seated
        choose(self, "user", [(str(seat.user_id), seat.user.name) for seat in seats])
        self.fields["user"].initial = str(seats[0].user_id) if len(seats) == 1 else None

    def arguments(self) -> dict[str, Any]:
        """Name both by their keys."""
        told = super().arguments()
        return told | {name: UUID(told[name]) for name in ("participant", "user")}


def said(one: Proposal) -> str:
    """Return a member of the committee with what there is to know, in words."""
    words = [gettext("in hand: %(count)s of %(most)s") % {"count": one.in_hand, "most": one.most}]
    if one.knows_type:
        words.append(gettext("has this field"))
    if one.mediated:
        done = gettext("of this type so far: %(count)s, %(agreed)s with an agreement")
        words.append(done % {"count": one.mediated, "agreed": one.agreed})
    if one.languages:
        words.append("、".join(one.languages))
    if one.full_time:
        words.append(gettext("full-time"))
    if one.away_until:
        words.append(gettext("away until %(day)s") % {"day": one.away_until.isoformat()})
    if one.has_conflict:
        words.append(gettext("conflict of interest"))
    if one.is_refused:
        words.append(gettext("refused by a party"))
    return f"{one.user.name} · {' · '.join(words)}"
