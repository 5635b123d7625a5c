"""Collecting: every event once, of the area and the kind asked for, without a word about a person."""

import json
import threading
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from linli.areas.actions.open_unit import UnitData, open_unit
from linli.audit.bulk import BulkEntry
from linli.audit.record import record, record_all
from linli.cases.actions.parties import PartyData
from linli.exchange.actions.collect import collect
from linli.exchange.actions.pause import pause, resume
from linli.exchange.envelope import matches
from linli.exchange.models import Delivery
from linli.exchange.tests.conftest import Subscribe
from tests.cast import BEIJING_ROAD, COUNTY, GUANGZHOU_ROAD, TUESDAY, Cast, make_case

NOW = timezone.now()


def told() -> list[dict[str, Any]]:
    """Return the messages that wait, in their order."""
    return [
        json.loads(body) for body in Delivery.objects.order_by("id").values_list("body", flat=True)
    ]


def test_without_a_subscription_nothing_is_read_and_nothing_written(cast: Cast) -> None:
    make_case(cast)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert collect(at=NOW) == 0
    assert len([q for q in queries if "SAVEPOINT" not in q["sql"]]) == 1
    assert not Delivery.objects.exists()


def test_what_was_before_is_nobodys_news(cast: Cast, subscribed: Subscribe) -> None:
    make_case(cast)
    row, _secret = subscribed()
    make_case(cast)
    collect(at=NOW)
    assert len(told()) == 1
    assert collect(at=NOW) == 0
    actor = cast.actor("administrator")
    pause(row.pk, actor=actor, at=NOW)
    make_case(cast)
    assert collect(at=NOW) == 0
    resume(row.pk, actor=actor, at=NOW)
    make_case(cast)
    collect(at=NOW)
    assert len(told()) == 2


def test_patterns_and_areas_choose(cast: Cast, subscribed: Subscribe) -> None:
    subscribed(patterns=["unit.*", "case.assign"], area=BEIJING_ROAD)
    admin = cast.actor("administrator")
    for area in (BEIJING_ROAD, GUANGZHOU_ROAD):
        open_unit(area, kind="team", data=UnitData(name="巡逻队"), actor=admin, at=NOW)
    make_case(cast)
    collect(at=NOW)
    (message,) = told()
    assert (message["type"], message["data"]["area"]) == ("unit.open", BEIJING_ROAD)


def test_nothing_about_people_and_no_tip_ever_leaves(cast: Cast, subscribed: Subscribe) -> None:
    subscribed(patterns=["*"])
    party = PartyData(role="applicant", name="欧阳秘密", phone="13900001234")
    case = make_case(cast, title="欧阳秘密家漏水", description="欧阳秘密说", parties=[party])
    facts = {
        "handler": str(cast.users["mediator"].id),
        "note": "a" * 64,
        "title": "欧阳",
        "days": 3,
    }
    record("case", case.id, "case.extend", actor=cast.users["clerk"].id, at=TUESDAY, facts=facts)
    record("tip", case.id, "tip.give", actor=None, at=TUESDAY, facts={"area": COUNTY})
    collect(at=NOW)
    text = "".join(Delivery.objects.values_list("body", flat=True))
    assert "欧阳" not in text
    assert "1390000" not in text
    assert "tip" not in text
    for user in cast.users.values():
        assert str(user.id) not in text
    assert told()[-1]["data"]["facts"] == {"days": 3}


@pytest.mark.parametrize(
    ("event", "patterns", "meant"),
    [
        ("case.resolve", ["case.resolve"], True),
        ("case.resolve", ["case.*"], True),
        ("case.resolve", ["*"], True),
        ("case.resolve", ["case.resume", "unit.*"], False),
        ("tip.give", ["*"], False),
        ("tip.give", ["tip.give"], False),
    ],
)
def test_patterns(event: str, patterns: list[str], meant: bool) -> None:
    assert matches(event, patterns) is meant


def test_many_at_once_come_in_batches_and_in_order(cast: Cast, subscribed: Subscribe) -> None:
    subscribed(patterns=["x.*"])
    entries = [BulkEntry("x", str(i), "x.y", None, TUESDAY, {"days": i}) for i in range(25)]
    record_all(entries)
    while collect(at=NOW, most=7):
        pass
    assert [message["data"]["id"] for message in told()] == [str(i) for i in range(25)]


@pytest.mark.django_db(transaction=True)
def test_an_entry_that_commits_late_is_not_jumped_over(cast: Cast, subscribed: Subscribe) -> None:
    subscribed(patterns=["x.*"])
    written, go_on = threading.Event(), threading.Event()

    def slowly() -> None:
        with transaction.atomic():
            record("x", "slow", "x.y", actor=None, at=TUESDAY)
            written.set()
            go_on.wait(10)
        connection.close()

    thread = threading.Thread(target=slowly)
    thread.start()
    written.wait(10)
    record("x", "quick", "x.y", actor=None, at=TUESDAY)
    collect(at=NOW)
    assert [message["data"]["id"] for message in told()] == ["quick"]
    go_on.set()
    thread.join()
    collect(at=NOW)
    assert [message["data"]["id"] for message in told()] == ["quick", "slow"]
