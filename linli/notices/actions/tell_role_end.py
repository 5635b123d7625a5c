"""Tell role end: whoever loses a role because its unit was closed hears of it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_noop

from linli.areas.models import Unit
from linli.notices.actions.send import notify


def on_role_end(*, object_id: str, facts: Mapping[str, Any]) -> None:
    """Answer to ``role.end``, where the closing of a unit ended the role."""
    if "closed_unit" not in facts:
        return
    unit = Unit.objects.get(pk=facts["closed_unit"])
    notify(
        "role_ended", to_users=[UUID(facts["user"])], about=("unit", unit.id),
        at=datetime.fromisoformat(facts["at"]), key=object_id,
        rule=gettext_noop("you worked there"), unit=unit.name,
    )  # fmt: skip
