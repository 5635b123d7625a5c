"""What I am told by which channel, and my quiet hours."""

from collections.abc import Mapping
from datetime import time
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods

from linli.accounts.actor import Actor, actor_of
from linli.notices.actions.set_preferences import Hours, Wish, set_preferences
from linli.notices.lifecycle import CHOSEN
from linli.notices.models import Habits, QuietHours
from linli.notices.queries.setup import habits, offered_channels, wants, wishes
from linli.notices.web.request import attempt
from linli.notices.words import CHANNEL_WORDS, KIND_WORDS

_CHANNELS, _KINDS = dict(CHANNEL_WORDS), dict(KIND_WORDS)


def time_field(label: Any) -> forms.TimeField:
    """Return a field for a time of day with the browser's own picker."""
    return forms.TimeField(
        label=label, required=False, widget=forms.TimeInput({"type": "time"}, format="%H:%M")
    )


class PreferencesForm(forms.Form):
    """A box for each kind and channel, and the quiet hours."""

    rest = forms.ChoiceField(
        label=gettext_lazy("Quiet hours"),
        choices=[
            ("city", gettext_lazy("as in the whole city")),
            ("own", gettext_lazy("my own")),
            ("none", gettext_lazy("none: send at any hour")),
        ],
        help_text=gettext_lazy("Urgent messages pass quiet hours."),
    )
    quiet_from = time_field(pgettext_lazy("time of day", "From"))
    quiet_until = time_field(pgettext_lazy("time of day", "Until"))

    def __init__(self, data: QueryDict | None, *, actor: Actor) -> None:
        user = actor.user_id
        hours = QuietHours.objects.filter(user=user).first()
        city = habits()
        super().__init__(data, initial=_initial(hours, city))
        chosen = wishes([user] if user else [])
        for kind in CHOSEN:
            for channel in offered_channels():
                self.fields[f"{kind}:{channel}"] = forms.BooleanField(
                    label=f"{_KINDS[kind]}: {_CHANNELS[channel]}",
                    required=False,
                    initial=user is not None and wants(chosen, user, kind, channel),
                )

    def clean(self) -> dict[str, Any]:
        """Ask for both ends of one's own quiet hours."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("rest") == "own":
            for name in ("quiet_from", "quiet_until"):
                if data.get(name) is None and name not in self.errors:
                    self.add_error(name, _("Choose a time."))
        return data

    def rows(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """Return the table: each kind with its boxes."""
        return [
            (_KINDS[kind], [self[f"{kind}:{channel}"] for channel in offered_channels()])
            for kind in CHOSEN
        ]

    def wished(self) -> Mapping[Wish, bool]:
        """Return what was ticked."""
        return {
            (kind, channel): self.cleaned_data[f"{kind}:{channel}"]
            for kind in CHOSEN
            for channel in offered_channels()
        }

    def hours(self) -> Hours | None:
        """Return one's own quiet hours; None where the city's hold."""
        data = self.cleaned_data
        match data["rest"]:
            case "own":
                return Hours(data["quiet_from"], data["quiet_until"])
            case "none":
                return Hours(_MIDNIGHT, _MIDNIGHT)
        return None


_MIDNIGHT = time(0)


def _initial(hours: QuietHours | None, city: Habits) -> dict[str, Any]:
    if hours is None:
        return {"rest": "city", "quiet_from": city.quiet_from, "quiet_until": city.quiet_until}
    rest = "none" if hours.quiet_from == hours.quiet_until else "own"
    return {"rest": rest, "quiet_from": hours.quiet_from, "quiet_until": hours.quiet_until}


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest) -> HttpResponse:
    """Show and save what the person wants."""
    actor = actor_of(request)
    form = PreferencesForm(request.POST if request.method == "POST" else None, actor=actor)

    def act() -> None:
        set_preferences(form.wished(), hours=form.hours(), actor=actor, at=timezone.now())

    if form.is_bound and attempt(form, act):
        messages.success(request, _("Your choice is saved."))
        return redirect("notices:preferences")
    person = request.user
    context = {
        "form": form,
        "channels": [_CHANNELS[channel] for channel in offered_channels()],
        "person": person,
    }
    status = 422 if form.is_bound else 200
    return render(request, "notices/preferences.html", context, status=status)
