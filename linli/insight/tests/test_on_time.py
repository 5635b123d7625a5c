"""On time is what the deadline said at the moment of the resolution, and is forgotten by reopen."""

from datetime import timedelta

import pytest

from linli.accounts.scope import acting
from linli.cases.actions.accept import accept_case
from linli.cases.actions.assign import assign_case
from linli.cases.actions.reopen import reopen_case
from linli.cases.actions.resolve import resolve_case
from linli.cases.models import Case
from linli.insight import queries
from linli.kernel.periods import Period
from tests.cast import LONGMENLI, TUESDAY, make_case, make_cast


@pytest.mark.django_db
@pytest.mark.parametrize(("days", "on_time"), [(0, True), (1, True), (40, False)])
def test_a_resolution_is_on_time_or_not(days: int, on_time: bool) -> None:
    cast = make_cast()
    clerk, mediator = cast.actor("clerk"), cast.actor("mediator")
    at = TUESDAY + timedelta(days=days)
    with acting(clerk):
        case = make_case(cast)
        assign_case(case.id, actor=clerk, at=TUESDAY)
    with acting(mediator):
        accept_case(case.id, actor=mediator, at=TUESDAY)
        resolve_case(case.id, note="双方达成一致", actor=mediator, at=at)
    counts = queries.figures(LONGMENLI, Period(), at).total()
    assert (counts.cases, counts.resolved, counts.on_time) == (1, 1, int(on_time))
    with acting(mediator):
        reopen_case(case.id, note="又漏水了", actor=mediator, at=at)
    assert Case.objects.get(pk=case.id).on_time is None
    counts = queries.figures(LONGMENLI, Period(), at).total()
    assert (counts.cases, counts.resolved, counts.on_time) == (1, 0, 0)
