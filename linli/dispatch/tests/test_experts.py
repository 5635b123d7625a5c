"""Experts: their order, who can be called now, a call for one desk at a time, numbers on record."""

from datetime import date, timedelta

import pytest

from linli.accounts.scope import acting
from linli.audit.models import Entry
from linli.cases.tests.conftest import tuesday
from linli.dispatch.actions.experts import (
    ExpertData,
    add_expert,
    answer_call,
    call_out,
    raise_expert,
    retire_expert,
    set_away,
)
from linli.dispatch.models import CallOut, Expert
from linli.dispatch.queries.experts import Order, opened, orders
from linli.dispatch.tests.stock import Stock, make_stock
from linli.kernel.errors import IllegalMove, Invalid, NotPermitted
from linli.premises.hours import read_hours
from tests.cast import CITY, TUESDAY, make_cast

__all__ = ["tuesday"]


@pytest.fixture
def pool(db: None, tuesday: None) -> Stock:
    """Return the cast with three experts for fires, called in this order: 甲, 乙, 丙."""
    stock = make_stock(make_cast())
    for name, hours in (
        ("甲示例", ""),
        ("乙示例", "周一至周五 09:00-18:00"),
        ("丙示例", "每天 20:00-23:00"),
    ):
        data = ExpertData(
            name=name, phone="000-1234", area=CITY, job="消防工程师", fields=["fire"],
            hours=read_hours(hours),
        )  # fmt: skip
        stock.act("city_director", add_expert, data)
    return stock


def fire(pool: Stock) -> Order:
    """Return the order for fires."""
    actor = pool.cast.actor("city_dispatcher")
    with acting(actor):
        (found,) = orders(actor, TUESDAY)
    return found


def test_the_first_who_can_be_called_is_next(pool: Stock) -> None:
    order = fire(pool)
    assert [(line.name, line.readiness) for line in order.lines] == [
        ("甲**", "ready"), ("乙**", "ready"), ("丙**", "off_hours"),
    ]  # fmt: skip
    first = order.lines[0].expert
    call, told = pool.act("city_dispatcher", call_out, first.id, "fire", why="商场起火")
    assert told == {"name": "甲示例", "phone": "000-1234"}
    following = fire(pool).next
    assert following is not None
    assert following.name == "乙**"
    with pytest.raises(IllegalMove):
        pool.act("city_director", call_out, first.id, "fire", why="另一处")
    pool.act("city_dispatcher", answer_call, call.id, answer="no_answer")
    with pytest.raises(IllegalMove):
        pool.act("city_dispatcher", answer_call, call.id, answer="coming")
    assert [line.readiness for line in fire(pool).lines] == ["ready", "ready", "off_hours"]
    events = [e.event for e in Entry.objects.filter(object_id=str(first.id)).order_by("id")]
    assert events == ["expert.add", "expert.call", "expert.answer"]


def test_away_and_order(pool: Stock) -> None:
    order = fire(pool)
    until = date(2026, 3, 12)
    pool.act("city_director", set_away, order.lines[0].expert.id, until=until)
    pool.act("city_director", raise_expert, order.lines[2].listing.id)
    assert [(line.name, line.readiness) for line in fire(pool).lines] == [
        ("甲**", "away"), ("丙**", "off_hours"), ("乙**", "ready"),
    ]  # fmt: skip
    with pytest.raises(Invalid):
        pool.act(
            "city_director", set_away, order.lines[0].expert.id, until=until - timedelta(days=9)
        )


def test_who_keeps_the_pool_and_who_calls(pool: Stock) -> None:
    expert = Expert.objects.order_by("id").first()
    assert expert is not None
    with pytest.raises(NotPermitted):
        pool.act("administrator", call_out, expert.id, "fire", why="看看")
    data = ExpertData(name="x", phone="1", area=CITY, job="y", fields=["fire"])
    with pytest.raises(NotPermitted):
        pool.act("director", add_expert, data)
    with pytest.raises(Invalid):
        pool.act(
            "administrator", add_expert, ExpertData(name="", phone="", area=CITY, job="", fields=[])
        )
    with acting(pool.cast.actor("clerk")):
        assert not Expert.objects.exists()


def test_whoever_leaves_the_pool_leaves_no_number(pool: Stock) -> None:
    expert = fire(pool).lines[0].expert
    call, _told = pool.act("city_dispatcher", call_out, expert.id, "fire", why="演练")
    with pytest.raises(IllegalMove):
        pool.act("city_director", retire_expert, expert.id)
    pool.act("city_dispatcher", answer_call, call.id, answer="done")
    pool.act("city_director", retire_expert, expert.id)
    expert.refresh_from_db()
    assert (bytes(expert.personal), opened(expert)) == (b"", {})
    assert CallOut.objects.count() == 1
    assert len(fire(pool).lines) == 2
