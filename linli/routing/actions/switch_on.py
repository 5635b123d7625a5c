"""Switch on: a draft as a whole takes the place of what was on, or a former version comes back."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.kernel.errors import IllegalMove, Invalid, NotFound, Stale
from linli.routing.actions.step import (
    begin,
    copied,
    next_number,
    permitted,
    put_on,
    set_on,
    told,
)
from linli.routing.models import RuleSet
from linli.routing.queries.sets import gone_of


@transaction.atomic
def switch_on(
    area: str,
    *,
    actor: Actor,
    at: datetime,
    seen: int | None = None,
    instead_of: UUID | None = None,
) -> RuleSet:
    """Let the draft's rules send cases from now on.

    ``seen`` is the draft's version and ``instead_of`` the set that was on, both as the second look
    showed them; with ``seen`` None neither is compared.
    """
    draft = begin(area, actor, seen)
    before = set_on(area)
    _refuse_changed(before, instead_of, seen)
    for rule in gone_of(draft, at):
        raise Invalid(
            _("Rule %(number)s leads to somebody who is gone.") % {"number": rule.position}
        )
    put_on(draft, before, actor=actor, at=at)
    facts = {"instead_of": before.number if before else None, "rules": draft.rules.count()}
    told(draft, "switch_on", actor=actor, at=at, facts=facts)
    return draft


@transaction.atomic
def roll_back(
    area: str, number: int, *, actor: Actor, at: datetime, instead_of: UUID | None
) -> RuleSet:
    """Let the rules of a former version send cases again, as a new version; a draft stays a draft.

    ``instead_of`` is the set that was on when the page was shown. Rules whose target has gone since
    are passed over and reported as always.
    """
    code = permitted(area, actor)
    before = set_on(code)
    _refuse_changed(before, instead_of, number)
    former = RuleSet.objects.filter(area=code, number=number).first()
    if former is None:
        raise NotFound(_("There is no such version."))
    if former.switched_off_at is None:
        raise IllegalMove(_("Only a version that was on before can come back."))
    again = RuleSet(
        area_id=code, number=next_number(code), copied_from=former, made_at=at,
        made_by_id=actor.user_id, switched_on_at=at,
    )  # fmt: skip
    if before is not None:
        # Two can't be on at once, not even for a statement.
        before.switched_off_at = at
        before.save(update_fields=["switched_off_at"])
    again.save(force_insert=True)
    rules = copied(former, again)
    put_on(again, None, actor=actor, at=at)
    told(again, "roll_back", actor=actor, at=at, facts={"to": number, "rules": rules})
    return again


def _refuse_changed(on: RuleSet | None, instead_of: UUID | None, seen: int | None) -> None:
    if seen is not None and instead_of != (on.id if on else None):
        raise Stale(
            _("Other rules were switched on meanwhile."), _("Look at them again before you go on.")
        )
