"""A thin demo loads at whatever hour of whatever day somebody tries it."""

from datetime import UTC, datetime

import pytest

from linli.audit.verify import verify
from linli.cases import lifecycle
from linli.cases.models import Case, Event
from linli.insight.demo.load import load
from linli.mediation.models import Committee


@pytest.mark.django_db
@pytest.mark.parametrize(
    "now",
    [
        datetime(2026, 11, 22, 3, 0, tzinfo=UTC),  # a Sunday
        datetime(2026, 10, 5, 12, 0, tzinfo=UTC),  # the week of the National Day
        datetime(2026, 3, 8, 23, 50, tzinfo=UTC),  # a Monday, before the offices open
        datetime(2027, 2, 9, 16, 30, tzinfo=UTC),  # past midnight, in a year nobody has published
    ],
)
def test_it_loads(now: datetime) -> None:
    load(lambda step, done: None, share=0.004, now=now)
    assert Case.objects.filter(opened_at__lt="2023-03-08T16:00Z").count() == 251
    for case in Case.objects.filter(state__in=lifecycle.OPEN):
        verbs = Event.objects.filter(case=case).order_by("id").values_list("verb", flat=True)
        assert lifecycle.replay(verbs) == case.state
    assert not Event.objects.filter(at__gt=now).exists()
    # One in each of 182 villages and 18 townships, four of trades and works in each county.
    assert Committee.objects.count() == 208
    assert verify().ok
