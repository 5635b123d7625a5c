"""Change a kind of incident: what it is called, how urgent it is, whether it is on offer."""

from datetime import datetime

from django.db import transaction

from linli.accounts.actor import Actor
from linli.dispatch.actions.setting import known_priority, locked_setting, record_setting
from linli.dispatch.models import IncidentKind
from linli.dispatch.policy import permit_set_kinds


@transaction.atomic
def change_kind(
    code: str, *, priority: int, name: str, name_en: str, retired: bool, actor: Actor, at: datetime
) -> IncidentKind:
    """Change what a kind is called, how urgent it is, and whether it is on offer."""
    permit_set_kinds(actor)
    kind: IncidentKind = locked_setting(IncidentKind, code)
    kind.name, kind.name_en = name.strip(), name_en.strip()
    kind.priority, kind.retired = known_priority(priority), retired
    kind.save()
    facts = {"code": code, "priority": priority, "retired": retired}
    record_setting("kind", code, actor, at, facts)
    return kind
