"""Which roles need a second factor."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.accounts.models import RoleKind, SecondFactorRule
from linli.accounts.policy import may_set_rules
from linli.audit.record import record
from linli.kernel.errors import Invalid, NotPermitted


@transaction.atomic
def set_second_factor_rules(kinds: Collection[str], *, actor: Actor, at: datetime) -> None:
    """Ask holders of exactly these roles for a second factor, from their next request on."""
    if not may_set_rules(actor):
        raise NotPermitted(_("Only an administrator of the whole city sets these rules."))
    if unknown := set(kinds) - set(RoleKind.values):
        raise Invalid(_("There is no role “%(role)s”.") % {"role": min(unknown)})
    before = set(SecondFactorRule.objects.values_list("kind", flat=True))
    for kind in sorted(set(kinds) - before):
        SecondFactorRule.objects.create(kind=kind)
        record("role_kind", kind, "second_factor.require", actor=actor.user_id, at=at)
    for kind in sorted(before - set(kinds)):
        SecondFactorRule.objects.filter(kind=kind).delete()
        record("role_kind", kind, "second_factor.waive", actor=actor.user_id, at=at)
