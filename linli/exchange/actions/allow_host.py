"""Allow a host inside the city's own network, or allow it no longer."""

import re
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.audit.record import record
from linli.exchange.models import AllowedHost
from linli.exchange.policy import permit_hosts
from linli.kernel.errors import Invalid, NotFound

_HOST = re.compile(r"[a-z0-9]([a-z0-9.:-]{0,251}[a-z0-9])?")


@transaction.atomic
def allow_host(*, host: str, reason: str, actor: Actor, at: datetime) -> AllowedHost:
    """Put a name or number on the list: it may be sent to inside a network, and without TLS."""
    permit_hosts(actor)
    host, reason = host.strip().lower().rstrip("."), reason.strip()
    wrong: dict[str, str] = {}
    if not _HOST.fullmatch(host):
        wrong["host"] = _("Write a name or a number, without https:// and without a path.")
    if not 0 < len(reason) <= 120:
        wrong["reason"] = _("Write which system stands there, 120 characters at most.")
    if wrong:
        raise Invalid(_("The host was not allowed."), wrong)
    row, _is_new = AllowedHost.objects.update_or_create(
        host=host, defaults={"reason": reason, "at": at}
    )
    record("webhook_host", host[:40], "webhook.allow_host", actor=actor.user_id, at=at)
    return row


@transaction.atomic
def forbid_host(host: str, *, actor: Actor, at: datetime) -> None:
    """Take a host off the list; messages to it fail from now on."""
    permit_hosts(actor)
    removed, _kinds = AllowedHost.objects.filter(pk=host).delete()
    if not removed:
        raise NotFound(_("This host is not on the list."))
    record("webhook_host", host[:40], "webhook.forbid_host", actor=actor.user_id, at=at)
