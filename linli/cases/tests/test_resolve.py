"""Resolve: the matter is settled, with an outcome that is written down."""

from linli.cases.models import Clock
from linli.cases.tests.desk import Desk, text_of


def test_outcome_level_and_the_clock_of_the_follow_up(desk: Desk) -> None:
    case = desk.done("mediator", desk.at("handling"), "resolve", note="楼上赔偿，双方和好")
    assert (case.state, case.resolved_level, case.outcome) == (
        "resolved", "village", "楼上赔偿，双方和好",
    )  # fmt: skip
    running = Clock.objects.get(case=case, stopped_at=None)
    assert running.kind == "follow_up"
    assert case.due_at == running.due_at


def test_an_outcome_is_needed(desk: Desk) -> None:
    answer = desk.post("mediator", desk.at("handling"), "resolve", note="")
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in text_of(answer)


def test_who_may(desk: Desk) -> None:
    assert desk.who_may(desk.at("handling"), "resolve") == {"mediator", "village_director"}
    assert desk.who_may(desk.at("assigned"), "resolve") == set()
