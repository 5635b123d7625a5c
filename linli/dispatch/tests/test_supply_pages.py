"""The pages of stores and experts: a request from the asking to the return; a call with its number."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from linli.cases.tests.conftest import tuesday
from linli.cases.tests.desk import BACKEND
from linli.dispatch.models import CallOut, Expert, Listing, Lot, Store, SupplyRequest
from linli.dispatch.tests.stock import Stock, make_stock
from tests.cast import CITY, LONGMENLI, make_cast

__all__ = ["tuesday"]


@pytest.fixture
def stock(db: None, tuesday: None) -> Stock:
    return make_stock(make_cast())


def client(stock: Stock, name: str) -> Client:
    made = Client()
    made.force_login(stock.cast.users[name], backend=BACKEND)
    return made


def sent(browser: Client, view: str, *args: Any, **data: Any) -> str:
    """Send a form that must be taken and return the page it leads to."""
    answer = browser.post(reverse(f"dispatch:{view}", args=args), data, follow=True)
    assert answer.redirect_chain, view
    return answer.content.decode()


def test_from_the_asking_to_the_return(stock: Stock) -> None:
    keeper, director = client(stock, "keeper"), client(stock, "director")
    page = sent(keeper, "receive", stock.store.id, kind="water", quantity="10",
                expires_on="2026-03-20", mark="一批")  # fmt: skip
    assert "2026-03-20" in page
    assert "临期" in director.get(reverse("dispatch:stores")).content.decode()
    told = {"unit": str(stock.cast.justice.id), "why": "送水", "want_water": "4"}
    refused = director.post(
        reverse("dispatch:request_supplies", args=[stock.store.id]), told | {"want_water": ""}
    )
    assert refused.status_code == 422
    sent(director, "request_supplies", stock.store.id, **told)
    request = SupplyRequest.objects.get()
    assert "已预留" in sent(keeper, "supply_step", request.id, "commit", yes="1")
    assert "已发放" in sent(keeper, "supply_step", request.id, "release", yes="1")
    assert "不能这样办理" in sent(keeper, "supply_step", request.id, "commit", yes="1")
    page = keeper.post(reverse("dispatch:return_supplies", args=[request.id]), {"back_water": "5"})
    assert page.status_code == 422
    assert "已了结" in sent(keeper, "return_supplies", request.id, back_water="3")
    lot = Lot.objects.get()
    assert lot.on_hand == 9
    sent(keeper, "of_lot", lot.id, "count", found="8")
    page = sent(keeper, "of_lot", lot.id, "write_off", quantity="8", why="过期")
    assert "库内没有物资" in page
    # The officer's unit asked: its people see what became of it, and where it lies.
    officer = client(stock, "officer")
    assert officer.get(reverse("dispatch:supply_request", args=[request.id])).status_code == 200
    page = officer.get(reverse("dispatch:store", args=[stock.store.id]))
    assert "物资入库" not in page.content.decode()
    neighbour = client(stock, "neighbour_clerk")
    assert neighbour.get(reverse("dispatch:store", args=[stock.store.id])).status_code == 404
    sent(keeper, "close_store", stock.store.id)
    made = sent(director, "open_store", name="二号库", area=LONGMENLI, unit=str(stock.team.id))
    assert "二号库" in made
    assert Store.objects.filter(closed_at=None).count() == 1


def test_an_expert_is_called(stock: Stock) -> None:
    director, dispatcher = client(stock, "city_director"), client(stock, "city_dispatcher")
    told = {"name": "甲示例", "phone": "0935 1234567", "job": "消防工程师", "area": CITY,
            "fields_": ["fire", "gas"]}  # fmt: skip
    assert (
        director.post(reverse("dispatch:add_expert"), told | {"hours": "随时"}).status_code == 422
    )
    page = sent(director, "add_expert", **told)
    sent(director, "add_expert", **told | {"name": "乙示例"})
    assert "甲**" in page
    assert "甲示例" not in page
    first = Expert.objects.order_by("id")[0]
    address = reverse("dispatch:call_expert", args=[first.id, "fire"])
    assert "1234567" not in dispatcher.get(address).content.decode()
    answer = dispatcher.post(address, {"why": "商场起火"})
    assert "0935 1234567" in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    page = sent(dispatcher, "answer_call", CallOut.objects.get().id, answer="no_answer")
    assert "无人接听" in page
    second = Listing.objects.filter(field="fire").order_by("place")[1]
    director.post(reverse("dispatch:raise_expert", args=[second.id]))
    second.refresh_from_db()
    assert second.place == 1
    sent(director, "expert_away", first.id, until=date(2026, 3, 12).isoformat())
    sent(director, "retire_expert", first.id)
    assert Expert.objects.filter(retired_at=None).count() == 1


@pytest.mark.parametrize("view", ["stores", "experts"])
def test_auditors_have_nothing_to_do_here(stock: Stock, view: str) -> None:
    assert client(stock, "auditor").get(reverse(f"dispatch:{view}")).status_code == 403
