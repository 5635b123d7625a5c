"""Keep a skill or a piece of equipment that run cards ask for."""

from datetime import datetime

from django.db import transaction

from linli.accounts.actor import Actor
from linli.dispatch.actions.setting import record_setting
from linli.dispatch.models import Capability
from linli.dispatch.policy import permit_set_kinds


@transaction.atomic
def keep_capability(
    code: str, *, sort: str, name: str, name_en: str, retired: bool, actor: Actor, at: datetime
) -> Capability:
    """Add a skill or a piece of equipment, or change it."""
    permit_set_kinds(actor)
    given = {"sort": sort, "name": name.strip(), "name_en": name_en.strip(), "retired": retired}
    kept, _made = Capability.objects.update_or_create(code=code, defaults=given)
    record_setting("capability", code, actor, at, {"sort": sort, "retired": retired})
    return kept
