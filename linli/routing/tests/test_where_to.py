"""Where a matter goes: the nearest area's first rule that means it, and never nowhere."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from linli.accounts.models import Role
from linli.accounts.scope import acting
from linli.areas.models import Unit
from linli.cases.actions.assign import assign_case
from linli.cases.actions.edit_categories import add_category
from linli.cases.actions.return_ import return_case
from linli.cases.models import Case, Event
from linli.cases.tasks import assign_waiting, assign_waiting_many
from linli.routing.models import Edition, Rule
from linli.routing.queries import where_to, where_to_many
from linli.routing.tests.rules import matter, put_on, worded
from tests.cast import (
    BEIJING_ROAD,
    GRID,
    GUANGZHOU_ROAD,
    LONGMENLI,
    TUESDAY,
    Cast,
    make_case,
    make_user,
)

pytestmark = pytest.mark.django_db
# The same Tuesday at eight in the evening, and the Saturday after it at ten.
EVENING, SATURDAY = TUESDAY + timedelta(hours=10), TUESDAY + timedelta(days=4)


def goes_to(at: datetime = TUESDAY, **given: Any) -> Unit:
    route = where_to(matter(**given), at)
    assert route is not None
    return route.unit


def test_without_rules_it_goes_to_the_lowest_post(cast: Cast) -> None:
    assert goes_to() == cast.posts[LONGMENLI]
    assert goes_to(area=GRID) == cast.posts[GRID]
    cast.posts[LONGMENLI].closed_on = date(2026, 1, 1)
    cast.posts[LONGMENLI].save()
    assert goes_to() == cast.posts[BEIJING_ROAD]


@pytest.mark.parametrize(
    ("given", "meant", "other"),
    [
        ({"place": LONGMENLI}, {}, {"area": GUANGZHOU_ROAD}),
        ({"place": BEIJING_ROAD}, {"area": GRID}, {"area": GUANGZHOU_ROAD}),
        ({"kinds": ("dispute", "hazard")}, {}, {"kind": "request", "category": None}),
        ({"categories": ("neighbour",)}, {}, {"category": "family"}),
        ({"categories": ("neighbour",)}, {}, {"category": None}),
        ({"urgencies": ("utility", "danger")}, {"urgency": "utility"}, {}),
        ({"channels": ("phone",)}, {"channel": "phone"}, {}),
        ({"hours": "outside"}, {"at": EVENING}, {}),
        ({"hours": "outside"}, {"at": SATURDAY}, {}),
        ({"hours": "office"}, {}, {"at": SATURDAY}),
        ({"hours": "own", "days": "off"}, {"at": SATURDAY}, {}),
        ({"hours": "own", "days": "working"}, {"at": EVENING}, {"at": SATURDAY}),
        ({"hours": "own", "weekdays": (2,)}, {}, {"at": TUESDAY + timedelta(days=1)}),
        ({"hours": "own", "since": time(19), "until": time(7)}, {"at": EVENING}, {}),
        ({"starts": date(2026, 3, 10)}, {}, {"at": TUESDAY - timedelta(days=1)}),
        ({"ends": date(2026, 3, 10)}, {"at": EVENING}, {"at": TUESDAY + timedelta(days=1)}),
    ],
)
def test_each_condition_holds(
    cast: Cast, given: dict[str, Any], meant: dict[str, Any], other: dict[str, Any]
) -> None:
    put_on(cast, worded(cast.justice.id, **given))
    assert goes_to(**meant) == cast.justice
    assert goes_to(**other) != cast.justice


def test_a_category_means_those_under_it(cast: Cast) -> None:
    own = add_category(
        kind="dispute", parent="neighbour", name="广场舞", name_en="", at=TUESDAY,
        actor=cast.actor("administrator"),
    )  # fmt: skip
    put_on(cast, worded(cast.justice.id, categories=("neighbour",)))
    assert goes_to(category=own.code) == cast.justice


def test_the_first_wins_and_the_nearest_area_is_asked_first(cast: Cast) -> None:
    city = cast.posts["6203"].id
    put_on(cast, worded(city), worded(cast.justice.id))
    assert goes_to() == cast.posts["6203"]
    street = worded(cast.justice.id, place=BEIJING_ROAD)
    put_on(cast, street, area=BEIJING_ROAD, by="director")
    assert goes_to() == cast.justice
    assert goes_to(area=GUANGZHOU_ROAD) == cast.posts["6203"]


def close_it(cast: Cast) -> None:
    Unit.objects.filter(pk=cast.justice.id).update(closed_on=date(2026, 3, 1))


def end_the_role(cast: Cast) -> None:
    Role.objects.filter(user=cast.users["officer"]).update(ends=date(2026, 3, 9))


def lock_the_person_out(cast: Cast) -> None:
    type(cast.users["officer"]).objects.filter(pk=cast.users["officer"].id).update(is_active=False)


@pytest.mark.parametrize("leave", [close_it, end_the_role, lock_the_person_out])
def test_a_rule_whose_target_is_gone_is_passed_over(
    cast: Cast, leave: Callable[[Cast], None]
) -> None:
    officer = cast.users["officer"].id
    put_on(cast, worded(cast.justice.id, handler=officer), worded(cast.posts[BEIJING_ROAD].id))
    route = where_to(matter(), TUESDAY)
    assert route
    assert (route.unit, route.handler) == (cast.justice, officer)
    leave(cast)
    assert goes_to() == cast.posts[BEIJING_ROAD]
    assert where_to_many([matter()], TUESDAY) == [where_to(matter(), TUESDAY)]


def test_it_costs_one_statement_and_sees_every_switch(cast: Cast) -> None:
    put_on(cast, worded(cast.justice.id))
    goes_to()
    with CaptureQueriesContext(connection) as asked:
        assert goes_to() == cast.justice
    assert len(asked) == 1
    # Another process switches: the rules kept here are out of date and are not used.
    Edition.objects.update(token="00000000-0000-0000-0000-000000000001")
    Rule.objects.update(unit=cast.posts[GUANGZHOU_ROAD])
    assert goes_to() == cast.posts[GUANGZHOU_ROAD]


def test_a_case_goes_there_under_the_scope_of_a_desk_and_keeps_why(cast: Cast) -> None:
    """The rule's author may send further than the desk that follows it."""
    rules = put_on(cast, worded(cast.posts[GUANGZHOU_ROAD].id))
    case = make_case(cast)
    actor = cast.actor("clerk")
    with acting(actor):
        assign_case(case.id, actor=actor, at=TUESDAY)
    assert Case.objects.get(pk=case.id).holder == cast.posts[GUANGZHOU_ROAD]
    facts = Event.objects.get(case=case, verb="assign").facts
    assert facts["rule"] == str(rules.rules.get().id)
    assert facts["rule_number"] == "1.1"


