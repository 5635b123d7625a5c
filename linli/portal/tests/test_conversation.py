"""Question, answer, outcome, rating, reopening, withdrawal: both sides of one conversation."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from linli.accounts.scope import acting
from linli.audit.models import Entry
from linli.cases.actions.accept import accept_case
from linli.cases.actions.assign import assign_case
from linli.cases.actions.resolve import resolve_case
from linli.cases.models import Case, FollowUp
from linli.cases.tests.desk import Desk, told
from linli.kernel.errors import IllegalMove, NotPermitted
from linli.notices.models import Message as Notice
from linli.portal.actions import held, speak
from linli.portal.actions.report import Contact
from linli.portal.models import Message, Reopening, Report
from linli.portal.queries.desk import waiting
from linli.portal.queries.receipt import seen
from linli.portal.tests.resident import reported
from tests.cast import LONGMENLI, make_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return Desk(make_cast())


def handled(desk: Desk, **fields: Any) -> tuple[str, Case]:
    """A report the mediator of the village has in hand."""
    code = reported(**{"kind": "request", **fields}).code
    case = Case.objects.get(report__isnull=False)
    desk.do("village_director", assign_case, case, unit=desk.cast.posts[LONGMENLI].id)
    return code, desk.do("mediator", accept_case, case)


def solved(desk: Desk, **fields: Any) -> tuple[str, Case]:
    """One that is resolved."""
    code, case = handled(desk, **fields)
    return code, desk.do("mediator", resolve_case, case, note="内部：已换灯")


def page(client: Client, code: str) -> str:
    """The receipt's page."""
    return str(client.get(f"/portal/r/{code}/").content.decode())


def test_question_and_answer(desk: Desk, client: Client) -> None:
    code, case = handled(desk)
    asked = {"word": "question", "text": "灯是不亮还是闪？"}
    assert (
        desk.client("mediator").post(f"/residents/cases/{case.id}/say/", asked).status_code == 302
    )
    shown = page(client, code)
    assert "灯是不亮还是闪？" in shown
    assert 'name="answers" value="1"' in shown
    answer = client.post(f"/portal/r/{code}/add/", {"words-text": "完全不亮", "answers": "1"})
    assert answer.status_code == 302
    assert 'name="answers"' not in page(client, code)
    case_page = desk.client("mediator").get(f"/cases/{case.id}/").content.decode()
    assert "完全不亮" in case_page
    unread = desk.by("mediator", waiting, desk.cast.actor("mediator")).unread
    assert [row[3] for row in unread] == [1]
    assert "完全不亮" not in page(Client(), "0" * 16)
    desk.client("mediator").post(f"/residents/cases/{case.id}/read/")
    assert not desk.by("mediator", waiting, desk.cast.actor("mediator")).unread
    told(case)


def test_only_the_unit_speaks(desk: Desk) -> None:
    _code, case = handled(desk)
    for name in ("grid_worker", "city_dispatcher"):
        actor = desk.cast.actor(name)
        with acting(actor), pytest.raises((NotPermitted, Exception)):
            speak.speak(case.id, word="message", text="好", actor=actor, at=timezone.now())
    assert Message.objects.filter(side="centre").count() == 0


def test_a_good_rating_is_the_follow_up(desk: Desk, client: Client) -> None:
    code, case = solved(desk)
    data = {"rating-satisfaction": "5", "rating-text": "修得很快"}
    assert client.post(f"/portal/r/{code}/rate/", data).status_code == 302
    case.refresh_from_db()
    assert (case.satisfaction, case.followed_up_at is not None) == (5, True)
    follow_up = FollowUp.objects.get()
    assert (follow_up.way, follow_up.by_id) == ("message", None)
    assert client.post(f"/portal/r/{code}/rate/", data).status_code == 409
    told(case)


@pytest.mark.parametrize(("kind", "degree"), [("request", 1), ("dispute", 5)])
def test_a_bad_one_and_a_disputes_are_not(desk: Desk, kind: str, degree: int) -> None:
    code, case = solved(desk, kind=kind)
    held.rate(code, satisfaction=degree, text="", at=timezone.now())
    case.refresh_from_db()
    assert case.followed_up_at is None
    assert Message.objects.get(word="rating").satisfaction == degree


def test_it_is_rated_only_when_solved(desk: Desk, client: Client) -> None:
    code, _case = handled(desk)
    assert client.post(f"/portal/r/{code}/rate/", {"rating-satisfaction": "5"}).status_code == 409
    assert client.post(f"/portal/r/{code}/rate/", {"rating-satisfaction": "9"}).status_code == 422


def test_the_desk_reopens_as_asked(desk: Desk, client: Client) -> None:
    code, case = solved(desk)
    sent = client.post(f"/portal/r/{code}/reopen/", {"wish-reason": "又不亮了，没有修好"})
    assert sent.status_code == 302
    assert (
        client.post(f"/portal/r/{code}/reopen/", {"wish-reason": "再来一次吧"}).status_code == 409
    )
    wish = Reopening.objects.get()
    bench = desk.client("village_director").get("/").content.decode()
    assert f"/cases/{case.id}/#resident" in bench
    data = {"granted": "yes", "answer": "马上再派人看"}
    refused = desk.client("mediator").post(f"/residents/reopenings/{wish.id}/", data)
    assert refused.status_code == 403
    done = desk.client("village_director").post(f"/residents/reopenings/{wish.id}/", data)
    assert done.status_code == 302
    case.refresh_from_db()
    assert case.state == "handling"
    wish.refresh_from_db()
    assert (wish.granted, wish.decided_by) == (True, desk.cast.users["village_director"])
    assert "马上再派人看" in page(client, code)
    assert told(case)[-1] == "reopen"
    again = desk.client("village_director").post(f"/residents/reopenings/{wish.id}/", data)
    assert again.status_code == 409


