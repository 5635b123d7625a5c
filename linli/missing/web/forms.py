"""The guided report, and what else is typed about a search."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.missing.actions.report import Place, Told
from linli.missing.choices import Category, Kinship, Outcome, Sure, Way
from linli.missing.lifecycle import LONGEST_NOTE

# Said where there are no scripts, and degrees are typed.
DEGREES = _("Longitude, then latitude, such as 102.18765, 38.51234.")
HOME = pgettext_lazy("missing", "home")
PERSONAL = {"data-personal": "", "autocomplete": "off"}


def _line(label: Any, *, required: bool = True, most: int = 60, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label, required=required, max_length=most, widget=forms.TextInput(PERSONAL), **more
    )


def _text(label: Any, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label, required=False, max_length=LONGEST_NOTE,
        widget=forms.Textarea({"rows": 2, **PERSONAL}), **more,
    )  # fmt: skip


class ReportForm(forms.Form):
    """One page in four steps: who asks, who is missing, last seen, where they may be."""

    reporter = _line(_("Who reports it"))
    reporter_phone = _line(_("Telephone of the reporter"), most=30)
    kinship = forms.ChoiceField(label=_("They are the person's…"), choices=Kinship)
    kinship_checked = forms.BooleanField(
        label=_("I have seen a paper that proves it, or called the police station about it"),
        required=False,
    )
    police_told = forms.BooleanField(label=_("The police (110) know of it"), required=False)
    police_number = _line(_("Number of the police report"), required=False)

    name = _line(_("Name of the missing person"))
    age = forms.IntegerField(label=_("Age"), min_value=0, max_value=120)
    category = forms.ChoiceField(
        label=_("Who is missing"), choices=Category, widget=forms.RadioSelect,
        help_text=_("The plan begins with what is known of people like this."),
    )  # fmt: skip
    clothes = _text(_("Clothing, build, hair, what they carry"))
    health = _text(_("Health, medicine, how they speak and walk"))
    photo = forms.FileField(
        label=_("Photo"), required=False,
        help_text=_("Only for this search; it is deleted when the search ends."),
        widget=forms.ClearableFileInput({"accept": "image/jpeg,image/png"}),
    )  # fmt: skip

    seen_at = forms.DateTimeField(
        label=_("Last seen at"),
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    sure = forms.ChoiceField(
        label=_("How sure is that"), choices=Sure, initial=Sure.GOOD, widget=forms.RadioSelect
    )
    area = forms.CharField(label=_("Where they were last seen"), max_length=15)
    lng = forms.FloatField(required=False, min_value=-180, max_value=180)
    lat = forms.FloatField(required=False, min_value=-90, max_value=90)
    point = _line(_("The point last seen: longitude, latitude"), required=False, help_text=DEGREES)
    where = _line(_("Where exactly, in words"), required=False, most=120)

    home = _line(_("Their home"), required=False, help_text=DEGREES)
    goals = forms.CharField(
        label=_("Places they may go to"), required=False,
        widget=forms.Textarea({"rows": 3, **PERSONAL}),
        help_text=_("One a line: what it is, longitude, latitude. Former home, workplace, market…"),
    )  # fmt: skip
    habits = _text(_("Habits: usual ways, buses, fears"))

    STEPS = (
        (_("1 Who reports it"), ("reporter", "reporter_phone", "kinship", "kinship_checked", "police_told", "police_number")),  # noqa: E501
        (_("2 Who is missing"), ("name", "age", "category", "clothes", "health", "photo")),
        (_("3 Last seen"), ("seen_at", "sure", "area", "where")),
        (_("4 Where they may be"), ("home", "goals", "habits")),
    )  # fmt: skip

    def steps(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """Return the steps with their fields."""
        return [(title, [self[name] for name in names]) for title, names in self.STEPS]

    def clean_home(self) -> Place | None:
        """Return the home as a place."""
        text = self.cleaned_data["home"]
        return _place(f"{HOME}, {text}", is_home=True) if text.strip() else None

    def clean_goals(self) -> list[Place]:
        """Return the places."""
        lines = self.cleaned_data["goals"].splitlines()
        return [_place(line) for line in lines if line.strip()]

    def clean_point(self) -> Place | None:
        """Return the place last seen where it was typed."""
        text = self.cleaned_data["point"]
        return _place(text) if text.strip() else None

    def clean(self) -> dict[str, Any]:
        """Ask for both numbers of a point or none; one that was typed stands for one pointed at."""
        given = super().clean() or {}
        typed = given.get("point")
        if typed and given.get("lng") is None and given.get("lat") is None:
            given["lng"], given["lat"] = typed.longitude, typed.latitude
        if (given.get("lng") is None) != (given.get("lat") is None):
            self.add_error("area", _("Mark the place again: half of it is missing."))
        return given

    def told(self, channel: str) -> Told:
        """Return what the action takes."""
        given = self.cleaned_data
        names = (
            "reporter", "reporter_phone", "kinship", "police_number", "name", "clothes", "health",
            "where", "habits",
        )  # fmt: skip
        photo = given["photo"]
        home = [given["home"]] if given["home"] else []
        return Told(
            area=given["area"], channel=channel, category=given["category"],
            is_adult=given["age"] >= 18, seen_at=given["seen_at"], sure=given["sure"],
            words={**{one: given[one] for one in names}, "age": str(given["age"])},
            kinship_checked=given["kinship_checked"], police_told=given["police_told"],
            latitude=given["lat"], longitude=given["lng"], places=[*home, *given["goals"]],
            photo=photo.read() if photo else b"",
        )  # fmt: skip


def _place(line: str, *, is_home: bool = False) -> Place:
    """Read "what, longitude, latitude"."""
    parts = [part.strip() for part in line.replace("，", ",").split(",")]
    try:
        longitude, latitude = float(parts[-2]), float(parts[-1])
    except (IndexError, ValueError):
        raise forms.ValidationError(
            _("Where is this? Mark it on the map, or write longitude and latitude: %(line)s"),
            params={"line": line[:60]},
        ) from None
    if not (-180 <= longitude <= 180 and -90 <= latitude <= 90):
        raise forms.ValidationError(_("Longitude comes first, then latitude."))
    return Place(",".join(parts[:-2])[:60], latitude, longitude, is_home)


class NoteForm(forms.Form):
    """A reason."""

    note = forms.CharField(
        label=pgettext_lazy("search", "Reason or outcome"), max_length=LONGEST_NOTE,
        widget=forms.Textarea({"rows": 2}),
    )  # fmt: skip


class FoundForm(forms.Form):
    """How the person was found, and what a found adult said."""

    by = forms.ChoiceField(label=_("Found by"), choices=Way, widget=forms.RadioSelect)
    consented = forms.ChoiceField(
        label=_("May the reporter know where they are?"), required=False, widget=forms.RadioSelect,
        choices=[("", _("not asked yet")), ("yes", _("The person agreed")), ("no", _("The person did not agree"))],  # noqa: E501
        help_text=_("A found adult is asked; for a child it is told."),
    )  # fmt: skip

    def __init__(self, *args: Any, is_adult: bool = True, **more: Any) -> None:
        super().__init__(*args, **more)
        if not is_adult:
            del self.fields["consented"]

    def consent(self) -> bool | None:
        """Return what was said; None for not asked."""
        return {"yes": True, "no": False}.get(self.cleaned_data.get("consented", ""))


class CallForm(forms.Form):
    """Somebody called who saw the person."""

    place = forms.CharField(
        label=pgettext_lazy("sighting", "Where"), max_length=60, help_text=DEGREES
    )
    seen_at = forms.DateTimeField(
        label=_("When"),
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    outcome = forms.ChoiceField(
        label=_("How sure"), widget=forms.RadioSelect, initial=Outcome.SEEN,
        choices=[(one.value, one.label) for one in (Outcome.SEEN, Outcome.PERHAPS)],
    )  # fmt: skip

    @classmethod
    def begun(cls, at: datetime) -> "CallForm":
        """Return an empty form at a moment: people call of what they see now."""
        return cls(initial={"seen_at": timezone.localtime(at).replace(second=0)})

    def clean_place(self) -> Place:
        """Return the place."""
        return _place(self.cleaned_data["place"])
