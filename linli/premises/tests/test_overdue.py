"""An inspection that was not made is a hazard, once; its people hear of it; inspecting closes it."""

from datetime import date, timedelta

import pytest

from linli.kernel.errors import IllegalMove
from linli.notices.models import Notice
from linli.premises.actions.find_overdue import find_overdue, remind_of_tests
from linli.premises.actions.inspect import inspect_premises
from linli.premises.actions.look_again import look_again
from linli.premises.models import Hazard
from linli.premises.tests.town import Town
from tests.cast import GRID, TUESDAY

YESTERDAY, TODAY = date(2026, 3, 9), date(2026, 3, 10)


def test_an_overdue_inspection_is_a_hazard_once(town: Town) -> None:
    late = town.place(name="迟检宾馆", area_id=GRID, inspection_due=YESTERDAY)
    town.place(name="今天", inspection_due=TODAY)
    town.place(name="已关", inspection_due=YESTERDAY, closed_on=YESTERDAY)
    assert find_overdue(at=TUESDAY) == 1
    assert find_overdue(at=TUESDAY) == 0
    hazard = Hazard.objects.get()
    assert (hazard.premises, hazard.rule) == (late, "inspection_overdue")
    assert (hazard.case.kind, hazard.case.holder) == ("hazard", town.cast.posts[GRID])
    told = Notice.objects.filter(kind="premises_due")
    assert [notice.user_id for notice in told] == [town.cast.users["grid_worker"].id]


def test_only_inspecting_closes_it(town: Town) -> None:
    late = town.place(area_id=GRID, inspection_due=YESTERDAY)
    find_overdue(at=TUESDAY)
    hazard = Hazard.objects.get()
    with pytest.raises(IllegalMove):
        town.act("grid_worker", look_again, hazard.id, mended=True)
    town.act("grid_worker", inspect_premises, late.id, town.lines())
    hazard.refresh_from_db()
    assert (hazard.state, hazard.case.state) == ("closed", "resolved")
    assert find_overdue(at=TUESDAY + timedelta(days=1)) == 0


def test_the_citys_day_counts_and_not_the_clocks(town: Town) -> None:
    """At half past midnight in Jinchang it is still yesterday in UTC."""
    town.place(inspection_due=YESTERDAY)
    assert find_overdue(at=TUESDAY - timedelta(hours=11)) == 0
    assert find_overdue(at=TUESDAY - timedelta(hours=9, minutes=30)) == 1


def test_late_alarm_tests_are_told_once(town: Town) -> None:
    place = town.place(area_id=GRID)
    town.device(place, test_due=YESTERDAY)
    town.device(place, test_due=YESTERDAY, name="二号")
    town.device(place, test_due=TODAY, name="三号")
    assert remind_of_tests(at=TUESDAY) == 1
    remind_of_tests(at=TUESDAY)
    assert Notice.objects.filter(kind="premises_due").count() == 1
