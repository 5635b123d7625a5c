"""Events of the audit log in words. What happens to areas and cases is named
by ``settings.LINLI_EVENT_WORDS``."""

from collections.abc import Mapping

from django.conf import settings
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

EVENTS: Mapping[str, str | Promise] = {
    "user.create": _("account created"),
    "user.deactivate": _("account closed"),
    "user.reactivate": _("account opened again"),
    "user.sign_in": _("signed in"),
    "user.sign_out": _("signed out"),
    "user.lock_out": _("locked out after wrong passwords"),
    "user.unlock": _("unlocked"),
    "user.change_password": _("own password changed"),
    "user.reset_password": _("password reset"),
    "user.add_second_factor": _("second factor switched on"),
    "user.remove_second_factor": _("second factor switched off"),
    "user.renew_recovery_codes": _("recovery codes renewed"),
    "user.reset_second_factor": _("second factor reset"),
    "user.link_sign_on": _("single sign-on linked"),
    "role.grant": _("role granted"),
    "role.end": _("role ended"),
    "leave.plan": _("leave planned"),
    "leave.cancel": _("leave cancelled"),
    "token.create": _("API token made"),
    "token.revoke": _("API token revoked"),
    "second_factor.require": _("second factor required for a role"),
    "second_factor.waive": _("second factor no longer required"),
    "people.import": _("people imported"),
    "log.export": _("audit log exported"),
    "log.read_reason": _("reason read in the audit log"),
}
OBJECTS: Mapping[str, str | Promise] = {
    "user": _("person"),
    "role": _("role"),
    "role_kind": _("role"),
    "leave": _("leave"),
    "people": _("table of people"),
    "areas": _("table of areas"),
    "log": _("audit log"),
    "token": _("API token"),
    "case": _("case"),
    "area": _("area"),
    "unit": _("unit"),
    "message": pgettext_lazy("audit", "message"),
    "gateway": _("gateway"),
    "notices": _("notices"),
    "notice_text": _("text of a notice"),
}


def known_events() -> list[tuple[str, str]]:
    """Return every event with its word, ordered by name."""
    theirs: Mapping[str, str | Promise] = import_string(settings.LINLI_EVENT_WORDS)
    return sorted((name, str(label)) for name, label in {**EVENTS, **theirs}.items())


def event_label(event: str) -> str:
    """Return an event in words; one nobody named keeps its own name."""
    theirs: Mapping[str, str | Promise] = import_string(settings.LINLI_EVENT_WORDS)
    return str(EVENTS.get(event) or theirs.get(event) or event)


def object_label(kind: str) -> str:
    """Return what kind of thing an entry is about."""
    return str(OBJECTS.get(kind, kind))
