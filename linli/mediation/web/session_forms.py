"""The forms of a session: planned, moved, held, and its record."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.areas.models import Room
from linli.cases.choices import Way
from linli.kernel.days import day_field
from linli.mediation.actions.plan import Meeting
from linli.mediation.actions.save_record import LONGEST
from linli.mediation.models import Session
from linli.mediation.queries.agreement import called
from linli.mediation.queries.path import parties
from linli.mediation.web.forms import StepForm, choose

_HOUR = timedelta(hours=1)


def _clock(label: Any) -> forms.TimeField:
    return forms.TimeField(label=label, widget=forms.TimeInput({"type": "time"}, format="%H:%M"))


class TimesForm(forms.Form):
    """On a day, from and to."""

    on = day_field(_("Day"))
    from_time = _clock(pgettext_lazy("time", "From"))
    to_time = _clock(pgettext_lazy("time", "To"))

    def times(self) -> tuple[datetime, datetime]:
        """Return when it begins and ends."""
        told = self.cleaned_data
        return _moment(told["on"], told["from_time"]), _moment(told["on"], told["to_time"])


class PlanForm(StepForm, TimesForm):
    """When, where, and who is invited."""

    room = forms.ChoiceField(label=_("Room"), required=False)
    place = forms.CharField(
        label=_("Or another place"), required=False, max_length=120,
        help_text=_("At somebody's home, at a shop, under the tree of the village."),
    )  # fmt: skip
    joint = forms.TypedChoiceField(
        label=pgettext_lazy("session", "How"),
        choices=[("1", _("both sides at one table")), ("0", _("each side by itself"))],
        coerce=lambda value: value == "1", widget=forms.RadioSelect, initial="1",
    )  # fmt: skip
    invited = forms.MultipleChoiceField(
        label=_("Invited"), required=False, widget=forms.CheckboxSelectMultiple
    )
    way = forms.ChoiceField(
        label=_("Told by"), required=False, choices=[("", _("not told yet")), *Way.choices]
    )

    def prepare(self) -> None:
        """Offer the committee's rooms and everybody who takes part; propose the next full hour."""
        start = timezone.localtime(self.now).replace(minute=0) + _HOUR
        self.fields["on"].initial = start.date()
        self.fields["from_time"].initial, self.fields["to_time"].initial = (
            start.time(),
            (start + _HOUR).time(),
        )
        people = [(str(one.id), called(one)) for one in parties(self.mediation)]
        unit = self.mediation.committee.unit_id
        rooms = list(Room.objects.filter(unit=unit).order_by("name"))
        choose(self, "room", [("", "—"), *((str(room.id), room.name) for room in rooms)])
        if len(rooms) == 1:
            self.fields["room"].initial = str(rooms[0].id)
        choose(self, "invited", people)
        self.fields["invited"].initial = [key for key, _label in people]

    def arguments(self) -> dict[str, Any]:
        """Return the meeting."""
        return {"meeting": self.meeting(self.cleaned_data["invited"])}

    def meeting(self, invited: list[str]) -> Meeting:
        """Return when and where, with whom."""
        told = self.cleaned_data
        begins, ends = self.times()
        return Meeting(
            begins=begins, ends=ends, room=UUID(told["room"]) if told["room"] else None,
            place=told["place"], joint=told["joint"], invited=[UUID(key) for key in invited],
            way=told["way"],
        )  # fmt: skip


class HoldForm(PlanForm):
    """A session that takes place now: a planned one, or one on the spot."""

    session = forms.ChoiceField(label=_("Session"), widget=forms.RadioSelect)
    field_order = ["version", "session", "invited", "on", "from_time", "to_time", "room", "place"]

    def prepare(self) -> None:
        """Offer what is planned; times and place are asked for where nothing is."""
        super().prepare()
        del self.fields["way"]
        self.fields["invited"].label = _("Who has come")
        waiting = list(Session.objects.filter(mediation=self.mediation, state="planned"))
        now = timezone.localtime(self.now)
        self.fields["on"].initial = now.date()
        self.fields["from_time"].initial = now.time()
        self.fields["to_time"].initial = min(now + _HOUR, now.replace(hour=23, minute=59)).time()
        planned = [(str(one.id), said(one)) for one in waiting]
        choose(self, "session", [*planned, ("", _("on the spot, now"))])
        self.fields["session"].initial = planned[0][0] if planned else ""
        self.fields["session"].required = False
        if planned:
            for name in ("on", "from_time", "to_time"):
                self.fields[name].required = False

    def arguments(self) -> dict[str, Any]:
        """Return the planned session, or the meeting on the spot, and who came."""
        told = self.cleaned_data
        came = [UUID(key) for key in told["invited"]]
        if told["session"]:
            return {"session": UUID(told["session"]), "came": came}
        told["way"] = ""
        return {"meeting": self.meeting(told["invited"]), "came": came}

    def clean(self) -> dict[str, Any]:
        """Insist on times where no planned session is chosen."""
        told = super().clean() or self.cleaned_data
        if not told.get("session"):
            for name in ("on", "from_time", "to_time"):
                if not told.get(name) and name not in self.errors:
                    self.add_error(name, self.fields["session"].error_messages["required"])
        return told


class RecordForm(forms.Form):
    """What was said. ``version`` is the one the text was typed on."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    record = forms.CharField(
        label=_("Record"), required=False, max_length=LONGEST, strip=False,
        widget=forms.Textarea({"rows": 18}),
    )  # fmt: skip
    joint_statement = forms.CharField(
        label=_("Joint statement of undisputed facts"), required=False, max_length=4000,
        widget=forms.Textarea({"rows": 4}),
    )  # fmt: skip


def said(session: Session) -> str:
    """Return when and where a session is."""
    begins, ends = (timezone.localtime(moment) for moment in session.times)
    where = session.room.name if session.room else session.place
    return f"{begins:%Y-%m-%d %H:%M}–{ends:%H:%M} {where}".strip()


def _moment(day: date, clock: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, clock))
