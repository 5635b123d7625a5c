"""The outbox: what was told to whom and why, what waits, what failed."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_POST, require_safe

from linli.accounts.actor import actor_of
from linli.kernel.crypto import mask
from linli.kernel.errors import NotFound
from linli.notices.actions.pack import opened
from linli.notices.actions.send_again import send_again
from linli.notices.addresses import path_of
from linli.notices.lifecycle import MOVES, OUTBOX, QUEUED
from linli.notices.models import Message
from linli.notices.queries.outbox import counts, outbox
from linli.notices.web.request import keeper, tabs
from linli.notices.words import CHANNEL_WORDS, KIND_WORDS, STATE_WORDS

_ALL = ("", gettext_lazy("all"))
_WORDS: dict[str, dict[str, Any]] = {
    "state": dict(STATE_WORDS),
    "channel": dict(CHANNEL_WORDS),
    "kind": dict(KIND_WORDS),
}
LIGHTS = {"failed": "red", "unsure": "yellow", "sent": "green"}


class OutboxForm(forms.Form):
    """What the outbox is filtered by."""

    state = forms.ChoiceField(
        label=gettext_lazy("State"), choices=[_ALL, *STATE_WORDS], required=False
    )
    channel = forms.ChoiceField(
        label=pgettext_lazy("message", "Channel"),
        choices=[_ALL, *CHANNEL_WORDS[1:]],
        required=False,
    )
    kind = forms.ChoiceField(
        label=pgettext_lazy("message", "Notice"), choices=[_ALL, *KIND_WORDS], required=False
    )


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show a page of messages."""
    keeper(request)
    form = OutboxForm(request.GET)
    form.is_valid()
    chosen = {name: value for name, value in form.cleaned_data.items() if value}
    page = outbox(chosen, after=request.GET.get("after", ""))
    known = counts()
    context = {
        "form": form,
        "chips": _chips(request, form, chosen),
        "rows": [(one, to_whom(one), why(one), LIGHTS.get(one.state, "")) for one in page.messages],
        "after": page.after,
        "page_tabs": tabs("outbox"),
        "counts": [
            (f"?state={state}", label, known[state], LIGHTS.get(state, ""))
            for state, label in STATE_WORDS
            if known.get(state)
        ],
    }
    return render(request, "notices/outbox.html", context)


def _chips(request: HttpRequest, form: forms.Form, chosen: dict[str, str]) -> list[tuple[str, str]]:
    found = []
    for name, value in chosen.items():
        rest = request.GET.copy()
        rest.pop(name, None)
        rest.pop("after", None)
        word = _WORDS[name].get(value, value)
        found.append((f"{form.fields[name].label}: {word}", f"?{rest.urlencode()}"))
    return found


def to_whom(one: Message) -> str:
    """Return the receiver in a word: a colleague's name, a robot's, or a masked address."""
    if one.user is not None:
        return one.user.name
    if one.gateway is not None and one.channel == "robot":
        return one.gateway.name
    to = str(opened(one).get("to", ""))
    return mask(to, 3, 2) if to else _("resident")


def why(one: Message) -> str:
    """Return the rule by which it was told, in words."""
    return _(one.rule) if one.rule else "—"


@require_safe
def message(request: HttpRequest, message_id: UUID) -> HttpResponse:
    """Show one message. Its text is shown where it did not leave the house; else why and when."""
    keeper(request)
    one = Message.objects.select_related("user", "gateway").filter(pk=message_id).first()
    if one is None:
        raise NotFound(_("There is no such message."))
    in_house = one.state in {OUTBOX, QUEUED}
    context = {
        "message": one,
        "to": to_whom(one),
        "why": why(one),
        "content": opened(one) if in_house else {},
        "light": LIGHTS.get(one.state, ""),
        "about_url": path_of(one.about_type, one.about_id),
        "may_send_again": one.state in MOVES["send_again"][0] and bool(one.sealed),
        "trail": [(reverse("notices:outbox"), _("Outbox"))],
    }
    return render(request, "notices/message.html", context)


@require_POST
def again(request: HttpRequest, message_id: UUID) -> HttpResponse:
    """Send a message once more."""
    send_again(message_id, actor=actor_of(request), at=timezone.now())
    messages.success(request, _("It waits to be sent."))
    return redirect("notices:message", message_id)
