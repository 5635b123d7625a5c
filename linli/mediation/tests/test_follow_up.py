"""Following up at 30 and 90 days; only after the last one the case turns green."""

from datetime import date
from typing import Any

import pytest

from linli.cases.models import Case, Clock
from linli.kernel.errors import IllegalMove, Invalid, NotPermitted
from linli.mediation.actions.breach import breach_mediation
from linli.mediation.actions.conclude import conclude_mediation
from linli.mediation.actions.follow_up import follow_up_mediation
from linli.mediation.actions.pay import pay_mediation
from linli.mediation.actions.schedule import schedule_follow_ups
from linli.mediation.models import FollowUp, Mediation, Obligation
from linli.mediation.tests.table import TODAY, Table, noon, told

SATISFIED: dict[str, Any] = {"way": "visit", "satisfaction": 5, "recurred": False}


def scheduled(table: Table, **more: Any) -> Mediation:
    """Return a mediation in effect since today, with its two turns."""
    mediation = table.in_effect(**more)
    schedule_follow_ups(mediation, noon(TODAY))
    return table.fresh(mediation)


def ask(table: Table, mediation: Mediation, day: date, **more: Any) -> None:
    """Follow up on a day."""
    given = SATISFIED | {"at": noon(day)} | more
    table.act("mediator", follow_up_mediation, mediation.id, **given)


def test_green_only_after_both(table: Table) -> None:
    mediation = scheduled(table)
    turns = FollowUp.objects.filter(mediation=mediation).order_by("turn")
    # The thirtieth day is a Thursday; the ninetieth a Monday.
    assert [turn.due_on for turn in turns] == [date(2026, 4, 9), date(2026, 6, 8)]
    with pytest.raises(IllegalMove):
        ask(table, mediation, date(2026, 4, 1))
    ask(table, mediation, date(2026, 4, 9), text="一切正常")
    running = Clock.objects.get(case=mediation.case, stopped_at=None)
    assert (running.kind, running.due_at.date()) == ("follow_up", date(2026, 6, 8))
    owed = Obligation.objects.get(mediation=mediation)
    paid = {"obligation": owed.id, "paid_on": TODAY}
    table.act("mediator", pay_mediation, mediation.id, **paid)
    with pytest.raises(IllegalMove):
        table.act("mediator", conclude_mediation, mediation.id, at=noon(date(2026, 4, 10)))
    assert Case.objects.get(pk=mediation.case_id).state == "resolved"
    ask(table, mediation, date(2026, 6, 8), satisfaction=4)
    table.act("mediator", conclude_mediation, mediation.id, at=noon(date(2026, 6, 8)))
    case = Case.objects.get(pk=mediation.case_id)
    assert (case.state, case.satisfaction) == ("closed", 4)
    assert told(mediation)[-3:] == ["perform", "follow_up", "conclude"]
    with pytest.raises(IllegalMove):
        ask(table, mediation, date(2026, 6, 9))


def test_what_is_wrong(table: Table) -> None:
    mediation = scheduled(table)
    for wrong in ({"satisfaction": 6}, {"way": "pigeon"}):
        with pytest.raises(Invalid):
            ask(table, mediation, date(2026, 4, 9), **wrong)
    with pytest.raises(NotPermitted):
        given = SATISFIED | {"at": noon(date(2026, 4, 9))}
        table.act("clerk", follow_up_mediation, mediation.id, **given)


def test_a_breach_is_concluded_when_a_court_has_it(table: Table) -> None:
    mediation = scheduled(table, instalments=[("10000.00", date(2026, 4, 10))])
    owed = Obligation.objects.get(mediation=mediation)
    broken: dict[str, Any] = {"obligation": owed.id, "note": "未付", "at": noon(date(2026, 4, 11))}
    table.act("mediator", breach_mediation, mediation.id, breach_step="urge", **broken)
    for day in (date(2026, 4, 12), date(2026, 6, 8)):
        ask(table, mediation, day)
    end = noon(date(2026, 6, 9))
    with pytest.raises(IllegalMove):
        table.act("mediator", conclude_mediation, mediation.id, at=end)
    Obligation.objects.filter(pk=owed.pk).update(breach_step="sue")
    table.act("mediator", conclude_mediation, mediation.id, at=end)
    assert table.fresh(mediation).state == "followed_up"


def test_the_page_offers_it_when_it_is_time(table: Table) -> None:
    mediation = scheduled(table)
    page = table.client("mediator").get(f"/mediations/{mediation.id}/").content.decode()
    assert "2026-04-09" in page
    assert f"/mediations/{mediation.id}/follow_up/" not in page
