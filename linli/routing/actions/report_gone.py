"""Report gone: a rule whose unit was closed or whose person left says so, once."""

from datetime import datetime

from django.db import transaction

from linli.audit.record import record
from linli.routing.models import Rule
from linli.routing.queries.sets import gone_unreported


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
    Rule.objects.filter(pk__in=[rule.pk for rule in rules]).update(reported_at=at)
    return len(rules)
