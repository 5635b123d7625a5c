"""The API: rules are read, matters asked about, drafts tried."""

from datetime import timedelta

import pytest
from django.utils import timezone

from linli.routing.tests.conftest import SignedIn
from linli.routing.tests.rules import put_on, worded, write
from tests.cast import BEIJING_ROAD, CITY, LONGMENLI, Cast, make_case

pytestmark = pytest.mark.django_db
ASKED = {"area": LONGMENLI, "kind": "dispute", "channel": "window", "category": "neighbour"}


def test_rules_are_read_and_asked(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in("clerk")
    assert client.get(f"/api/v1/areas/{CITY}/routing").json()["version"] is None
    on = put_on(cast, worded(cast.justice.id, kinds=("dispute",), why="就近"))
    found = client.get(f"/api/v1/areas/{CITY}/routing").json()
    assert found["version"] == 1
    assert found["rules"][0]["sentence"] == "Dispute of 金昌市 → 北京路司法所"
    asked = client.post("/api/v1/routing/ask", ASKED, content_type="application/json").json()
    assert asked["unit"] == str(cast.justice.id)
    assert (asked["rule"], asked["number"]) == (str(on.rules.get().id), "1.1")
    assert asked["reason"] == "就近"
    other = {**ASKED, "kind": "hazard", "category": None}
    asked = client.post("/api/v1/routing/ask", other, content_type="application/json").json()
    assert (asked["unit_name"], asked["rule"]) == ("龙门里社区", None)
    wrong = {**ASKED, "area": "110101"}
    status = client.post("/api/v1/routing/ask", wrong, content_type="application/json").status_code
    assert status == 404


def test_a_draft_is_tried_by_those_who_write_it(cast: Cast, signed_in: SignedIn) -> None:
    make_case(cast, at=timezone.now() - timedelta(days=2))
    rule = write(
        cast, worded(cast.justice.id, place=BEIJING_ROAD), area=BEIJING_ROAD, by="director"
    )
    address = f"/api/v1/areas/{BEIJING_ROAD}/routing/draft/test"
    assert signed_in("clerk").get(address).status_code == 403
    tried = signed_in("director").get(address).json()
    assert (tried["total"], tried["changed"]) == (1, 1)
    assert tried["hits"] == {str(rule.id): 1}
    assert tried["moves"] == [{"before": "龙门里社区", "after": "北京路司法所", "cases": 1}]
    assert (
        signed_in("administrator").get(f"/api/v1/areas/{CITY}/routing/draft/test").status_code
        == 404
    )
