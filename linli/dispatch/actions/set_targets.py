"""Set the targets that incidents of an area are measured by."""

from collections.abc import Mapping
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.areas.queries import area as find_area
from linli.dispatch.actions.setting import record_setting
from linli.dispatch.models import Targets
from linli.dispatch.policy import permit_set_for
from linli.kernel.errors import Invalid


@transaction.atomic
def set_targets(area: str, values: Mapping[str, int], *, actor: Actor, at: datetime) -> Targets:
    """Set what holds in an area and below; ``values`` are seconds by clock, and the share."""
    permit_set_for(actor, area)
    if area:
        find_area(area)
    try:
        with transaction.atomic():
            targets, _made = Targets.objects.update_or_create(area=area, defaults=dict(values))
    except IntegrityError:
        sentence = _("These targets are out of range.")
        raise Invalid(sentence, {"answer": sentence}) from None
    record_setting("targets", area or "-", actor, at, {"area": area, **values})
    return targets