def test_a_refusal_is_told_with_its_reason(desk: Desk, client: Client) -> None:
    code, case = solved(desk)
    held.ask_reopening(code, reason="没有修好", at=timezone.now())
    wish = Reopening.objects.get()
    data = {"granted": "no", "answer": "灯已亮，请查看照片"}
    for name in ("neighbour_clerk", "auditor"):
        desk.client(name).post(f"/residents/reopenings/{wish.id}/", data)
        wish.refresh_from_db()
        assert wish.decided_at is None
    desk.client("clerk").post(f"/residents/reopenings/{wish.id}/", data)
    case.refresh_from_db()
    assert case.state == "resolved"
    assert "请查看照片" in page(client, code)
    with pytest.raises(IllegalMove):
        held.ask_reopening(code, reason="还是没有修好", at=timezone.now())


def test_after_its_days_nobody_can_ask(desk: Desk, client: Client) -> None:
    code, _case = solved(desk)
    with time_machine.travel(timezone.now() + timedelta(days=15), tick=False):
        assert 'name="wish-reason"' in page(client, code)
    with time_machine.travel(timezone.now() + timedelta(days=16), tick=False):
        assert 'name="wish-reason"' not in page(client, code)
        with pytest.raises(IllegalMove):
            held.ask_reopening(code, reason="没有修好", at=timezone.now())


def test_a_resident_takes_it_back(desk: Desk, client: Client) -> None:
    code, case = handled(desk)
    answer = client.post(f"/portal/r/{code}/withdraw/", {"withdraw-reason": "自己修好了"})
    assert answer.status_code == 302
    case.refresh_from_db()
    assert case.state == "withdrawn"
    assert told(case)[-1] == "withdraw"
    assert client.post(f"/portal/r/{code}/withdraw/").status_code == 409


def test_it_works_wherever_the_case_is(desk: Desk, client: Client) -> None:
    """The county has it: the resident's wishes are carried out at the county's desk."""
    code, case = handled(desk)
    from linli.cases.actions.escalate import escalate_case

    desk.do("mediator", escalate_case, case, note="要街道出面")
    client.post(f"/portal/r/{code}/add/", {"words-text": "补充一点"})
    assert Message.objects.filter(word="addition").exists()
    assert "北京路街道" in page(client, code)
    client.post(f"/portal/r/{code}/withdraw/", {"withdraw-reason": "不用了"})
    case.refresh_from_db()
    assert case.state == "withdrawn"


def test_whoever_agreed_is_told(desk: Desk) -> None:
    contact = Contact(name="李无名", email="li@example.org")
    code, case = solved(desk, contact=contact)
    kinds = list(Notice.objects.filter(rule="portal").order_by("id").values_list("kind", flat=True))
    assert kinds == ["resident_registered", "resident_resolved"]
    held.forget_contact(code, at=timezone.now())
    assert Report.objects.get().contact is None
    desk.do("mediator", speak.speak, case, word="message", text="已办")
    assert Notice.objects.filter(rule="portal").count() == 2


def test_erasing_forgets_the_contact(desk: Desk) -> None:
    from linli.cases.actions.parties import erase_party
    from linli.cases.models import Party

    handled(desk, contact=Contact(name="李无名", phone="000-0000-1234"))
    director = desk.cast.actor("city_director")
    with acting(director):
        erase_party(
            Party.objects.get().id, reason="本人要求删除", actor=director, at=timezone.now()
        )
    assert Report.objects.get().contact is None


def test_contact_is_shown_to_staff_only_by_the_houses_rules(desk: Desk) -> None:
    _code, case = handled(desk, contact=Contact(name="李无名", email="li@example.org"))
    shown = desk.client("mediator").get(f"/cases/{case.id}/").content.decode()
    assert "li@example.org" not in shown
    assert "李无名" not in shown


def test_a_lost_receipt_is_replaced_at_the_desk(desk: Desk, client: Client) -> None:
    code, case = handled(desk)
    assert desk.client("mediator").post(f"/residents/cases/{case.id}/receipt/").status_code == 403
    answer = desk.client("clerk").post(f"/residents/cases/{case.id}/receipt/")
    assert answer.status_code == 200
    assert client.get(f"/portal/r/{code}/").status_code == 404
    assert Entry.objects.filter(event="portal.renew").count() == 1


def test_every_state_has_its_words(desk: Desk, client: Client) -> None:
    code, case = handled(desk)
    for state in Case._meta.get_field("state").flatchoices:
        fields = {"state": state[0], "resolved_at": timezone.now()}
        fields |= {"closed_at": timezone.now(), "followed_up_at": timezone.now()}
        Case.objects.filter(pk=case.pk).update(**fields)
        assert client.get(f"/portal/r/{code}/").status_code == 200, state
        assert seen(code, timezone.now()).standing.state == state[0]
