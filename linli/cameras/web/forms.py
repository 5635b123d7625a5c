"""Forms of the registry: a camera, its filing, sources and sign, and what is filtered."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.cameras.actions.describe import CameraData
from linli.cameras.actions.set_source import SourceData
from linli.cameras.choices import Condition, LegalClass, PlaceKind, Protocol
from linli.cameras.models import Camera
from linli.cameras.queries.listing import Selection
from linli.kernel.days import day_field

type Units = Sequence[tuple[UUID, str]]
ANY = ("", _("all"))
STATES = [
    ANY,
    ("bad", _("anything wrong")),
    ("out", _("No picture")),
    ("fault", _("Blurred, or clock wrong")),
    *Condition.choices,
]
FILINGS: list[tuple[str, str | Promise]] = [
    ANY,
    ("due", _("to be filed")),
    ("overdue", _("filing overdue")),
    ("again", _("changed, to be filed again")),
    ("filed", pgettext_lazy("camera", "filed")),
]


PHOTO_TYPES = "image/jpeg,image/png,image/webp"


class SignForm(forms.Form):
    """A photo of the sign that tells people of the camera."""

    sign = forms.FileField(label=_("New photo"), widget=forms.FileInput({"accept": PHOTO_TYPES}))


class MendForm(forms.Form):
    """What was done about a work order; ``order`` is which."""

    note = forms.CharField(label=_("What was done"), max_length=300)
    order: UUID | None = None


def unit_field(label: Any, units: Units, **options: Any) -> forms.TypedChoiceField:
    """Return a field for one of ``units``."""
    choices = [("", _("Choose…")), *((str(key), name) for key, name in units)]
    return forms.TypedChoiceField(label=label, choices=choices, coerce=UUID, **options)


class CameraForm(forms.Form):
    """What is written about a camera. What may be said is judged by the action."""

    code = forms.CharField(
        label=pgettext_lazy("camera", "Code"), max_length=40,
        help_text=_("The device's own code, such as the 20 digits of GB/T 28181."),
    )  # fmt: skip
    name = forms.CharField(
        label=pgettext_lazy("camera", "Name"),
        max_length=80,
        help_text=_("Where it stands and looks, in a few words."),
    )
    place_kind = forms.ChoiceField(
        label=_("What it looks at"),
        choices=[("", _("Choose…")), *PlaceKind.choices],
        help_text=_(
            "The last eight are named so that they can be refused: no camera may stand there."
        ),
    )
    area = forms.CharField(label=_("Where"), max_length=15)
    lng = forms.FloatField(label=_("Longitude"), min_value=-180, max_value=180)
    lat = forms.FloatField(label=_("Latitude"), min_value=-90, max_value=90)
    place = forms.CharField(label=_("Place in words"), max_length=120, required=False)
    legal_class = forms.ChoiceField(
        label=_("Legal class"),
        choices=LegalClass.choices,
        help_text=_(
            "1: public places and roads. 2: a unit's parts that are open to all. 3: inside."
        ),
    )
    purpose = forms.CharField(
        label=_("Purpose"),
        max_length=200,
        help_text=_("What it is for; it may be used for nothing else."),
    )
    storage_days = forms.IntegerField(label=_("Days kept"), initial=30, min_value=1)
    installed_on = day_field(_("In use since"))
    height = forms.FloatField(label=_("Height (m)"), required=False)
    heading = forms.FloatField(
        label=_("Looks towards (°)"),
        required=False,
        help_text=_("0 north, 90 east, 180 south, 270 west."),
    )
    angle = forms.FloatField(label=_("Angle of view (°)"), required=False)
    reach = forms.FloatField(label=_("Sees as far as (m)"), required=False)
    company = forms.CharField(label=_("Maintenance company"), max_length=80, required=False)
    contract_number = forms.CharField(
        label=_("Number of the contract"), max_length=60, required=False
    )
    contract_phone = forms.CharField(label=_("Telephone"), max_length=30, required=False)
    contract_until = day_field(_("Contract until"), required=False)
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *arguments: Any, units: Units, **given: Any) -> None:
        super().__init__(*arguments, **given)
        self.fields["owner"] = unit_field(_("Whose it is"), units)
        self.fields["managing"] = unit_field(
            _("Managing unit"),
            units,
            help_text=_("It runs the camera and is given its work orders."),
        )

    def described(self) -> CameraData:
        """Return what was typed."""
        said = dict(self.cleaned_data)
        said.pop("seen")
        said["longitude"], said["latitude"] = said.pop("lng"), said.pop("lat")
        return CameraData(**said)


def said_of(camera: Camera) -> dict[str, Any]:
    """Return what is written about a camera, as its form begins with."""
    same = (
        "code", "name", "place_kind", "place", "legal_class", "purpose", "storage_days",
        "installed_on", "height", "heading", "angle", "reach",
    )  # fmt: skip
    contract = camera.contract
    return {
        **{name: getattr(camera, name) for name in same},
        "area": camera.area_id,
        "lng": camera.longitude,
        "lat": camera.latitude,
        "owner": camera.owner_id,
        "managing": camera.managing_id,
        "company": contract.company if contract else "",
        "contract_number": contract.number if contract else "",
        "contract_phone": contract.phone if contract else "",
        "contract_until": contract.until if contract else None,
        "seen": camera.version,
    }


# The form's names for what the actions call by their own.
FIELDS = {"latitude": "lat", "longitude": "lng", "files": "sign"}


class FilingForm(forms.Form):
    """A filing with the county's police."""

    filed_on = day_field(_("Filed on"))
    number = forms.CharField(label=_("Number the police gave"), max_length=60)


