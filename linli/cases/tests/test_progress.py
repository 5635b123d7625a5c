"""Progress: what was done, in a sentence or two."""

from linli.cases.tests.desk import Desk, text_of


def test_it_stands_in_the_timeline_and_moves_nothing(desk: Desk) -> None:
    case = desk.at("handling")
    after = desk.done("mediator", case, "progress", note="上门查看，约定周五再谈")
    assert (after.state, after.due_at, after.version) == (case.state, case.due_at, case.version + 1)
    page = text_of(desk.client("mediator").get(f"/cases/{case.id}/"))
    assert "上门查看，约定周五再谈" in page


def test_an_empty_note_is_refused(desk: Desk) -> None:
    assert desk.post("mediator", desk.at("handling"), "progress", note="\n ").status_code == 422


def test_a_stale_page_keeps_what_was_typed_and_says_what_happened(desk: Desk) -> None:
    case = desk.at("handling")
    desk.done("village_director", case, "progress", note="主任先写了")
    answer = desk.post("mediator", case, "progress", note="我写了很长一段")
    page = text_of(answer)
    assert answer.status_code == 409
    assert "我写了很长一段" in page
    assert "village_director" in page
    assert "主任先写了" in page
    # The form now carries what the page shows: sent again, it is done.
    assert f'name="version" value="{case.version + 1}"' in page


def test_who_may(desk: Desk) -> None:
    assert desk.who_may(desk.at("handling"), "progress") == {"mediator", "village_director"}
