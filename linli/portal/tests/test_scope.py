"""Whoever holds a receipt sees that report and nothing else, whatever they ask the database."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone

from linli.accounts.scope import acting
from linli.cases.models import Case
from linli.portal.actions import held
from linli.portal.actions.writing import checked_photos
from linli.portal.models import Message, Photo, Publication, Report
from linli.portal.queries.receipt import seen
from linli.portal.receipts import grouped, hash_of, new_code, read_code
from linli.portal.scope import by_nobody, holding
from linli.portal.tests.resident import reported
from linli.portal.tests.test_report import photo
from tests.cast import OTHER_VILLAGE, Cast, make_case, make_cast

pytestmark = pytest.mark.django_db

CASE_TABLES = (
    "cases_case", "cases_event", "cases_note", "cases_party", "cases_attachment", "cases_clock",
    "cases_placement", "cases_link", "cases_followup", "cases_extension",
)  # fmt: skip
MINE = ("portal_report", "portal_message", "portal_photo", "portal_reopening", "portal_publication")


@pytest.fixture
def two() -> tuple[str, str]:
    """Two reports of two residents, each with a photo; return their codes."""
    cast = make_cast()
    make_case(cast)
    codes = []
    for area in (OTHER_VILLAGE, "620302003002"):
        photos = checked_photos([photo().read()])
        codes.append(reported(area=area, photos=photos, may_publish=True).code)
    return codes[0], codes[1]


def count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return int(cursor.fetchone()[0])


def test_a_receipt_reads_one_report_and_no_case(two: tuple[str, str]) -> None:
    mine, _other = two
    with holding(hash_of(mine)):
        assert {table: count(table) for table in CASE_TABLES} == dict.fromkeys(CASE_TABLES, 0)
        found = {table: count(table) for table in MINE}
        assert found == {**dict.fromkeys(MINE, 1), "portal_reopening": 0}
        assert count("portal_standing()") == 1
        assert count("portal_steps()") == 1


def test_nobody_reads_nothing(two: tuple[str, str]) -> None:
    with by_nobody():
        for table in (*CASE_TABLES, *MINE, "portal_standing()", "portal_steps()"):
            assert count(table) == 0, table
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM portal_public WHERE text <> '' OR is_reviewed")
            assert cursor.fetchone()[0] == 0


def test_the_receipt_ends_with_its_block(two: tuple[str, str]) -> None:
    with holding(hash_of(two[0])):
        pass
    with by_nobody():
        assert count("portal_report") == 0
    with pytest.raises(ZeroDivisionError), holding(hash_of(two[0])):
        _ = 1 / 0
    with by_nobody():
        assert count("portal_report") == 0


def test_a_receipt_changes_nothing_of_others(two: tuple[str, str]) -> None:
    mine, _other = two
    with holding(hash_of(mine)), connection.cursor() as cursor:
        cursor.execute("UPDATE portal_message SET text = 'x'")
        assert cursor.rowcount == 1
        cursor.execute("UPDATE cases_case SET title = 'x' WHERE title <> ''")
        assert cursor.rowcount == 0
        cursor.execute("DELETE FROM portal_photo")
        assert cursor.rowcount == 1
        with pytest.raises(DatabaseError), transaction.atomic():
            cursor.execute("UPDATE portal_public SET text = 'x'")


def test_the_staff_of_another_place_reads_no_report(two: tuple[str, str]) -> None:
    cast_clerk = Report.objects.select_related("case__holder").get(token_hash=hash_of(two[0]))
    from linli.accounts.models import User
    from linli.accounts.queries import actor_of

    clerk = actor_of(User.objects.get(username="clerk").id, timezone.localdate())
    assert clerk is not None
    with acting(clerk):
        assert not Report.objects.filter(pk=cast_clerk.pk).exists()
        assert Report.objects.count() == 1
        assert Message.objects.count() == 1


def addresses(code: str, strange_photo: Any) -> list[tuple[str, str]]:
    gets = ["", "paper/", f"photos/{strange_photo}/", f"photos/{uuid4()}/"]
    posts = ["add/", "rate/", "reopen/", "withdraw/", "renew/", "forget/"]
    found = [("get", f"/portal/r/{code}/{rest}") for rest in gets]
    return found + [("post", f"/portal/r/{code}/{rest}") for rest in posts]


WRONG = ["", "A", "0" * 16, "x' OR ''='", "%00", "../../cases", "７" * 16]


@pytest.mark.parametrize("code", WRONG)
def test_no_page_opens_by_another_code(two: tuple[str, str], client: Client, code: str) -> None:
    strange = Photo.objects.get(report__token_hash=hash_of(two[1])).id
    before = (Message.objects.count(), Case.objects.filter(state="withdrawn").count())
    for method, address in addresses(code or new_code(), strange):
        data = {"words-text": "试试", "rating-satisfaction": "5", "wish-reason": "没有解决", "n": 1}
        answer = getattr(client, method)(address, data)
        assert answer.status_code == 404, (method, address, answer.status_code)
        assert "路灯" not in answer.content.decode()
    assert before == (Message.objects.count(), Case.objects.filter(state="withdrawn").count())


def test_one_receipt_does_not_open_the_others_photo(two: tuple[str, str], client: Client) -> None:
    strange = Photo.objects.get(report__token_hash=hash_of(two[1])).id
    assert client.get(f"/portal/r/{two[0]}/photos/{strange}/").status_code == 404
    assert client.get(f"/portal/r/{two[1]}/photos/{strange}/").status_code == 200


def test_number_and_code_only_together(two: tuple[str, str], client: Client) -> None:
    numbers = {code: seen(code, timezone.now()).standing.number for code in two}
    mine, other = two

    def find(number: str, code: str) -> int:
        answer = client.post("/portal/find/", {"number": number, "code": code})
        assert "路灯" not in answer.content.decode()
        return int(answer.status_code)

    assert find(numbers[mine], grouped(mine).lower()) == 302
    assert find(f" {numbers[mine]} ", mine) == 302
    assert find(numbers[other], mine) == 404
    assert find(numbers[mine], "") == 404
    assert find("", mine) == 404
    assert find(numbers[mine], new_code()) == 404


def test_a_renewed_code_closes_the_old_one(two: tuple[str, str], client: Client) -> None:
    mine, other = two
    answer = client.post(f"/portal/r/{mine}/renew/")
    assert answer.status_code == 302
    assert client.get(f"/portal/r/{mine}/").status_code == 404
    assert client.get(answer["Location"]).status_code == 200
    assert client.get(f"/portal/r/{other}/").status_code == 200


def test_only_hashes_are_kept(two: tuple[str, str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(r::text, ' ') FROM portal_report r")
        kept = cursor.fetchone()[0]
        cursor.execute("SELECT string_agg(e::text, ' ') FROM audit_entry e")
        logged = cursor.fetchone()[0]
    for code in two:
        assert code not in kept
        assert code not in logged


def test_a_receipts_page_is_kept_nowhere(two: tuple[str, str], client: Client) -> None:
    answer = client.get(f"/portal/r/{two[0]}/")
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cache-Control"] == "no-store, private"
    assert "noindex" in answer["X-Robots-Tag"]
    assert 'name="robots"' in answer.content.decode()


def test_nothing_internal_is_shown(client: Client) -> None:
    cast: Cast = make_cast()
    code = reported().code
    case = Case.objects.get()
    from linli.cases.actions.accept import accept_case
    from linli.cases.actions.assign import assign_case
    from linli.cases.actions.parties import PartyData, add_party
    from linli.cases.actions.progress import progress_case

    now = timezone.now()
    director = cast.actor("village_director")
    with acting(director):
        assign_case(case.id, unit=cast.posts["620302003002"].id, actor=director, at=now)
        accept_case(case.id, actor=director, at=now)
        progress_case(case.id, note="内部意见：供电所推诿", actor=director, at=now)
        data = PartyData(role="respondent", name="王某某", phone="000-0000-9999")
        add_party(case.id, data, actor=director, at=now)
    page = client.get(f"/portal/r/{code}/").content.decode()
    for secret in ("内部意见", "王某某", "9999", "village_director"):
        assert secret not in page
    assert "龙门里社区" in page


def test_codes_are_read_as_people_write_them() -> None:
    code = new_code()
    assert read_code(grouped(code).lower()) == code
    assert read_code("OIL0-0000-0000-0000") == "0110000000000000"
    assert read_code(code[:-1]) is None
    assert held.MOST_MESSAGES > 0
    assert Publication.objects.count() == 0
