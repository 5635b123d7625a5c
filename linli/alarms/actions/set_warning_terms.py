"""Set warning terms: who the city is in its warnings, and whether they are meant in earnest."""

import re
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.accounts.models import User
from linli.alarms.models import WarningTerms
from linli.alarms.policy import permit_connect
from linli.audit.record import record
from linli.kernel.errors import Invalid

# CAP: no spaces, commas or restricted characters.
_SENDER = re.compile(r"[^\s,<&]{3,120}")


@transaction.atomic
def set_warning_terms(*, sender: str, is_real: bool, actor: Actor, at: datetime) -> WarningTerms:
    """Say who warns and whether in earnest. A city with demo accounts only ever exercises."""
    permit_connect(actor)
    sender = sender.strip()
    if sender and not _SENDER.fullmatch(sender):
        sentence = _("A name without spaces and commas, such as warnings@city.gov.cn.")
        raise Invalid(sentence, {"sender": sentence})
    if is_real and not sender:
        raise Invalid(_("Say who warns."), {"sender": _("Say who warns.")})
    if is_real and User.objects.filter(loopback_only=True, is_active=True).exists():
        sentence = _("The demo city only exercises.")
        raise Invalid(sentence, {"is_real": sentence})
    values = {"sender": sender, "is_real": is_real}
    found, _new = WarningTerms.objects.update_or_create(pk=1, defaults=values)
    record("warning", "terms", "warning.set_terms", actor=actor.user_id, at=at, facts=values)
    return found
