"""Report gone: a rule whose unit was closed or whose person left says so, once."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_noop

from linli.accounts.models import Role
from linli.accounts.queries import roles_on
from linli.areas.codes import above
from linli.audit.record import record
from linli.kernel.working_days import local_date
from linli.notices.actions.send import notify
from linli.routing.models import Rule
from linli.routing.policy import WRITERS
from linli.routing.queries.sets import gone_unreported
from linli.routing.sentences import target


@transaction.atomic
def report_gone(*, at: datetime) -> int:
    """Report each rule that is on and leads nowhere; return how many there were.

    Such a rule is passed over as long as it stands. Told again only in a later version.
    """
    rules = list(gone_unreported(at).select_for_update(of=("self",), skip_locked=True))
    for rule in rules:
        area = rule.set.area_id
        number = f"{rule.set.number}.{rule.position}"
        record("rule_set", rule.set_id, "routing.report_gone", actor=None, at=at,
               facts={"area": area, "rule": rule.id, "number": number})  # fmt: skip
        notify(
            "rule_gone", to_users=writers_of(area, at), about=("routing", area), at=at,
            key=str(rule.id), rule=gettext_noop("you write these rules"),
            routing_rule=number, unit=target(rule),
        )  # fmt: skip
    Rule.objects.filter(pk__in=[rule.pk for rule in rules]).update(reported_at=at)
    return len(rules)


def writers_of(area: str, at: datetime) -> list[UUID]:
    """Return the directors and administrators of the nearest area that has any."""
    held = roles_on(local_date(at)).filter(kind__in=WRITERS, user__is_active=True)
    roles: list[Role] = list(held.filter(area__in=above(area)))
    nearest = max((role.area for role in roles), default="")
    return sorted({role.user_id for role in roles if role.area == nearest})
