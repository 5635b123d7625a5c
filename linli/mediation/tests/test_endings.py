"""Refuse, extend, end, remediate: the rule, who may, and what is written down."""

from datetime import timedelta

import pytest

from linli.cases.models import Case, Clock
from linli.kernel.errors import IllegalMove, Invalid, NotPermitted
from linli.mediation.actions.end import end_mediation
from linli.mediation.actions.extend import extend_mediation
from linli.mediation.actions.refuse import refuse_mediation
from linli.mediation.actions.remediate import remediate_mediation
from linli.mediation.models import Agreement, Note
from linli.mediation.tests.table import Table, told


def test_refused_with_a_reason_and_the_other_routes(table: Table) -> None:
    mediation = table.applied()
    reason = {"note": "法院已受理", "routes": ["court", "arbitration"]}
    with pytest.raises(NotPermitted):
        table.act("director", refuse_mediation, mediation.id, **reason)
    with pytest.raises(Invalid):
        table.act("mediator", refuse_mediation, mediation.id, **reason | {"note": ""})
    with pytest.raises(Invalid):
        table.act("mediator", refuse_mediation, mediation.id, **reason | {"routes": []})
    table.act("mediator", refuse_mediation, mediation.id, **reason)
    refused = table.fresh(mediation)
    assert (refused.state, refused.routes) == ("not_accepted", ["court", "arbitration"])
    assert refused.ended_at is not None
    assert Note.objects.get(mediation=mediation).text == "法院已受理"
    # The case goes on by itself.
    assert refused.case.state == "handling"
    assert told(mediation) == ["apply", "refuse"]


def test_not_refused_once_accepted(table: Table) -> None:
    mediation = table.accepted()
    with pytest.raises(IllegalMove) as refused:
        table.act("mediator", refuse_mediation, mediation.id, note="晚了", routes=["court"])
    assert "17" in str(refused.value.hint)


def test_both_may_agree_on_thirty_days_more_and_no_more(table: Table) -> None:
    mediation = table.accepted()
    due = mediation.due_on
    assert due is not None
    with pytest.raises(NotPermitted):
        table.act("clerk", extend_mediation, mediation.id, days=5)
    table.act("mediator", extend_mediation, mediation.id, days=10)
    later = table.fresh(mediation)
    assert (later.due_on, later.extended_days) == (due + timedelta(days=10), 10)
    assert Clock.objects.filter(case=mediation.case, kind="mediation", stopped_at=None).count() == 1
    for days in (0, 21):
        with pytest.raises(Invalid) as wrong:
            table.act("mediator", extend_mediation, mediation.id, days=days)
        assert "20" in str(wrong.value.fields["days"])
    assert told(mediation)[-1] == "extend"


def test_no_more_time_before_acceptance(table: Table) -> None:
    with pytest.raises(IllegalMove):
        table.act("mediator", extend_mediation, table.applied().id, days=5)


def test_ended_for_a_reason_of_the_list(table: Table) -> None:
    mediation = table.mediating()
    with pytest.raises(NotPermitted):
        table.act("director", end_mediation, mediation.id, reason="settled", note="和好")
    with pytest.raises(Invalid) as wrong:
        table.act("mediator", end_mediation, mediation.id, reason="tired", note="和好")
    assert "reason" in wrong.value.fields
    with pytest.raises(Invalid):
        table.act("mediator", end_mediation, mediation.id, reason="settled", note="")
    table.act("mediator", end_mediation, mediation.id, reason="settled", note="双方自行和好")
    ended = table.fresh(mediation)
    assert (ended.state, ended.end_reason) == ("ended", "settled")
    running = Clock.objects.filter(case=mediation.case, stopped_at=None)
    assert [clock.kind for clock in running] == ["difficulty"]
    assert told(mediation)[-1] == "end"


def test_an_agreement_in_effect_is_not_ended(table: Table) -> None:
    with pytest.raises(IllegalMove):
        table.act("mediator", end_mediation, table.in_effect().id, reason="other", note="反悔")


def test_back_to_the_table_with_the_case_and_a_new_clock(table: Table) -> None:
    mediation = table.in_effect()
    with pytest.raises(NotPermitted):
        table.act("clerk", remediate_mediation, mediation.id, note="不归我")
    with pytest.raises(Invalid):
        table.act("mediator", remediate_mediation, mediation.id, note=" ")
    table.act("mediator", remediate_mediation, mediation.id, note="法院裁定驳回")
    again = table.fresh(mediation)
    assert (again.state, again.case.state) == ("mediating", "handling")
    assert again.due_on is not None
    assert again.ended_at is None
    # The agreement stands until another one takes its place.
    assert Agreement.objects.get(mediation=mediation).state == "effective"
    assert Case.objects.get(pk=mediation.case_id).due_at is not None
    assert told(mediation)[-1] == "remediate"


def test_nothing_to_remediate_before_an_agreement(table: Table) -> None:
    with pytest.raises(IllegalMove) as refused:
        table.act("mediator", remediate_mediation, table.mediating().id, note="再来")
    assert "32" in str(refused.value.hint)
