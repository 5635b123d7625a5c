"""The parts that the verbs of settings share."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.audit.record import record
from linli.dispatch.choices import Priority
from linli.kernel.errors import Invalid, NotFound


def known_priority(value: int) -> int:
    """Return the priority; raise :class:`Invalid` for what is none."""
    if value not in Priority.values:
        raise Invalid(_("Choose a priority."), {"priority": _("Choose a priority.")})
    return value


def locked_setting(model: Any, key: Any) -> Any:
    """Return a setting with its row locked; raise :class:`NotFound` where there is none."""
    found = model.objects.select_for_update().filter(pk=key).first()
    if found is None:
        raise NotFound(_("There is nothing here."))
    return found


def record_setting(
    what: str, key: object, actor: Actor, at: datetime, facts: Mapping[str, Any]
) -> None:
    """Write a change of what is dispatched by into the log."""
    record(
        "dispatch_setting",
        str(key),
        f"dispatch.set_{what}",
        actor=actor.user_id,
        at=at,
        facts=facts,
    )
