"""Keep a field of experts: what it is called, and the incidents it fits."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.dispatch.actions.setting import record_setting
from linli.dispatch.models import Field, IncidentKind
from linli.dispatch.policy import permit_set_kinds
from linli.kernel.errors import Invalid


@transaction.atomic
def keep_field(
    code: str, *, name: str, name_en: str, kinds: Sequence[str], position: int, retired: bool,
    actor: Actor, at: datetime,
) -> Field:  # fmt: skip
    """Add a field, or change it; a field that is no longer offered keeps its experts and calls."""
    permit_set_kinds(actor)
    if not name.strip():
        sentence = _("A field has a name.")
        raise Invalid(sentence, {"name": sentence})
    if IncidentKind.objects.filter(pk__in=kinds).count() != len(set(kinds)):
        raise Invalid(_("Choose from the list."), {"kinds": _("Choose from the list.")})
    given = {
        "name": name.strip(), "name_en": name_en.strip(), "kinds": sorted(set(kinds)),
        "position": position, "retired": retired,
    }  # fmt: skip
    kept, _made = Field.objects.update_or_create(code=code, defaults=given)
    record_setting("field", code, actor, at, {"kinds": kept.kinds, "retired": retired})
    return kept