def test_without_a_rule_the_case_says_so(cast: Cast) -> None:
    case = make_case(cast)
    assign_waiting(str(case.id))
    assert Event.objects.get(case=case, verb="assign").facts["lowest_post"] == LONGMENLI
    client = Client()
    client.force_login(cast.users["mediator"], backend="linli.accounts.backend.RoleBackend")
    assert "没有适用的规则" in client.get(f"/cases/{case.id}/").content.decode()


def test_a_person_gets_it_from_the_worker_too(cast: Cast) -> None:
    officer = cast.users["officer"]
    put_on(cast, worded(cast.justice.id, handler=officer.id))
    case = make_case(cast)
    assign_waiting(str(case.id))
    assert Case.objects.get(pk=case.id).handler == officer


def test_what_one_case_meets_keeps_no_other_at_the_desk(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = make_case(cast), make_case(cast)

    def refusing(case_id: UUID, **more: Any) -> Case:
        if case_id == first.id:
            raise ValueError
        return assign_case(case_id, **more)

    monkeypatch.setattr("linli.cases.tasks.assign_case", refusing)
    assign_waiting_many([str(first.id), str(second.id)])
    states = dict(Case.objects.values_list("pk", "state"))
    assert states == {first.id: "registered", second.id: "assigned"}


def test_what_a_unit_sent_back_is_not_sent_there_again(cast: Cast) -> None:
    put_on(cast, worded(cast.justice.id))
    case, clerk = make_case(cast), cast.actor("clerk")
    assign_case(case.id, actor=clerk, at=TUESDAY)
    return_case(case.id, note="不归我管", actor=cast.actor("officer"), at=TUESDAY)
    assign_case(case.id, actor=clerk, at=TUESDAY)
    assert Case.objects.get(pk=case.id).holder == cast.posts[LONGMENLI]


def test_a_matter_in_the_night_of_a_holiday(cast: Cast) -> None:
    """1 May 2026, a Friday and a public holiday: the office is closed at ten in the morning."""
    put_on(cast, worded(cast.justice.id, hours="outside"))
    assert goes_to(at=datetime(2026, 5, 1, 2, tzinfo=UTC)) == cast.justice
    # The make-up workday for it is a Saturday on which the office is open.
    assert goes_to(at=datetime(2026, 5, 9, 2, tzinfo=UTC)) != cast.justice


def test_another_person_of_the_unit(cast: Cast) -> None:
    second = make_user("second_officer", "department_officer", BEIJING_ROAD, cast.justice)
    put_on(
        cast,
        worded(cast.justice.id, handler=second.id, categories=("family",)),
        worded(cast.justice.id, handler=cast.users["officer"].id),
    )
    route = where_to(matter(), TUESDAY)
    assert route
    assert route.handler == cast.users["officer"].id
