"""The API of stores: a request from the asking to the return, once for a key; experts unnamed."""

from typing import Any

import pytest
from django.utils import timezone

from linli.accounts.models import ApiToken
from linli.accounts.tokens import digest_of, new_token
from linli.cases.tests.conftest import tuesday
from linli.cases.tests.test_api import Caller
from linli.dispatch.actions.experts import ExpertData, add_expert
from linli.dispatch.models import Lot, SupplyRequest
from linli.dispatch.tests.stock import Stock, make_stock
from tests.cast import CITY, make_cast

__all__ = ["tuesday"]


@pytest.fixture
def stock(db: None, tuesday: None) -> Stock:
    return make_stock(make_cast())


def caller(stock: Stock, name: str, *scopes: str) -> Caller:
    raw = new_token()
    ApiToken.objects.create(
        user=stock.cast.users[name], name="测试", digest=digest_of(raw),
        scopes=list(scopes or ("supplies:read", "supplies:write")),
        expires_at="2030-01-01T00:00:00Z",
    )  # fmt: skip
    return Caller(raw)


def test_from_the_asking_to_the_return(stock: Stock) -> None:
    keeper, director = caller(stock, "keeper"), caller(stock, "director")
    (store,) = director.get("/stores").json()
    once = {"Idempotency-Key": "k1"}
    came = {"kind": "water", "quantity": 6, "expires_on": "2026-03-20"}
    for _turn in range(2):
        assert keeper.post(f"/stores/{store['id']}/receive", came, **once).status_code == 201
    assert Lot.objects.get().on_hand == 6
    asked: dict[str, Any] = {
        "unit": str(stock.cast.justice.id), "why": "送水", "wanted": {"water": 4}
    }  # fmt: skip
    made = director.post(f"/stores/{store['id']}/requests", asked, **once)
    assert made.status_code == 201, made.content
    assert director.post(f"/stores/{store['id']}/requests", asked, **once).json() == made.json()
    assert SupplyRequest.objects.count() == 1
    address = f"/supply-requests/{made.json()['id']}"
    assert director.post(f"{address}/commit", {}).status_code == 200
    assert keeper.post(f"{address}/release", {}).json()["state"] == "out"
    assert keeper.post(f"{address}/cancel", {}).status_code == 409
    assert keeper.post(f"{address}/return", {"back": {"water": 5}}).status_code == 422
    assert keeper.post(f"{address}/return", {"back": {"water": 1}}).json()["state"] == "returned"
    (line,) = director.get(f"/stores/{store['id']}/stock").json()
    assert (line["on_hand"], line["free"]) == (3, 3)
    (lot,) = keeper.get("/supplies/expiring").json()
    assert lot["expires_on"] == "2026-03-20"
    assert caller(stock, "neighbour_clerk").get("/stores").json() == []
    assert (
        caller(stock, "director", "supplies:read").post(f"{address}/commit", {}).status_code == 403
    )


def test_experts_come_without_name_and_number(stock: Stock) -> None:
    data = ExpertData(name="甲示例", phone="000-1234", area=CITY, job="工程师", fields=["fire"])
    stock.act("city_director", add_expert, data, at=timezone.now())
    answer = caller(stock, "city_dispatcher").get("/experts", field="fire")
    assert [one["readiness"] for one in answer.json()] == ["ready"]
    assert "甲" not in answer.content.decode()
    assert "1234" not in answer.content.decode()
