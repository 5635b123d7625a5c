"""What a move of the case does to its mediation, and what it may not do."""

import pytest
from django.db import DatabaseError, connection, transaction

from linli.cases.actions.assign import assign_case
from linli.cases.actions.resolve import resolve_case
from linli.cases.actions.return_ import return_case
from linli.cases.actions.withdraw import withdraw_case
from linli.cases.models import Case
from linli.kernel.errors import IllegalMove
from linli.mediation.actions.fail import fail_mediation
from linli.mediation.tests.table import Table, told


def test_a_withdrawn_case_ends_its_mediation(table: Table) -> None:
    mediation = table.accepted()
    table.act("mediator", withdraw_case, mediation.case_id, note="双方和好")
    ended = table.fresh(mediation)
    assert (ended.state, ended.end_reason) == ("ended", "withdrawn")
    assert told(mediation)[-1] == "end"


@pytest.mark.parametrize("act", [resolve_case, return_case])
def test_a_case_under_mediation_is_neither_resolved_nor_sent_away(
    table: Table, act: object
) -> None:
    mediation = table.accepted()
    with pytest.raises(IllegalMove):
        table.act("mediator", act, mediation.case_id, note="不行")  # type: ignore[arg-type]
    assert told(mediation)[-1] == "accept"


def test_nor_assigned_elsewhere(table: Table) -> None:
    mediation = table.accepted()
    with pytest.raises(IllegalMove):
        table.act("director", assign_case, mediation.case_id, unit=table.cast.justice.id)


def test_settled_before_it_was_accepted(table: Table) -> None:
    mediation = table.applied()
    table.act("mediator", resolve_case, mediation.case_id, note="双方自行和解")
    assert table.fresh(mediation).end_reason == "settled"
    assert told(mediation) == ["apply", "end"]


def test_after_a_failure_the_case_runs_by_its_own_clock(table: Table) -> None:
    mediation = table.accepted()
    table.act("mediator", fail_mediation, mediation.id, note="分歧太大", routes=["court"])
    case = Case.objects.get(pk=mediation.case_id)
    assert [clock.kind for clock in case.clocks.filter(stopped_at=None)] == ["difficulty"]
    assert table.fresh(mediation).routes == ["court"]


def test_the_database_insists(table: Table) -> None:
    mediation = table.accepted()
    with pytest.raises(DatabaseError), transaction.atomic():
        Case.objects.filter(pk=mediation.case_id).update(state="assigned")
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
