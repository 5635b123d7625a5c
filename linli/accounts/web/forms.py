"""Forms about people. What a field may hold is judged by the actions; forms only read types."""

from collections.abc import Sequence
from datetime import date
from typing import Any, cast
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from linli.accounts.actions.create_person import NewPerson
from linli.accounts.actions.grant_role import NewRole
from linli.accounts.actor import Actor
from linli.accounts.models import RoleKind, User
from linli.accounts.people import RoleLine, choices, colleagues, leaves_of
from linli.accounts.places import places
from linli.accounts.tokens import SCOPES
from linli.kernel.days import day_field
from linli.kernel.errors import Invalid, Refused


class ActionForm(forms.Form):
    """A form whose action may refuse: the sentences go beside the fields they are about."""

    def __init__(
        self, data: QueryDict | None = None, *, actor: Actor, user: User | None, day: date
    ) -> None:
        super().__init__(data)
        self.actor, self.day = actor, day
        # Only the form of a new account is without a person, and never asks for one.
        self.user = cast("User", user)
        self.prepare()

    def prepare(self) -> None:
        """Fill in what depends on the person."""

    def refuse(self, refusal: Refused) -> None:
        """Put a refusal into the form."""
        fields = refusal.fields if isinstance(refusal, Invalid) else {}
        for name, text in fields.items():
            self.add_error(name if name in self.fields else None, str(text))
        if not fields:
            hint = f" {refusal.hint}" if refusal.hint else ""
            self.add_error(None, f"{refusal.reason}{hint}")


class RoleFields(ActionForm):
    """What makes a role."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Role"), choices=[("", gettext_lazy("Choose…")), *RoleKind.choices]
    )
    area = forms.CharField(
        label=gettext_lazy("Area"),
        max_length=60,
        help_text=gettext_lazy("The role reaches this area and everything below it."),
    )
    unit = forms.CharField(
        label=gettext_lazy("Works in"), required=False, max_length=80, widget=forms.Select
    )
    starts = day_field(gettext_lazy("From"))
    ends = day_field(
        gettext_lazy("Last day"),
        required=False,
        help_text=gettext_lazy("Empty: until further notice."),
    )

    def prepare(self) -> None:
        """Offer the units of the area that is chosen so far."""
        self.fields["starts"].initial = self.day
        area = str(self.data.get("area", "")).strip()
        units = places().units_of(area) if area else []
        blank = _("The area's own centre or grid post") if units else _("Choose the area first")
        select: Any = self.fields["unit"].widget
        select.choices = [("", blank), *units]

    def role(self) -> NewRole:
        """Return what was typed."""
        data = self.cleaned_data
        return NewRole(data["kind"], data["area"], data["unit"] or "", data["starts"], data["ends"])


class GrantRoleForm(RoleFields):
    """One more role for somebody."""


class CreatePersonForm(RoleFields):
    """A new account with its first role."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=60)
    username = forms.CharField(
        label=gettext_lazy("Sign-in name"),
        max_length=60,
        help_text=gettext_lazy("Letters and digits, such as the name in pinyin; it stays."),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off"}),
    )
    phone = forms.CharField(label=gettext_lazy("Work phone"), max_length=30, required=False)
    email = forms.EmailField(label=gettext_lazy("E-mail"), required=False)
    field_order = ("name", "username", "phone", "email", "kind", "area", "unit", "starts", "ends")

    def person(self) -> NewPerson:
        """Return what was typed."""
        data = self.cleaned_data
        return NewPerson(data["username"], data["name"], data["email"], data["phone"])


class SuccessorForm(ActionForm):
    """Who takes over what a person has in hand."""

    successor = forms.TypedChoiceField(
        label=gettext_lazy("Open cases go to"), required=False, empty_value=None, coerce=UUID
    )

    def offer(self, users: Any) -> None:
        """Offer these colleagues, and the queue."""
        field: Any = self.fields["successor"]
        field.choices = choices(users, _("back to the unit's queue"))


class EndRoleForm(SuccessorForm):
    """When a role ends."""

    last_day = day_field(gettext_lazy("Last day"))
    field_order = ("last_day", "successor")

    def __init__(self, *args: Any, role: RoleLine, **kwargs: Any) -> None:
        self.role = role
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        """Offer the colleagues of the role's unit."""
        self.fields["last_day"].initial = self.day
        if self.role.unit is None:
            del self.fields["successor"]
        else:
            self.offer(colleagues(self.user.pk, self.day, self.role.unit))


class ReasonForm(ActionForm):
    """Why."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=1000
    )


class DeactivateForm(SuccessorForm, ReasonForm):
    """Why somebody leaves and who takes over."""

    field_order = ("reason", "successor")

    def prepare(self) -> None:
        """Offer the colleagues of all the person's units."""
        self.offer(colleagues(self.user.pk, self.day))


class ConfirmForm(ActionForm):
    """Nothing to fill in."""


class LeaveForm(ActionForm):
    """Days away and who stands in."""

    starts = day_field(gettext_lazy("First day"))
    ends = day_field(gettext_lazy("Last day"))
    stand_in = forms.TypedChoiceField(
        label=gettext_lazy("Stand-in"),
        required=False,
        empty_value=None,
        coerce=UUID,
        help_text=gettext_lazy(
            "The stand-in sees your cases on the workbench and may act on them."
        ),
    )

    def prepare(self) -> None:
        """Offer the colleagues of the person's units."""
        field: Any = self.fields["stand_in"]
        field.choices = choices(colleagues(self.user.pk, self.day), _("nobody"))


class TokenForm(ActionForm):
    """A new API token."""

    name = forms.CharField(label=gettext_lazy("What it is for"), max_length=60)
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("It may"),
        choices=list(SCOPES.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    days = forms.IntegerField(
        label=pgettext_lazy("token", "Valid for (days)"), min_value=1, max_value=366, initial=90
    )


class RulesForm(forms.Form):
    """Which roles need a second factor."""

    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("Roles that need a second factor"),
        choices=RoleKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class FilterForm(forms.Form):
    """The filters of the list of people."""

    words = forms.CharField(
        label=gettext_lazy("Name, sign-in name or phone"),
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "data-search": ""}),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Role"),
        required=False,
        choices=[("", gettext_lazy("all")), *RoleKind.choices],
    )
    area = forms.CharField(label=gettext_lazy("Area (code)"), required=False, max_length=15)
    state = forms.ChoiceField(
        label=gettext_lazy("Account"),
        required=False,
        choices=[
            ("active", pgettext_lazy("accounts", "open")),
            ("closed", pgettext_lazy("accounts", "closed")),
            ("all", gettext_lazy("all")),
        ],
    )


def leaves_told(user: User, day: date) -> Sequence[Any]:
    """Return a person's leaves, each with ``is_over``."""
    leaves = list(leaves_of(user.pk, day))
    for leave in leaves:
        leave.is_over = leave.ends < day  # type: ignore[attr-defined]
    return leaves
