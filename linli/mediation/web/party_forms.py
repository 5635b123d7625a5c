"""The forms with which somebody takes part or leaves: one for each part, with its own questions."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.cases.actions.parties import PartyData
from linli.cases.files import ACCEPTED, LARGEST
from linli.kernel.days import day_field
from linli.kernel.working_days import local_date
from linli.mediation.actions.join import SIDED, Joining
from linli.mediation.actions.mandating import ACTING, Paper
from linli.mediation.choices import MandateKind, Part, Side
from linli.mediation.models import Mediation
from linli.mediation.queries.agreement import called
from linli.mediation.queries.path import masked_name, parties
from linli.mediation.queries.people import parties_of_case
from linli.mediation.web.forms import choose

_ADDED = pgettext_lazy("party", "somebody new: fill in below")
_PERSON = (
    "name", "is_organisation", "identity_number", "phone", "address", "sex", "age", "ethnicity",
    "occupation",
)  # fmt: skip
# What the application asks of a party and of nobody else.
_OF_PARTIES = ("sex", "age", "ethnicity", "occupation")


def _personal(**attrs: Any) -> forms.TextInput:
    return forms.TextInput({"data-personal": "", "autocomplete": "off", **attrs})


def _upload() -> forms.FileInput:
    return forms.FileInput(
        {
            "accept": ACCEPTED,
            "data-island": "upload",
            "data-max-bytes": LARGEST,
            "data-types": ACCEPTED,
        }
    )


def read_scan(upload: Any) -> tuple[str, bytes]:
    """Return a file's name and bytes; one byte more than allowed tells that it is too large."""
    return upload.name or "", upload.read(LARGEST + 1)


class PersonForm(forms.Form):
    """Whom it is about: a party of the case, or somebody new."""

    party = forms.ChoiceField(label=pgettext_lazy("party", "Who"), required=False)
    name = forms.CharField(label=_("Name"), max_length=60, required=False, widget=_personal())
    is_organisation = forms.BooleanField(label=_("An organisation"), required=False)
    identity_number = forms.CharField(
        label=_("Identity number or credit code"),
        max_length=20,
        required=False,
        widget=_personal(spellcheck="false"),
        help_text=_("It is checked, kept encrypted, and shown masked."),
    )
    phone = forms.RegexField(
        r"^[0-9+() -]{3,30}$",
        label=_("Phone"),
        required=False,
        widget=_personal(inputmode="tel"),
        error_messages={"invalid": _("Write digits only, such as 0935 8210000.")},
    )
    address = forms.CharField(
        label=_("Address"), max_length=120, required=False, widget=_personal()
    )
    sex = forms.ChoiceField(
        label=_("Sex"),
        choices=[("", _("not said")), ("female", _("female")), ("male", _("male"))],
        required=False,
        widget=forms.Select({"data-personal": ""}),
    )
    age = forms.IntegerField(
        label=_("Age"),
        min_value=0,
        max_value=130,
        required=False,
        widget=forms.NumberInput({"data-personal": "", "autocomplete": "off"}),
    )
    ethnicity = forms.CharField(
        label=_("Ethnicity"), max_length=20, required=False, widget=_personal()
    )
    occupation = forms.CharField(
        label=_("Occupation"), max_length=40, required=False, widget=_personal()
    )

    def person(self) -> PartyData:
        """Return what was typed; the action gives it the role that fits its part."""
        told = {name: self.cleaned_data[name] for name in _PERSON if name in self.cleaned_data}
        return PartyData(role="third", **told)


class JoinForm(PersonForm):
    """Somebody takes part as ``part``: the form asks what that part needs and no more."""

    side = forms.ChoiceField(label=_("Side"), choices=Side, widget=forms.RadioSelect)
    minor = forms.BooleanField(
        label=_("Minor, or not of full capacity"),
        required=False,
        help_text=_("Then a guardian has to take part before the party can agree or sign."),
    )
    stands_for = forms.IntegerField(
        label=_("Speaks for how many persons"),
        min_value=2,
        help_text=_("The representative included."),
    )
    principal = forms.ChoiceField(label=_("Acts for"), widget=forms.RadioSelect)
    kind = forms.ChoiceField(
        label=_("Mandate"),
        choices=[
            (MandateKind.GENERAL, _("general: to speak and to receive papers")),
            (MandateKind.SPECIAL, _("special: also to concede, to waive and to settle")),
        ],
        widget=forms.RadioSelect({"class": "choices-long"}),
    )
    powers = forms.CharField(
        label=_("Powers"),
        required=False,
        max_length=300,
        help_text=_("As the mandate names them; needed for a special one."),
    )
    given_on = day_field(_("Given on"))
    scan = forms.FileField(
        label=_("Scan of the paper"),
        required=False,
        widget=_upload(),
        help_text=_("The mandate, or what proves the guardianship: a photo, a scan or a PDF."),
    )
    field_order = (
        "side", "principal", "party", *_PERSON[:5], "sex", "age", "ethnicity", "occupation", "minor",
        "stands_for", "kind", "powers", "given_on", "scan",
    )  # fmt: skip

    def __init__(
        self,
        data: QueryDict | None,
        files: MultiValueDict[str, Any] | None,
        *,
        mediation: Mediation,
        part: str,
        now: datetime,
    ) -> None:
        super().__init__(data, files)
        self.part = part
        for name in self._needless():
            del self.fields[name]
        known = [(str(one.id), masked_name(one)) for one in parties_of_case(mediation)]
        choose(self, "party", [("", str(_ADDED)), *known])
        if part in ACTING:
            there = [one for one in parties(mediation) if one.part in SIDED]
            choose(self, "principal", [(str(one.id), called(one)) for one in there])
            self.fields["given_on"].initial = local_date(now)

    def _needless(self) -> list[str]:
        needless: list[str] = []
        if self.part != Part.PARTY:
            needless += [*_OF_PARTIES, "minor"]
        if self.part not in SIDED:
            needless.append("side")
        if self.part != Part.REPRESENTATIVE:
            needless.append("stands_for")
        if self.part not in ACTING:
            needless += ["principal", "kind", "powers", "given_on", "scan"]
        if self.part == Part.GUARDIAN:
            needless += ["kind", "powers"]
        return needless

    def joining(self) -> Joining:
        """Return who takes part."""
        told = self.cleaned_data
        party = UUID(told["party"]) if told["party"] else None
        return Joining(
            part=self.part, party=party, person=None if party else self.person(),
            side=told.get("side", ""), minor=told.get("minor", False),
            stands_for=told.get("stands_for", 1),
            mandate=self._mandate() if self.part in ACTING else None,
        )  # fmt: skip

    def _mandate(self) -> Paper:
        told = self.cleaned_data
        scan: Any = told["scan"]
        return Paper(
            principal=UUID(told["principal"]), given_on=told["given_on"],
            kind=told.get("kind", MandateKind.STATUTORY), powers=told.get("powers", ""),
            scan=read_scan(scan) if scan else None,
        )  # fmt: skip


class PaperForm(forms.Form):
    """The paper of a mandate that was written down without it."""

    scan = forms.FileField(label=_("Scan of the paper"), widget=_upload())


class LeaveForm(forms.Form):
    """The day somebody left."""

    left_on = day_field(_("Left on"))
