"""What every view here asks of a request, and the tabs of the administrator's pages."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor, actor_of
from linli.kernel.errors import Invalid
from linli.kernel.form_errors import show_refusal
from linli.notices.policy import permit_keeping


def keeper(request: HttpRequest) -> Actor:
    """Return the actor; raises unless they keep the city's notices."""
    actor = actor_of(request)
    permit_keeping(actor)
    return actor


def tabs(current: str, trouble: int = 0) -> list[tuple[str, str, Any, bool]]:
    """Return the tabs of the administrator's pages; ``trouble`` counts what needs a look."""
    names = [("outbox", _("Outbox")), ("texts", _("Texts")), ("gateways", _("Channels"))]
    return [
        (reverse(f"notices:{name}"), label, trouble or "" if name == "outbox" else "", name == current)
        for name, label in names
    ]  # fmt: skip


def attempt(form: forms.Form, act: Callable[[], Any]) -> bool:
    """Do what a valid form asks; put a refusal beside its fields and return False."""
    if not form.is_valid():
        return False
    try:
        act()
    except Invalid as wrong:
        show_refusal(form, wrong)
        return False
    return True
