"""What is typed while a matter is taken in."""

from typing import cast

from django import forms

from linli.alike.places import Point


class TypedForm(forms.Form):
    """The matter as far as it is typed; nothing must be there."""

    title = forms.CharField(max_length=500, required=False)
    description = forms.CharField(max_length=8000, required=False)
    place = forms.CharField(max_length=500, required=False)
    area = forms.RegexField(r"^[0-9]{2,15}$", required=False)
    lng = forms.FloatField(required=False, min_value=-180, max_value=180)
    lat = forms.FloatField(required=False, min_value=-90, max_value=90)

    def point(self) -> Point | None:
        """Return the point, where there is one."""
        values = (self.cleaned_data["lat"], self.cleaned_data["lng"])
        return None if None in values else cast("Point", values)
