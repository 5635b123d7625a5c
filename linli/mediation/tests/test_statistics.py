"""The statistics form balances, and counts what took effect."""

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from linli.mediation.models import Event, Mediation
from linli.mediation.queries.statistics import figures, statistics
from linli.mediation.tests.table import TODAY, Table


def test_it_balances_over_types_sources_committees_and_forms(table: Table) -> None:
    table.accepted()
    table.in_state("agreed", form="oral")
    done = table.in_state("failed")
    archived = {"state": "archived", "archived_at": timezone.now(), "effective_on": TODAY}
    agreed = {"form": "written", "amount": Decimal("10000.00"), "hard": True, "averted": "fight"}
    Mediation.objects.filter(pk=done.pk).update(**archived, **agreed)
    Event.objects.create(
        mediation=done,
        verb="archive",
        at=timezone.now(),
        from_state="followed_up",
        to_state="archived",
    )
    told = figures("6203", TODAY, TODAY)
    assert (told.total, told.resolved, told.hard, told.rate) == (3, 1, 1, 33.3)
    for counts in (told.by_type, told.by_source, told.by_committee):
        assert sum(counts.values()) == told.total
    assert told.by_form == {"written": 1, "oral": 0}
    assert (told.amount, told.averted["fight"]) == (Decimal("10000.00"), 1)


def test_the_period_before_is_as_long(table: Table) -> None:
    mediation = table.accepted()
    earlier = mediation.opened_at - timedelta(days=2)
    Mediation.objects.filter(pk=mediation.pk).update(opened_at=earlier)
    told = statistics("6203", TODAY - timedelta(days=1), TODAY, timezone.now())
    assert told.before is not None
    assert (told.now.total, told.now.rate, told.before.total) == (0, None, 1)
