"""Stock is a ledger: never below nothing, what expires first goes first, nothing is had twice."""

from collections.abc import Sequence
from datetime import date, timedelta
from threading import Barrier, Thread
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Sum
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linli.accounts.scope import acting
from linli.audit.models import Entry
from linli.cases.tests.conftest import tuesday
from linli.dispatch.actions.remind_expiring import remind_expiring
from linli.dispatch.actions.stores import close_store, count_lot, receive_supplies, write_off
from linli.dispatch.actions.supplies import (
    cancel_supplies,
    commit_supplies,
    release_supplies,
    return_supplies,
)
from linli.dispatch.allocation import Free, give_back, take
from linli.dispatch.models import Lot, Movement, Store, SupplyRequest
from linli.dispatch.queries.supplies import expiring, holdings
from linli.dispatch.supply_policy import stores_visible_to
from linli.dispatch.tests.stock import Stock, make_stock
from linli.kernel.errors import IllegalMove, Invalid, NotFound, NotPermitted, Refused
from linli.kernel.ids import new_id
from linli.notices.models import Notice
from tests.cast import make_cast

__all__ = ["tuesday"]
TODAY = date(2026, 3, 10)


@pytest.fixture
def stock(db: None, tuesday: None) -> Stock:
    """Return an empty store."""
    return make_stock(make_cast())


def sums(lot: Lot) -> tuple[int, int]:
    """Return what the lot says, after checking that the ledger says the same."""
    lot.refresh_from_db()
    told = Movement.objects.filter(lot=lot).aggregate(there=Sum("on_hand"), aside=Sum("committed"))
    assert (lot.on_hand, lot.committed) == (told["there"] or 0, told["aside"] or 0)
    return lot.on_hand, lot.committed


def test_asked_set_aside_handed_out_and_back(stock: Stock) -> None:
    lot = stock.receive(10)
    request = stock.ask(torch=6)
    assert sums(lot) == (10, 0)
    stock.act("keeper", commit_supplies, request.id)
    assert sums(lot) == (10, 6)
    stock.act("keeper", release_supplies, request.id)
    assert sums(lot) == (4, 0)
    with pytest.raises(Invalid):
        stock.act("keeper", return_supplies, request.id, {"torch": 7})
    stock.act("keeper", return_supplies, request.id, {"torch": 5})
    assert sums(lot) == (9, 0)
    request.refresh_from_db()
    assert (request.state, request.settled_at is not None) == ("returned", True)
    with pytest.raises(IllegalMove):
        stock.act("keeper", cancel_supplies, request.id)
    told = Entry.objects.filter(event__startswith="supplies.").order_by("id")
    assert [entry.event for entry in told] == [
        "supplies.request", "supplies.commit", "supplies.release", "supplies.return",
    ]  # fmt: skip


def test_what_is_called_off_can_be_had_by_others(stock: Stock) -> None:
    lot = stock.receive(5)
    first, second = stock.ask(torch=4), stock.ask(torch=4)
    stock.act("keeper", commit_supplies, first.id)
    with pytest.raises(IllegalMove, match=r"enough|不足"):
        stock.act("keeper", commit_supplies, second.id)
    assert sums(lot) == (5, 4)
    stock.act("director", cancel_supplies, first.id)
    stock.act("keeper", commit_supplies, second.id)
    assert sums(lot) == (5, 4)


def test_all_or_nothing(stock: Stock) -> None:
    lot = stock.receive(5)
    request = stock.ask(torch=5, radio=1)
    with pytest.raises(IllegalMove):
        stock.act("keeper", commit_supplies, request.id)
    assert sums(lot) == (5, 0)


def test_what_expires_first_goes_first_and_nothing_expired_goes(stock: Stock) -> None:
    late = stock.receive(5, "water", TODAY + timedelta(days=90))
    soon = stock.receive(5, "water", TODAY + timedelta(days=5))
    old = stock.receive(5, "water", TODAY - timedelta(days=1))
    request = stock.ask(water=7)
    stock.act("keeper", commit_supplies, request.id)
    assert (sums(soon), sums(late), sums(old)) == ((5, 5), (5, 2), (5, 0))
    (line,) = holdings(stock.store, TODAY)
    assert (line.on_hand, line.committed, line.expired, line.free) == (15, 7, 5, 3)
    listed = expiring(stock.cast.actor("director"), TODAY)
    assert [lot.id for lot in listed] == [old.id, soon.id]
    with pytest.raises(Invalid):
        stock.act("keeper", write_off, soon.id, quantity=1, why="过期")
    stock.act("keeper", write_off, old.id, quantity=5, why="过期")
    assert sums(old) == (0, 0)


def test_who_keeps_a_store_hears_once_what_expires(stock: Stock) -> None:
    stock.receive(5, "water", TODAY + timedelta(days=30))
    stock.receive(5, "water", TODAY + timedelta(days=31))
    for _turn in range(2):
        assert remind_expiring(at=timezone.now()) == 1
    told = Notice.objects.filter(kind="supplies_due")
    assert [notice.user_id for notice in told] == [stock.cast.users["keeper"].id]


def test_a_count_is_a_movement(stock: Stock) -> None:
    lot = stock.receive(10)
    stock.act("keeper", count_lot, lot.id, found=8)
    assert sums(lot) == (8, 0)
    stock.act("keeper", commit_supplies, stock.ask(torch=8).id)
    with pytest.raises(Invalid):
        stock.act("keeper", count_lot, lot.id, found=7)


