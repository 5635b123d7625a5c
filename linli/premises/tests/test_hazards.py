"""A hazard and its case never disagree, and only somebody who looked again closes it."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection

from linli.cases.actions.accept import accept_case
from linli.cases.actions.assign import assign_case
from linli.cases.actions.close import close_case
from linli.cases.actions.decline import decline_case
from linli.cases.actions.follow_up import follow_up_case
from linli.cases.actions.merge import merge_case
from linli.cases.actions.reopen import reopen_case
from linli.cases.actions.resolve import resolve_case
from linli.cases.actions.withdraw import withdraw_case
from linli.cases.models import Case
from linli.kernel.errors import IllegalMove, Invalid, NotPermitted
from linli.premises import lifecycle
from linli.premises.actions.look_again import look_again
from linli.premises.models import Event, Hazard, Look
from linli.premises.tests.town import Town
from tests.cast import GRID, make_case


def mended(town: Town) -> Hazard:
    """Return a hazard whose case the grid worker resolved."""
    hazard = town.hazard()
    grid = town.cast.posts[GRID]
    town.act("grid_worker", assign_case, hazard.case_id, unit=grid.id)
    town.act("grid_worker", accept_case, hazard.case_id)
    town.act("grid_worker", resolve_case, hazard.case_id, note="已更换")
    hazard.refresh_from_db()
    return hazard


def test_a_resolved_case_says_it_is_mended_and_no_more(town: Town) -> None:
    hazard = mended(town)
    assert hazard.state == "mended"
    follow = {"way": "visit", "satisfaction": 5, "recurred": False}
    town.act("grid_worker", follow_up_case, hazard.case_id, **follow)
    with pytest.raises(IllegalMove):
        town.act("grid_worker", close_case, hazard.case_id)
    town.act("grid_worker", look_again, hazard.id, mended=True)
    town.act("grid_worker", close_case, hazard.case_id)
    hazard.refresh_from_db()
    assert (hazard.state, hazard.case.state) == ("closed", "closed")


def test_looking_again_resolves_a_case_that_is_still_open(town: Town) -> None:
    hazard = town.hazard()
    town.act("grid_worker", look_again, hazard.id, mended=True, note="已换新")
    hazard.refresh_from_db()
    case = Case.objects.get(pk=hazard.case_id)
    assert (hazard.state, case.state) == ("closed", "resolved")
    assert "已换新" in case.outcome


def test_not_mended_takes_the_case_up_again(town: Town) -> None:
    hazard = mended(town)
    with pytest.raises(Invalid):
        town.act("grid_worker", look_again, hazard.id, mended=False)
    due = date(2026, 3, 20)
    town.act("grid_worker", look_again, hazard.id, mended=False, note="仍过期", due_on=due)
    hazard.refresh_from_db()
    assert (hazard.state, hazard.due_on, hazard.case.state) == ("open", due, "handling")
    assert Look.objects.get().mended is False


def test_a_director_far_from_the_case_may_look_and_settles_it_all_the_same(town: Town) -> None:
    hazard = town.hazard()
    town.act("city_director", look_again, hazard.id, mended=True)
    hazard.refresh_from_db()
    assert hazard.case.state == "resolved"


def test_a_clerk_looks_at_nothing(town: Town) -> None:
    with pytest.raises(NotPermitted):
        town.act("clerk", look_again, town.hazard().id, mended=True)


def test_a_reopened_case_opens_its_hazard(town: Town) -> None:
    hazard = mended(town)
    town.act("grid_worker", look_again, hazard.id, mended=True)
    town.act("clerk", reopen_case, hazard.case_id, note="又坏了")
    hazard.refresh_from_db()
    assert (hazard.state, hazard.closed_at) == ("open", None)


@pytest.mark.parametrize(
    ("verb", "by"), [(withdraw_case, "grid_worker"), (decline_case, "village_director")]
)
def test_a_case_that_ends_otherwise_ends_its_hazard(
    town: Town, verb: Callable[..., Any], by: str
) -> None:
    hazard = town.hazard()
    town.act(by, verb, hazard.case_id, note="登记有误")
    hazard.refresh_from_db()
    assert hazard.state == "dropped"


def test_a_merged_case_takes_its_hazards_along(town: Town) -> None:
    hazard = town.hazard()
    other = make_case(town.cast, kind="hazard", category="fire", title="同一隐患", area=GRID)
    town.act("village_director", merge_case, hazard.case_id, into=other.id)
    hazard.refresh_from_db()
    assert (hazard.case_id, hazard.state) == (other.id, "open")


def test_the_database_refuses_what_disagrees(town: Town) -> None:
    hazard = town.hazard()
    Hazard.objects.filter(pk=hazard.pk).update(state="mended")
    with pytest.raises(IntegrityError, match="disagree"), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_every_state_of_a_case_goes_with_a_state_of_its_hazard() -> None:
    from linli.cases.lifecycle import STATES

    for state in STATES:
        assert any(lifecycle.agrees(hazard, state) for hazard in lifecycle.STATES), state


def test_history_tells_it(town: Town) -> None:
    hazard = mended(town)
    what = Event.objects.filter(premises=hazard.premises_id).order_by("id")
    assert [event.what for event in what] == ["hazard", "inspected", "hazard_mended"]