class RetireForm(forms.Form):
    """A camera taken down."""

    on = day_field(_("No longer in use since"))


class SourceForm(forms.Form):
    """From where the picture is had. User and password are never shown again."""

    protocol = forms.ChoiceField(label=_("Protocol"), choices=Protocol.choices)
    address = forms.CharField(
        label=pgettext_lazy("camera source", "Address"), max_length=500,
        widget=forms.TextInput({"spellcheck": "false", "autocomplete": "off"}),
        help_text=_("rtsp://…, https://….m3u8, or of ONVIF http://…/onvif/device_service"),
    )  # fmt: skip
    channel = forms.CharField(label=_("Channel or profile"), max_length=60, required=False)
    user = forms.CharField(
        label=_("User"), max_length=60, required=False,
        widget=forms.TextInput({"autocomplete": "off", "data-personal": ""}),
    )  # fmt: skip
    password = forms.CharField(
        label=_("Password"), max_length=120, required=False,
        widget=forms.PasswordInput({"autocomplete": "new-password", "data-personal": ""}),
        help_text=_("Kept sealed, never shown and never logged."),
    )  # fmt: skip

    def described(self) -> SourceData:
        """Return what was typed."""
        return SourceData(**self.cleaned_data)


class FilterForm(forms.Form):
    """Every filter of the list; all may be left out."""

    q = forms.CharField(
        label=_("Name, or beginning of the code"), required=False, max_length=60,
        widget=forms.TextInput({"data-search": "", "type": "search"}),
    )  # fmt: skip
    area = forms.CharField(label=_("Area"), required=False, max_length=15)
    state = forms.ChoiceField(label=_("State"), required=False, choices=STATES)
    legal_class = forms.ChoiceField(
        label=_("Legal class"), required=False, choices=[ANY, *LegalClass.choices]
    )
    filing = forms.ChoiceField(
        label=pgettext_lazy("camera", "Filing"), required=False, choices=FILINGS
    )
    place_kind = forms.ChoiceField(
        label=_("What it looks at"), required=False, choices=[ANY, *PlaceKind.choices[:-8]]
    )
    shared = forms.BooleanField(label=_("Only those shared with us"), required=False)
    retired = forms.BooleanField(label=_("Only those no longer in use"), required=False)

    def __init__(self, *arguments: Any, owners: Units, **given: Any) -> None:
        super().__init__(*arguments, **given)
        self.fields["owner"] = unit_field(pgettext_lazy("camera", "Owner"), owners, required=False)

    def selection(self) -> Selection:
        """Return what was chosen."""
        said = dict(self.cleaned_data)
        said["words"] = said.pop("q")
        said["owner"] = said["owner"] or None
        return Selection(**said)
