"""Resume: a suspended case goes on with the time it had left."""

from datetime import timedelta

import time_machine

from linli.cases.tests.desk import Desk
from tests.cast import TUESDAY


def test_the_days_that_were_left_are_left_again(desk: Desk) -> None:
    before = desk.at("handling")
    case = desk.done("mediator", before, "suspend", note="当事人住院")
    with time_machine.travel(TUESDAY + timedelta(days=7)):
        desk.clients.clear()  # the session ended with that working day
        case = desk.done("mediator", case, "resume", note="出院了")
    assert case.state == "handling"
    # From a Tuesday to the next: five working days and the weekend between.
    assert case.due_at - before.due_at == timedelta(days=7)  # type: ignore[operator]


def test_only_what_is_suspended(desk: Desk) -> None:
    assert desk.post("mediator", desk.at("handling"), "resume").status_code == 409
    assert desk.who_may(desk.at("suspended"), "resume") == {"mediator", "village_director"}
