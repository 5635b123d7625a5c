"""The forms of a device: what is written about it, a fault, a test."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.kernel.days import day_field
from linli.premises.actions.add_device import LONGEST_INTERVAL, DeviceData
from linli.premises.choices import DeviceKind, Senses, Spot
from linli.premises.models import Device, Premises

_PLAIN = (
    "kind", "senses", "name", "spot", "floor", "serial", "to_police", "interval_seconds",
    "installed_on", "expires_on",
)  # fmt: skip


class DeviceForm(forms.Form):
    """What is written about a device. Without premises it asks for an area."""

    kind = forms.ChoiceField(label=_("Device"), choices=DeviceKind)
    senses = forms.ChoiceField(
        label=_("What a sensor senses"),
        choices=[("", _("not a sensor")), *Senses.choices],
        required=False,
    )
    name = forms.CharField(
        label=pgettext_lazy("device", "Name"), max_length=80,
        help_text=_("As people call it: alarm of the guard room."),
    )  # fmt: skip
    area = forms.CharField(label=_("Area"), max_length=15)
    lng = forms.FloatField(required=False, min_value=-180, max_value=180, widget=forms.HiddenInput)
    lat = forms.FloatField(required=False, min_value=-90, max_value=90, widget=forms.HiddenInput)
    spot = forms.ChoiceField(
        label=_("Where in the place"), choices=[("", _("not said")), *Spot.choices], required=False
    )
    floor = forms.CharField(label=_("Floor"), max_length=10, required=False)
    serial = forms.CharField(label=_("Serial number"), max_length=60, required=False)
    to_police = forms.BooleanField(label=_("Linked to the police"), required=False)
    interval_seconds = forms.IntegerField(
        label=_("Heartbeat every (seconds)"), min_value=0, max_value=LONGEST_INTERVAL, initial=0,
        help_text=_("0: it tells nothing by itself, like an extinguisher."),
    )  # fmt: skip
    installed_on = day_field(_("Installed on"), required=False)
    expires_on = day_field(_("To be replaced by"), required=False)

    def __init__(
        self, data: Any = None, *, place: Premises | None = None, device: Device | None = None
    ) -> None:
        super().__init__(data)
        self.place = place
        if place is not None:
            for name in ("area", "lng", "lat"):
                del self.fields[name]
        if device is not None:
            self.initial = {name: getattr(device, name) for name in _PLAIN}
            self.initial |= {
                "area": device.area_id,
                "lng": device.longitude,
                "lat": device.latitude,
            }

    def device(self) -> DeviceData:
        """Return what was typed."""
        told = self.cleaned_data
        place = self.place
        return DeviceData(
            **{name: told[name] for name in _PLAIN},
            premises=place.id if place else None, area=told.get("area", ""),
            longitude=told.get("lng"), latitude=told.get("lat"),
        )  # fmt: skip


class FaultForm(forms.Form):
    """What is wrong with a device."""

    fault = forms.CharField(label=_("What is wrong"), max_length=200)


class NoteForm(forms.Form):
    """What was done."""

    note = forms.CharField(label=_("What was done"), max_length=200, required=False)


class TestForm(forms.Form):
    """One test of an alarm: when it was pressed, and when it arrived at the police."""

    sent_at = forms.DateTimeField(label=_("Pressed at"), widget=forms.DateTimeInput)
    arrived_at = forms.DateTimeField(
        label=_("Arrived at"), required=False,
        help_text=_("As the police told it. Empty: it never arrived, which is a fault."),
    )  # fmt: skip
    note = forms.CharField(label=_("Note"), max_length=200, required=False)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        for name in ("sent_at", "arrived_at"):
            self.fields[name].widget = forms.DateTimeInput(
                {"type": "datetime-local", "step": "1"}, format="%Y-%m-%dT%H:%M:%S"
            )
        self.fields["sent_at"].initial = lambda: timezone.localtime().replace(microsecond=0)

    def times(self) -> dict[str, datetime | None]:
        """Return both times."""
        return {name: self.cleaned_data[name] for name in ("sent_at", "arrived_at")}
