"""The residents' forms: few questions, in simple words."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.portal.actions.report import Contact, Told
from linli.portal.lifecycle import MOST_PHOTOS
from linli.portal.queries import house
from linli.portal.texts import LONGEST

KINDS = [
    ("request", _("Something should be done: a repair, dirt, noise, a problem with an office")),
    ("hazard", _("Something is dangerous for others")),
    ("dispute", _("I have a dispute with somebody")),
    ("consultation", _("I have a question")),
]
DEGREES = [
    (5, _("very content")),
    (4, _("content")),
    (3, _("so-so")),
    (2, _("not content")),
    (1, _("not content at all")),
]


class PhotosInput(forms.ClearableFileInput):
    """Several photos from the camera or the album."""

    allow_multiple_selected = True

    def __init__(self, max_bytes: int) -> None:
        types = "image/*"
        attrs = {"accept": types, "data-island": "upload", "data-types": types}
        super().__init__({**attrs, "data-max-bytes": str(max_bytes)})


class PhotosField(forms.FileField):
    """A list of uploads; each is looked at by the action, never by its name."""

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Return the uploads that were chosen."""
        return [upload for upload in data or [] if upload]


def photos_field(max_bytes: int) -> PhotosField:
    """Return the field for photos."""
    return PhotosField(
        label=_("Photos"),
        required=False,
        widget=PhotosInput(max_bytes),
        help_text=_("Up to %(most)s. The place where a photo was taken is removed from it.")
        % {"most": MOST_PHOTOS},
    )


class ReportForm(forms.Form):
    """Say what is wrong."""

    stamp = forms.CharField(widget=forms.HiddenInput, max_length=300)
    proof = forms.CharField(widget=forms.HiddenInput, max_length=20, required=False)
    # Nobody sees this field; programs fill in everything.
    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput({"tabindex": "-1", "autocomplete": "off"}),
    )
    kind = forms.ChoiceField(
        label=_("What is it?"), choices=KINDS, initial="request", widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("What is wrong?"),
        help_text=_("In your own words: what happened, when, and what you would like to be done."),
        widget=forms.Textarea({"rows": 5, "maxlength": str(LONGEST)}),
        strip=False,
    )
    area = forms.CharField(
        label=_("Where is it?"), max_length=15, required=False, widget=forms.Select
    )
    lng = forms.FloatField(required=False, min_value=-180, max_value=180, widget=forms.HiddenInput)
    lat = forms.FloatField(required=False, min_value=-90, max_value=90, widget=forms.HiddenInput)
    place = forms.CharField(
        label=_("Street, house, or what stands near"), max_length=120, required=False
    )
    name = forms.CharField(
        label=_("Your name"),
        max_length=60,
        required=False,
        widget=forms.TextInput({"autocomplete": "name", "data-personal": ""}),
    )
    phone = forms.RegexField(
        r"^[0-9+() -]{3,30}$",
        label=_("Your phone"),
        required=False,
        widget=forms.TextInput({"autocomplete": "tel", "inputmode": "tel", "data-personal": ""}),
        error_messages={"invalid": _("Write digits only, such as 138 0000 0000.")},
    )
    email = forms.EmailField(
        label=_("Your e-mail"),
        required=False,
        widget=forms.EmailInput({"autocomplete": "email", "data-personal": ""}),
    )
    consent = forms.BooleanField(
        label=_(
            "I agree that the centre keeps this for my report only, and uses it to ask back and to"
            " tell me what becomes of it. I can take this back at any time."
        ),
        required=False,
    )
    may_publish = forms.BooleanField(
        label=_(
            "Others may read about it too: without my name, my phone and the exact address, and"
            " only after somebody of the centre has looked at it."
        ),
        required=False,
    )

    def __init__(self, data: Any = None, files: Any = None, *, top: str, max_bytes: int) -> None:
        super().__init__(data, files)
        self.fields["photos"] = photos_field(max_bytes)
        places = self.fields["area"].widget
        places.choices = [("", _("Please choose")), *house.choices(top)]

    def clean(self) -> dict[str, Any]:
        """Ask for consent where anything is left by which somebody can be reached."""
        values: dict[str, Any] = super().clean() or {}
        left = [values.get(name) for name in ("name", "phone", "email")]
        if any(left) and not values.get("consent"):
            self.add_error("consent", _("Please tick this, or leave name, phone and e-mail empty."))
        if values.get("website"):
            self.add_error(None, _("Please leave the hidden field empty and send it again."))
        if not values.get("area"):
            values["area"] = self._area_of_the_point(values)
        if not values["area"] and "area" not in self.errors:
            self.add_error("area", _("Please choose where it is."))
        return values

    def _area_of_the_point(self, values: dict[str, Any]) -> str:
        if values.get("lng") is None or values.get("lat") is None:
            return ""
        found = house.area_at(values["lng"], values["lat"])
        return found.code if found else ""

    def told(self) -> Told:
        """Return what the action takes."""
        values = self.cleaned_data
        return Told(
            text=values["text"],
            kind=values["kind"],
            area=values["area"],
            place=values["place"],
            latitude=values["lat"],
            longitude=values["lng"],
            contact=Contact(name=values["name"], phone=values["phone"], email=values["email"]),
            may_publish=values["may_publish"],
        )


class FindForm(forms.Form):
    """Number and code of a receipt."""

    number = forms.CharField(
        label=_("Number"), max_length=40, widget=forms.TextInput({"autocomplete": "off"})
    )
    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters"}),
    )


class WordsForm(forms.Form):
    """Words, and photos, added to a report."""

    text = forms.CharField(
        label=_("Your words"),
        required=False,
        widget=forms.Textarea({"rows": 3, "maxlength": str(LONGEST)}),
    )

    def __init__(self, *args: Any, max_bytes: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["photos"] = photos_field(max_bytes)


class RatingForm(forms.Form):
    """How content one is."""

    satisfaction = forms.TypedChoiceField(
        label=_("How content are you?"),
        choices=DEGREES,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose one.")},
    )
    text = forms.CharField(
        label=_("Anything you would like to say"),
        required=False,
        widget=forms.Textarea({"rows": 2, "maxlength": str(LONGEST)}),
    )


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=_("Why?"),
        required=False,
        widget=forms.Textarea({"rows": 3, "maxlength": str(LONGEST)}),
    )
