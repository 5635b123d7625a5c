"""Folds beside folds, folds that are killed, and figures that are exact all the while."""

import threading
from collections.abc import Callable
from random import Random

import pytest
from django.db import connection, connections, transaction

from linli.insight import queries, rollup
from linli.insight.models import Delta, Facet
from linli.insight.rollup import fold, rebuild
from linli.insight.tests.histories import NOW, add_case, counted_by_hand, do_something
from linli.insight.tests.test_exact import answered
from linli.kernel.periods import Period
from tests.cast import CITY, make_cast

pytestmark = pytest.mark.django_db(transaction=True)


def in_another_session(work: Callable[[], object]) -> threading.Thread:
    def run() -> None:
        try:
            work()
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def test_two_folds_at_once_count_once() -> None:
    cast = make_cast()
    random = Random(5)
    for _ in range(80):
        do_something(random, cast.posts[CITY])
    threads = [in_another_session(lambda: fold(batch=7)) for _ in range(3)]
    while any(thread.is_alive() for thread in threads):
        assert answered(CITY, Period()) == counted_by_hand(CITY, Period())
    for thread in threads:
        thread.join()
    assert fold() == 0
    assert answered(CITY, Period()) == counted_by_hand(CITY, Period())


def test_a_fold_leaves_rows_that_another_has_in_hand() -> None:
    cast = make_cast()
    add_case(Random(6), cast.posts[CITY])
    with transaction.atomic():
        Delta.objects.select_for_update().get()
        in_another_session(fold).join(timeout=5)
        assert Delta.objects.count() == 1
    assert fold() == 1


def test_a_killed_fold_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    cast = make_cast()
    random = Random(7)
    for _ in range(20):
        add_case(random, cast.posts[CITY])
    before = answered(CITY, Period())

    class KilledError(Exception):
        pass

    def killed() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(rollup._FOLD, [5000])
            raise KilledError

    with pytest.raises(KilledError):
        killed()
    assert Delta.objects.count() == 20
    assert answered(CITY, Period()) == before
    assert fold() == 20
    assert answered(CITY, Period()) == before


def test_a_rebuild_beside_writers_counts_everything_once() -> None:
    cast = make_cast()
    random = Random(8)
    for _ in range(30):
        add_case(random, cast.posts[CITY])
    added = threading.Event()

    def write() -> None:
        with transaction.atomic():
            add_case(random, cast.posts[CITY])
            added.set()
            connection.cursor().execute("SELECT pg_sleep(0.3)")

    writer = in_another_session(write)
    added.wait(timeout=5)
    rebuild()
    writer.join()
    assert queries.figures(CITY, Period(), NOW, [Facet.STATE]).total().cases == 31
    assert answered(CITY, Period()) == counted_by_hand(CITY, Period())