def test_the_database_keeps_the_ledger(stock: Stock) -> None:
    lot = stock.receive(3)
    with pytest.raises(IntegrityError), transaction.atomic():
        Movement.objects.create(lot=lot, kind="release", on_hand=-4, at=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        Movement.objects.create(lot=lot, kind="commit", committed=4, at=timezone.now())
    with pytest.raises(IntegrityError, match="movements only"), transaction.atomic():
        Lot.objects.filter(pk=lot.pk).update(on_hand=9)
    with pytest.raises(IntegrityError, match="movements only"), transaction.atomic():
        Lot.objects.create(store=stock.store, kind_id="radio", on_hand=1)
    assert sums(lot) == (3, 0)


def test_who_sees_and_keeps_a_store(stock: Stock) -> None:
    told = {"kind": "torch", "quantity": 1}
    for name, refusal in (
        ("clerk", NotPermitted), ("neighbour_clerk", NotFound), ("officer", NotFound),
        ("auditor", NotFound),
    ):  # fmt: skip
        with pytest.raises(refusal):
            stock.act(name, receive_supplies, stock.store.id, **told)
    stock.act("administrator", receive_supplies, stock.store.id, **told)
    request = stock.ask(torch=1)
    # The unit it is for sees what became of it, and the store; the neighbours see neither.
    for name, seen in (("officer", 1), ("neighbour_clerk", 0), ("clerk", 1), ("auditor", 0)):
        actor = stock.cast.actor(name)
        filtered = Store.objects.filter(stores_visible_to(actor)).count()
        with acting(actor):
            assert Store.objects.count() == filtered == seen
            assert SupplyRequest.objects.filter(pk=request.id).count() == seen
    with pytest.raises(IllegalMove):
        stock.act("keeper", close_store, stock.store.id)


steps = st.lists(
    st.tuples(
        st.sampled_from(["receive", "ask", "commit", "release", "return", "cancel"]),
        st.integers(0, 4),
        st.integers(1, 6),
    ),
    max_size=14,
)


@pytest.mark.django_db
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=steps)
def test_whatever_happens_the_ledger_adds_up(
    stock: Stock, steps: Sequence[tuple[str, int, int]]
) -> None:
    """A plain count of what came in, went out and came back is what lies there at the end."""
    Movement.objects.all().exists()
    asked: list[SupplyRequest] = []
    with transaction.atomic():
        store = Store.objects.create(
            area_id=stock.store.area_id, unit=stock.team, name=str(new_id())
        )
        world = Stock(stock.cast, stock.team, store)
        there = out = 0
        for step, which, many in steps:
            if step == "receive":
                world.receive(many)
                there += many
            elif step == "ask":
                asked.append(world.ask(torch=many))
            elif asked:
                request = asked[which % len(asked)]
                wanted = request.lines.get().quantity
                if _tried(world, step, request, min(many, wanted)):
                    out += {"release": wanted, "return": -min(many, wanted)}.get(step, 0)
        lots = list(Lot.objects.filter(store=store))
        held = [sums(lot) for lot in lots]
        assert sum(on_hand for on_hand, _aside in held) == there - out
        aside = SupplyRequest.objects.filter(store=store, state="committed")
        assert sum(c for _there, c in held) == sum(r.lines.get().quantity for r in aside)


def _tried(world: Stock, step: str, request: SupplyRequest, many: int) -> bool:
    acts = {"commit": commit_supplies, "release": release_supplies, "cancel": cancel_supplies}
    try:
        if step == "return":
            world.act("keeper", return_supplies, request.id, {"torch": many})
        else:
            world.act("keeper", acts[step], request.id)
    except IllegalMove:
        return False
    return True


# What migrations brought is there again: other tests of this kind empty all tables.
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_requests_at_once_never_have_the_same_stock() -> None:
    stock = make_stock(make_cast())
    for _turn in range(3):
        lot = stock.receive(5)
        free = lot.on_hand - lot.committed
        requests = [stock.ask(torch=free) for _ in range(2)]
        outcomes = _at_once(stock, [request.id for request in requests])
        assert sorted(outcome is None for outcome in outcomes) == [False, True]
        assert isinstance(next(one for one in outcomes if one), IllegalMove)
        on_hand, committed = sums(lot)
        assert committed == on_hand


def _at_once(stock: Stock, requests: list[UUID]) -> list[Refused | None]:
    barrier = Barrier(len(requests))
    outcomes: list[Refused | None] = [None] * len(requests)

    def run(place: int, request: UUID) -> None:
        barrier.wait()
        try:
            stock.act("keeper", commit_supplies, request)
        except Refused as refusal:
            outcomes[place] = refusal
        finally:
            connection.close()

    threads = [Thread(target=run, args=pair) for pair in enumerate(requests)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
        assert not thread.is_alive(), "they wait for one another"
    return outcomes


@given(
    lots=st.lists(
        st.tuples(st.one_of(st.none(), st.integers(-5, 50)), st.integers(0, 9)), max_size=8
    ),
    wanted=st.integers(1, 40),
)
def test_what_is_taken_is_there_fresh_and_the_oldest(
    lots: list[tuple[int | None, int]], wanted: int
) -> None:
    free = [
        Free(UUID(int=n), None if days is None else TODAY + timedelta(days=days), many)
        for n, (days, many) in enumerate(lots)
    ]
    taken = dict(take(free, wanted, TODAY))
    usable = [one for one in free if one.expires_on is None or one.expires_on >= TODAY]
    assert sum(taken.values()) == min(wanted, sum(one.free for one in usable))
    by_lot = {one.lot: one for one in usable}
    assert all(0 < many <= by_lot[lot].free for lot, many in taken.items())
    left = [
        by_lot[one.lot].expires_on or date.max for one in usable if taken.get(one.lot, 0) < one.free
    ]
    last = max((by_lot[lot].expires_on or date.max for lot in taken), default=date.min)
    assert all(day >= last for day in left)
    back = dict(give_back(list(taken.items()), wanted))
    assert back == taken
