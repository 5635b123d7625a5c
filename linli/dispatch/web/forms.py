"""What is typed about an incident: the opening, and each step that asks for words."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.cases.actions.parties import PartyData
from linli.cases.choices import Channel
from linli.dispatch.actions.open_incident import Told
from linli.dispatch.choices import Priority, Result
from linli.dispatch.models import Incident
from linli.dispatch.queries.settings import kinds_on_offer
from linli.kernel.ids import new_id

LONGEST = 2_000
CHANNELS = (
    Channel.PHONE, Channel.ALARM, Channel.GRID_WORKER, Channel.WINDOW, Channel.ONLINE,
    Channel.SENSOR, Channel.POLICE, Channel.OTHER,
)  # fmt: skip


def _note(label: Any, rows: int = 3, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=LONGEST, widget=forms.Textarea({"rows": rows}), **more
    )


class OpenForm(forms.Form):
    """An incident that somebody reports to the dispatcher."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    answered_at = forms.DateTimeField(required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label=_("What happened?"), widget=forms.RadioSelect({"class": "choices"})
    )
    area = forms.CharField(label=_("Where"), max_length=15)
    lng = forms.FloatField(required=False, min_value=-180, max_value=180, widget=forms.HiddenInput)
    lat = forms.FloatField(required=False, min_value=-90, max_value=90, widget=forms.HiddenInput)
    place = forms.CharField(
        label=_("Place in words"), max_length=120, required=False,
        help_text=_("Units read this: building, gate, crossing… No names."),
    )  # fmt: skip
    brief = forms.CharField(
        label=_("What units must know"), max_length=300, required=False,
        help_text=_("A sentence without names, such as “one man, unarmed, at the gate”."),
    )  # fmt: skip
    text = _note(_("What the caller says"), required=False)
    channel = forms.ChoiceField(
        label=_("How it came in"), choices=[(one.value, one.label) for one in CHANNELS]
    )
    name = forms.CharField(
        label=_("Caller's name"), max_length=60, required=False,
        widget=forms.TextInput({"autocomplete": "off", "data-personal": ""}),
    )  # fmt: skip
    phone = forms.CharField(
        label=_("Caller's number"), max_length=30, required=False,
        widget=forms.TextInput({"inputmode": "tel", "autocomplete": "off", "data-personal": ""}),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, now: datetime, area: str = "") -> None:
        initial = {"key": new_id(), "answered_at": now.isoformat(), "area": area}
        super().__init__(data, initial=initial)
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            (kind.code, kind.label) for kind in kinds_on_offer()
        ]

    def told(self) -> Told:
        """Return what the action takes."""
        given = self.cleaned_data
        caller = PartyData(
            role="applicant", name=given["name"].strip(), phone=given["phone"].strip()
        )
        answered = given["answered_at"]
        return Told(
            kind=given["kind"], area=given["area"], place=given["place"], brief=given["brief"],
            text=given["text"], channel=given["channel"], longitude=given["lng"],
            latitude=given["lat"], answered_at=answered, received_at=answered,
            parties=[caller] if caller.name else [],
        )  # fmt: skip


class StepForm(forms.Form):
    """A step: the version its page showed."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, incident: Incident, **more: Any) -> None:
        super().__init__(data, initial={"version": incident.version, **more.pop("initial", {})})

    def asked(self) -> dict[str, Any]:
        """Return the action's own arguments."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class NoteForm(StepForm):
    """A reason, or a note."""

    note = _note(pgettext_lazy("dispatch", "In words"))


class SituationForm(StepForm):
    """What the dispatcher adds to the report."""

    note = _note(_("Assessment and what is needed"), required=False)


class PriorityForm(StepForm):
    """Another priority, and why."""

    priority = forms.TypedChoiceField(
        label=_("Priority"), coerce=int, choices=Priority, widget=forms.RadioSelect
    )
    note = _note(_("Why"), 2)

    def __init__(self, data: Any = None, *, incident: Incident) -> None:
        super().__init__(data, incident=incident, initial={"priority": incident.priority})


class ReportForm(StepForm):
    """Another report of the same."""

    note = _note(_("What was reported"))
    channel = forms.ChoiceField(
        label=_("How it came in"), choices=[(one.value, one.label) for one in CHANNELS]
    )


class CloseForm(StepForm):
    """How it ended, and the closing report."""

    result = forms.ChoiceField(
        label=_("How it ended"), choices=Result, widget=forms.RadioSelect({"class": "choices-long"})
    )
    note = _note(_("Closing report"), 5, help_text=_("It is the outcome of the case, too."))


class MergeForm(StepForm):
    """Which open incident is the same."""

    into = forms.TypedChoiceField(
        label=_("The same as"), coerce=UUID, widget=forms.RadioSelect({"class": "choices-long"})
    )

    def __init__(self, data: Any = None, *, incident: Incident, others: Sequence[Incident]) -> None:
        super().__init__(data, incident=incident)
        self.fields["into"].choices = [  # type: ignore[attr-defined]
            (
                str(one.id),
                " · ".join(filter(None, [one.kind.label, one.area.name, one.place])),
            )
            for one in others
        ]


class ReviewForm(StepForm):
    """What was learnt."""

    good = _note(_("What went well"), required=False)
    better = _note(_("What is to be better"), required=False)
