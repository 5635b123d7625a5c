"""Keep a kind of supplies: its name, what it is counted in, and how much a store should have."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.dispatch.actions.setting import record_setting
from linli.dispatch.models import SupplyKind
from linli.dispatch.policy import permit_set_kinds
from linli.kernel.errors import Invalid


@transaction.atomic
def keep_supply_kind(
    code: str, *, name: str, name_en: str, measure: str, least: int, position: int, retired: bool,
    actor: Actor, at: datetime,
) -> SupplyKind:  # fmt: skip
    """Add a kind, or change it; what lies in stores of a kind that is no longer offered stays."""
    permit_set_kinds(actor)
    if not name.strip() or not measure.strip():
        sentence = _("A kind has a name and is counted in something.")
        raise Invalid(sentence, {"name": sentence})
    given = {
        "name": name.strip(), "name_en": name_en.strip(), "measure": measure.strip(),
        "least": least, "position": position, "retired": retired,
    }  # fmt: skip
    kept, _made = SupplyKind.objects.update_or_create(code=code, defaults=given)
    record_setting("supply_kind", code, actor, at, {"least": least, "retired": retired})
    return kept
