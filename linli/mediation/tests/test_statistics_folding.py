"""Folds beside folds, a rebuild beside writers, two writers of one mediation: exact all the while."""

import threading
from collections.abc import Callable
from random import Random

import pytest
from django.db import connection, connections, transaction

from linli.cases.models import Party
from linli.kernel.periods import Period
from linli.mediation.models import Fact, Mediation, Participant
from linli.mediation.rollup import fold, rebuild
from linli.mediation.tests.histories import add_mediation, counted_by_hand, do_something
from linli.mediation.tests.table import Table, lay_table
from linli.mediation.tests.test_statistics import answered
from tests.cast import CITY, make_cast

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def laid(tuesday: None) -> Table:
    """Return a table whose changes other sessions see."""
    return lay_table(make_cast())


def in_another_session(work: Callable[[], object]) -> threading.Thread:
    def run() -> None:
        try:
            work()
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def test_folds_at_once_count_once(laid: Table) -> None:
    random = Random(5)
    for _ in range(40):
        with transaction.atomic():
            do_something(random, laid)
    threads = [in_another_session(lambda: fold(batch=7)) for _ in range(3)]
    while any(thread.is_alive() for thread in threads):
        assert answered(CITY, Period()) == counted_by_hand(CITY, Period())
    for thread in threads:
        thread.join()
    assert fold() == 0
    assert answered(CITY, Period()) == counted_by_hand(CITY, Period())
    assert rebuild() == 0


def test_a_rebuild_beside_writers_counts_everything_once(laid: Table) -> None:
    random = Random(8)
    for _ in range(10):
        with transaction.atomic():
            add_mediation(random, laid)
    added = threading.Event()

    def write() -> None:
        with transaction.atomic():
            add_mediation(random, laid)
            added.set()
            connection.cursor().execute("SELECT pg_sleep(0.3)")

    writer = in_another_session(write)
    added.wait(timeout=30)
    rebuild()
    writer.join()
    assert Fact.objects.count() == 11
    assert answered(CITY, Period()) == counted_by_hand(CITY, Period())


def test_two_who_change_one_mediation_are_both_counted(laid: Table) -> None:
    with transaction.atomic():
        mediation = add_mediation(Random(9), laid)
    Mediation.objects.filter(pk=mediation.pk).update(hard=False)
    done = threading.Event()

    def join_in() -> None:
        with transaction.atomic():
            party = Party.objects.create(case=mediation.case, role="applicant")
            Participant.objects.create(mediation=mediation, party=party, part="party")
            done.set()
            connection.cursor().execute("SELECT pg_sleep(0.3)")

    other = in_another_session(join_in)
    done.wait(timeout=30)
    # Waits for the other's fact, and computes it from what is there then.
    Mediation.objects.filter(pk=mediation.pk).update(hard=True)
    other.join()
    fact = Fact.objects.get(mediation=mediation)
    assert (fact.hard, fact.parties) == (True, 1)
    assert answered(CITY, Period()) == counted_by_hand(CITY, Period())
