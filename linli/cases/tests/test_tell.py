"""Tell: who learns what of a case, from the log, once; and many at once as one."""

from collections import Counter
from datetime import timedelta

from django.utils import timezone

from linli.accounts.actor import SYSTEM
from linli.cases.actions.assign import assign_case
from linli.cases.actions.assist import assist_case
from linli.cases.actions.escalate import escalate_case
from linli.cases.actions.fire import fire_due
from linli.cases.actions.grant import grant_case
from linli.cases.actions.hand_over import hand_over_case
from linli.cases.actions.reopen import reopen_case
from linli.cases.actions.return_ import return_case
from linli.cases.actions.tell import tell
from linli.cases.models import Case
from linli.cases.tests.desk import Desk
from linli.notices.models import Message, Notice
from tests.cast import TUESDAY, make_case


def told() -> dict[str, set[str]]:
    """Tell, and return who was told which kind since the last time."""
    Notice.objects.all().delete()
    while tell(at=timezone.now()):
        pass
    found: dict[str, set[str]] = {}
    for kind, name in Notice.objects.values_list("kind", "user__name"):
        found.setdefault(kind, set()).add(name)
    return found


VILLAGE = {"mediator", "second_mediator", "village_director"}


def test_an_assignment_is_told_to_the_unit_or_the_one_named(desk: Desk) -> None:
    case = desk.at("assigned")
    assert told() == {"assigned": VILLAGE}
    notice = Notice.objects.filter(user__name="mediator").get()
    assert case.number in notice.body
    assert notice.about_id == str(case.id)
    assert told() == {}
    handler = desk.cast.users["mediator"].id
    desk.do("village_director", assign_case, case, unit=case.holder_id, handler=handler)
    assert told() == {"assigned": {"mediator"}}


def test_each_step_reaches_those_it_concerns(desk: Desk) -> None:
    case = desk.at("assigned")
    told()
    case = desk.do("mediator", return_case, case, note="不归我管")
    assert told() == {"returned": {"clerk", "director"}}
    case = desk.at("handling")
    told()
    justice = desk.cast.justice.id
    case = desk.do("mediator", assist_case, case, unit=justice)
    assert told() == {"assist_asked": {"officer"}}
    second = desk.cast.users["second_mediator"].id
    case = desk.do("village_director", hand_over_case, case, handler=second)
    assert told() == {"handed_over": {"second_mediator"}}
    desk.do("second_mediator", escalate_case, case, note="太难")
    assert told() == {"escalated": {"clerk", "director"}}


def test_more_time_is_asked_of_the_level_above_and_answered_to_who_asked(desk: Desk) -> None:
    case = desk.at("asking")
    assert told()["extension_asked"] == {"director"}
    desk.do("director", grant_case, case)
    assert told() == {"extension_granted": {"mediator"}}


def test_a_reopened_case_is_told_to_its_handler_and_not_to_who_did_it(desk: Desk) -> None:
    case = desk.at("resolved")
    told()
    desk.do("village_director", reopen_case, case, note="又漏水了")
    assert told() == {"reopened": {"mediator"}}


def test_clocks_tell_handler_directors_and_the_level_above(desk: Desk) -> None:
    desk.at("handling")
    told()
    for day in (3, 6, 9):
        while fire_due(at=TUESDAY + timedelta(days=day)):
            pass
    found = told()
    assert found["reminded"] == {"mediator"}
    assert found["supervised"] == {"mediator", "village_director"}
    assert found["overdue"] == {"director"}


def test_danger_is_urgent(desk: Desk) -> None:
    desk.at("assigned", urgency="danger")
    told()
    assert Notice.objects.filter(urgent=True).count() == len(VILLAGE)


def test_many_at_once_are_one_notice_each(desk: Desk) -> None:
    for number in range(30):
        case = make_case(desk.cast, title=f"楼道堆物{number}")
        assign_case(case.id, actor=SYSTEM, at=TUESDAY)
    found = told()
    assert found == {"folded": VILLAGE}
    counts = Counter(Notice.objects.values_list("user__name", flat=True))
    assert set(counts.values()) == {1}
    assert Notice.objects.filter(subject__contains="30 件事项").count() == 3
    Message.objects.all().delete()
    while fire_due(at=TUESDAY + timedelta(days=30)):
        pass
    told()
    assert Case.objects.filter(told__isnull=False).count() == 30
    assert max(Counter(Notice.objects.values_list("user__name", "kind")).values()) <= 3


def test_a_batch_of_clocks_costs_a_handful_of_statements(
    desk: Desk, django_assert_max_num_queries: object
) -> None:
    for number in range(20):
        case = make_case(desk.cast, title=f"楼道堆物{number}")
        assign_case(case.id, actor=SYSTEM, at=TUESDAY)
    told()
    fire_due(at=TUESDAY + timedelta(days=30))
    with django_assert_max_num_queries(26):  # type: ignore[operator]
        tell(at=timezone.now())
