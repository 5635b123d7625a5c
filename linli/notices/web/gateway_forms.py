"""The forms of gateways: one a sort, secrets never shown again."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import F
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.areas.models import Unit
from linli.notices.actions.set_gateway import PLAIN, SECRET, GatewayData
from linli.notices.lifecycle import CHOSEN
from linli.notices.models import Gateway, Habits
from linli.notices.queries.setup import ROBOTS
from linli.notices.words import KIND_WORDS

_KINDS = dict(KIND_WORDS)


def _text(label: Any, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=more.pop("max_length", 300), **more)


def _lines(label: Any, **more: Any) -> forms.CharField:
    return _text(label, max_length=4000, widget=forms.Textarea({"rows": 4}), **more)


def _secret(label: Any, **more: Any) -> forms.CharField:
    widget = forms.PasswordInput({"autocomplete": "off"}, render_value=False)
    return _text(label, max_length=1000, required=False, widget=widget, **more)


# A service that is asked by HTTP, for a short message or for a call that reads a text out.
_SERVICE: Mapping[str, Any] = {
    "url": lambda: _text(_("Address of the service")),
    "form": lambda: forms.ChoiceField(
        label=_("Form of the request"), choices=[("json", "JSON"), ("form", _("web form"))]
    ),
    "body": lambda: _lines(
        _("Request"),
        initial='{"phone": "{phone}", "content": "{text}", "id": "{reference}"}',
        help_text=_("{phone}, {text}, {reference} (the same for every try) and {secret}."),
    ),
    "headers": lambda: _lines(
        _("Headers"), required=False, initial="Authorization: Bearer {secret}"
    ),
    "token": lambda: _secret(_("Secret")),
    "expect": lambda: _text(
        _("A good answer contains"),
        required=False,
        help_text=_('Such as "code":0. Left out: any answer 2xx.'),
    ),
}
FIELDS: Mapping[str, Mapping[str, Any]] = {
    "mail": {
        "host": lambda: _text(_("Mail server")),
        "port": lambda: forms.IntegerField(
            label=_("Port"), min_value=1, max_value=65535, initial=587
        ),
        "security": lambda: forms.ChoiceField(
            label=_("Encryption"),
            choices=[
                ("starttls", "STARTTLS (587)"),
                ("tls", "TLS (465)"),
                ("none", _("none (only inside one machine)")),
            ],
        ),
        "username": lambda: _text(_("Sign-in name"), required=False),
        "password": lambda: _secret(_("Password")),
        "sender": lambda: _text(_("Sender"), help_text=_("Such as 邻里 <linli@example.gov.cn>.")),
    },
    "sms": _SERVICE,
    "voice": _SERVICE,
    "wecom": {"url": lambda: _secret(_("Webhook address, with its key"))},
    "dingtalk": {
        "url": lambda: _secret(_("Webhook address, with its token")),
        "signing": lambda: _secret(_("Signing secret (SEC…)")),
    },
}


class GatewayForm(forms.Form):
    """A gateway of one sort."""

    name = forms.CharField(label=pgettext_lazy("gateway", "Name"), max_length=60)

    def __init__(
        self, data: QueryDict | None, *, sort: str, gateway: Gateway | None, city: str
    ) -> None:
        known = {"is_on": True} if gateway is None else _known(gateway)
        super().__init__(data, initial=known)
        self.sort = sort
        for name, make in FIELDS[sort].items():
            self.fields[name] = make()
            if gateway is not None and name in SECRET[sort]:
                self.fields[name].help_text = _("Kept, never shown. Type only to replace it.")
        if sort in ROBOTS:
            self.fields["unit"] = forms.ChoiceField(label=_("Speaks for"), choices=_units(city))
            self.fields["kinds"] = forms.MultipleChoiceField(
                label=_("Notices"),
                choices=[(kind, _KINDS[kind]) for kind in CHOSEN],
                widget=forms.CheckboxSelectMultiple,
                initial=["assigned", "supervised", "overdue", "escalated"],
            )
        self.fields["is_on"] = forms.BooleanField(label=_("In use"), required=False, initial=True)

    def gateway_data(self) -> GatewayData:
        """Return the action's data."""
        data = self.cleaned_data
        names = (*PLAIN[self.sort], *SECRET[self.sort])
        return GatewayData(
            name=data["name"],
            given={name: str(data.get(name) or "") for name in names},
            is_on=data["is_on"],
            unit=data.get("unit") or None,
            kinds=data.get("kinds", ()),
        )


def _known(gateway: Gateway) -> dict[str, Any]:
    given: dict[str, Any] = {"name": gateway.name, "is_on": gateway.is_on, "kinds": gateway.kinds}
    return {**given, **gateway.plain, "unit": str(gateway.unit_id or "")}


def _units(city: str) -> list[tuple[str, Any]]:
    """Return the open units of the city that can have a group, the higher ones first."""
    units = Unit.objects.filter(closed_on=None, area__gte=city, area__lt=city + ":")
    rows = units.exclude(kind="grid").order_by(F("area").asc(), "name").values_list("id", "name")
    return [("", _("Choose…")), *((str(pk), name) for pk, name in rows)]


class HabitsForm(forms.Form):
    """Quiet hours, gathering, keeping."""

    quiet_from = forms.TimeField(
        label=_("Quiet from"), widget=forms.TimeInput({"type": "time"}, format="%H:%M")
    )
    quiet_until = forms.TimeField(
        label=_("Quiet until"), widget=forms.TimeInput({"type": "time"}, format="%H:%M")
    )
    gather_minutes = forms.IntegerField(
        label=_("Gather for so many minutes"),
        help_text=_("What one person is told within this time becomes one mail."),
    )
    keep_days = forms.IntegerField(label=_("Keep for so many days"))

    def __init__(self, data: QueryDict | None, *, habits: Habits) -> None:
        names = ("quiet_from", "quiet_until", "gather_minutes", "keep_days")
        super().__init__(data, initial={name: getattr(habits, name) for name in names})
