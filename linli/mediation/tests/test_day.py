"""A mediator's day: what is due, whose it is, and what the morning's notices tell."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.accounts.actor import SYSTEM
from linli.accounts.scope import acting
from linli.cases.tests.desk import text_of
from linli.kernel.errors import IllegalMove, Invalid, NotPermitted
from linli.mediation.actions.remind import remind_mediation
from linli.mediation.actions.remind_due import remind_of_due
from linli.mediation.models import FollowUp, Mediation, Obligation, Seat
from linli.mediation.queries.day import due, mine
from linli.mediation.tests.table import TODAY, Table, noon, told
from linli.notices.models import Message, Notice

LATE = TODAY - timedelta(days=2)


def open_owed(mediation: Mediation) -> Obligation:
    """Return the first obligation."""
    return Obligation.objects.filter(mediation=mediation).order_by("position")[0]


def kinds(table: Table, name: str, day: date = TODAY) -> list[tuple[str, date]]:
    """Return what is due of a person's own mediations."""
    actor = table.cast.actor(name)
    with acting(actor):
        return [(one.kind, one.day) for one in due(mine(actor), day)]


def remind(table: Table, mediation: Mediation, who: str = "mediator", **more: object) -> None:
    """Remind of the first obligation."""
    given = {"obligation": open_owed(mediation).id, **more}
    table.act(who, remind_mediation, mediation.id, **given)


def test_a_reminder_is_written_down_once_a_day(table: Table) -> None:
    mediation = table.in_effect(instalments=[("10000.00", LATE)])
    remind(table, mediation)
    assert open_owed(mediation).reminded_on == TODAY
    assert told(mediation)[-1] == "remind"
    with pytest.raises(IllegalMove):
        remind(table, mediation)
    with pytest.raises(NotPermitted):
        remind(table, mediation, "clerk")


def test_a_message_goes_to_the_telephone_the_debtor_left(table: Table) -> None:
    case = table.case()
    mediation = table.in_effect(case, instalments=[("10000.00", LATE)])
    with pytest.raises(Invalid) as refused:
        remind(table, mediation, by_message=True)
    assert "by_message" in refused.value.fields
    assert open_owed(mediation).reminded_on is None
    table.phone(mediation, "respondent", "13800000000")
    remind(table, mediation, by_message=True)
    [message] = Message.objects.filter(kind="party_due")
    assert (message.channel, message.user_id) == ("sms", None)


def test_the_page_reminds(table: Table) -> None:
    mediation = table.in_effect(instalments=[("10000.00", LATE)])
    page, client = f"/mediations/{mediation.id}/", table.client("mediator")
    assert page + "remind/" in text_of(client.get(page))
    step = {"version": mediation.version, "obligation": str(open_owed(mediation).id)}
    assert client.post(page + "remind/", step).status_code == 302
    assert client.post(page + "remind/", step | {"version": "9999"}).status_code == 409


def test_what_is_due_of_ones_own(table: Table) -> None:
    table.in_effect(instalments=[("5000.00", LATE), ("5000.00", TODAY + timedelta(days=40))])
    assert kinds(table, "mediator") == [("payment", LATE)]
    # The other mediator of the committee has no seat in it.
    assert kinds(table, "second_mediator") == []
    Seat.objects.all().delete()
    assert kinds(table, "second_mediator") == [("payment", LATE)]


def test_the_window_for_the_court_and_the_follow_ups(table: Table) -> None:
    effective = TODAY - timedelta(days=25)
    mediation = table.in_effect(effective_on=effective)
    found = dict(kinds(table, "mediator"))
    assert found["window"] == date(2026, 3, 16)  # the thirtieth day is a Sunday
    day = effective + timedelta(days=30)
    FollowUp.objects.create(mediation=mediation, turn=1, due_on=day)
    assert dict(kinds(table, "mediator"))["follow_up"] == day
    assert "window" not in dict(kinds(table, "mediator", TODAY + timedelta(days=10)))


def test_the_day_is_a_page_and_costs_the_same_for_many(table: Table) -> None:
    client = table.client("mediator")
    assert "今天和这一周没有" in text_of(client.get("/mediations/"))
    counts = []
    for _turn in range(2):
        table.in_effect(instalments=[("10000.00", LATE)])
        with CaptureQueriesContext(connection) as found:
            page = text_of(client.get("/mediations/?view=mine"))
        counts.append(len(found))
    assert "已逾期" in page
    assert counts[0] == counts[1]
    assert "已逾期" not in text_of(table.client("clerk").get("/mediations/?view=mine"))


def test_the_page_leaves_the_shell_its_words(table: Table) -> None:
    """A page's tabs once emptied the links at the foot of a phone."""
    page = text_of(table.client("mediator").get("/mediations/"))
    assert 'class="tab-link" href=""' not in page
    assert page.count('class="tab-link" href="/') >= 3


def test_the_morning_tells_each_occasion_once(table: Table) -> None:
    mediation = table.in_effect(instalments=[("10000.00", TODAY + timedelta(days=3))])
    with acting(SYSTEM):
        assert remind_of_due(at=noon(TODAY)) == 1
        assert remind_of_due(at=noon(TODAY + timedelta(days=1))) == 1
    mediator = table.cast.users["mediator"].id
    notices = Notice.objects.filter(kind="mediation_due")
    assert list(notices.values_list("user", "about_id")) == [(mediator, str(mediation.id))]
    with acting(SYSTEM):
        remind_of_due(at=noon(TODAY + timedelta(days=4)))
    assert notices.count() == 2  # due soon, and late
    with acting(SYSTEM):
        remind_of_due(at=noon(TODAY + timedelta(days=60)))
    assert notices.count() == 2
