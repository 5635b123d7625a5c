"""Accept: both sides willing, the case in hand, the mediation's own clock."""

import pytest

from linli.cases.models import Clock
from linli.kernel.errors import IllegalMove, NotPermitted
from linli.mediation.actions.accept import accept_mediation
from linli.mediation.models import Mediation, Participant
from linli.mediation.tests.table import TODAY, Table, told


def test_its_clock_replaces_those_of_level_and_difficulty(table: Table) -> None:
    mediation = table.accepted()
    assert (mediation.state, mediation.accepted_on) == ("accepted", TODAY)
    running = Clock.objects.get(case=mediation.case, stopped_at=None)
    assert (running.kind, running.amount, running.unit) == ("mediation", 30, "calendar_days")
    assert mediation.case.due_at == running.due_at
    assert told(mediation) == ["apply", "seat", "accept"]


def test_one_side_alone_is_not_enough(table: Table) -> None:
    mediation = table.applied()
    Participant.objects.filter(mediation=mediation, side="respondent").update(consented_on=None)
    with pytest.raises(IllegalMove) as refused:
        table.act("mediator", accept_mediation, mediation.id)
    assert "3, 17" in str(refused.value.hint)
    assert table.fresh(mediation).state == "applied"


def test_who_may(table: Table) -> None:
    mediation = table.applied()
    with pytest.raises(NotPermitted):
        table.act("director", accept_mediation, mediation.id)
    table.act("second_mediator", accept_mediation, mediation.id)
    assert (
        Mediation.objects.get(pk=mediation.pk).seats.get().user
        == (table.cast.users["second_mediator"])
    )
