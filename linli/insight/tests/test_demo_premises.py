"""The demo's premises alone, in a city of people without a history."""

from collections import Counter
from datetime import UTC, datetime
from random import Random

import pytest

from linli.accounts.actor import SYSTEM
from linli.dispatch.models import Lot, Store
from linli.dispatch.queries.experts import orders
from linli.dispatch.queries.supplies import expiring
from linli.insight.demo.load import _save_city
from linli.insight.demo.places import CITY, places
from linli.insight.demo.premises import keep_premises
from linli.insight.demo.staff import recruit
from linli.insight.demo.supplies import keep_supplies
from linli.kernel.working_days import local_date
from linli.premises.models import Contact, Device, Hazard, Premises
from linli.premises.queries.coverage import coverage
from linli.premises.queries.due import due
from linli.premises.sealed import opened

# A Tuesday afternoon in Jinchang.
NOW = datetime(2026, 11, 24, 8, 12, tzinfo=UTC)


@pytest.mark.django_db
def test_the_city_has_its_premises_and_five_schools_are_not_covered() -> None:
    recruiter = recruit(places(Random("places")), Random("people"))
    _save_city(recruiter, NOW)
    keep_premises(recruiter.city, NOW)
    keep_supplies(NOW)
    assert Store.objects.count() == 4
    assert all(lot.on_hand > 0 for lot in Lot.objects.all())
    assert expiring(SYSTEM, local_date(NOW)).exists()
    assert all(order.next for order in orders(SYSTEM, NOW))
    counted = Counter(Premises.objects.values_list("kind", flat=True))
    assert counted == {
        "school": 117, "hotel": 167, "petrol_station": 28, "transport_station": 2, "compound": 6,
    }  # fmt: skip
    (schools,) = coverage(SYSTEM, CITY, kind="school", device="one_key_alarm")
    assert (schools.covered, schools.total) == (112, 117)
    assert {gap.why for one in schools.exceptions for gap in one.gaps} == {
        "unconnected", "offline", "fault",
    }  # fmt: skip
    late = Hazard.objects.filter(rule="inspection_overdue")
    assert late.count() == 4
    assert {hazard.premises.kind_id for hazard in late} == {"hotel"}
    today = local_date(NOW)
    assert sum(one.day < today for one in due(SYSTEM, CITY, today)["test"]) >= 3
    # Nobody and nothing of it can be taken for real.
    assert all("示例" in name for name in Premises.objects.values_list("name", flat=True))
    assert all("示例" in str(opened(one)["name"]) for one in Contact.objects.all()[:50])
    assert not Device.objects.exclude(secret=None).exists()
    assert not Premises.objects.filter(responsible=None).exists()
