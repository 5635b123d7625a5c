"""A flood: refused kindly, counted without keeping an address, and nobody else notices."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from linli.cases.models import Case
from linli.portal import guard
from linli.portal.models import Attempt, DaySalt, Terms
from linli.portal.tests.resident import TEXT, aged, proof_of, reported, send, stamp_of
from tests.cast import make_cast

pytestmark = pytest.mark.django_db
FLOOD, HOME = "203.0.113.9", "198.51.100.7"


@pytest.fixture(autouse=True)
def _city() -> None:
    guard._salt.cache_clear()
    make_cast()


def test_a_flood_from_one_address_stops_and_others_get_through(monkeypatch: Any) -> None:
    monkeypatch.setattr(guard, "REPORTS", guard.Limit("report", 3))
    flood, home = Client(REMOTE_ADDR=FLOOD), Client(REMOTE_ADDR=HOME)
    answers = [send(flood).status_code for _ in range(6)]
    assert answers == [302] * 3 + [429] * 3
    assert Case.objects.count() == 3
    assert send(home).status_code == 302
    page = send(flood)
    assert page.status_code == 429
    assert "金昌市" in page.content.decode()


def test_a_storm_of_any_kind_is_cut_off_before_its_body_is_read() -> None:
    flood = Client(REMOTE_ADDR=FLOOD)
    assert flood.post("/portal/report/", {"text": "x"}).status_code == 422
    Attempt.objects.filter(what="write").update(count=guard.WRITING.most)
    assert flood.post("/portal/report/", {"text": "x"}).status_code == 429
    assert Client(REMOTE_ADDR=HOME).get("/portal/").status_code == 200


def test_guessing_codes_is_limited() -> None:
    flood = Client(REMOTE_ADDR=FLOOD)
    wrong = {"number": "620302003002-2026-000001", "code": "0000-0000-0000-0000"}
    assert flood.post("/portal/find/", wrong).status_code == 404
    Attempt.objects.filter(what="find").update(count=guard.FINDING.most)
    assert flood.post("/portal/find/", wrong).status_code == 429


def test_without_scripts_it_works_with_a_stricter_limit() -> None:
    plain = Client(REMOTE_ADDR=HOME)
    answers = [send(plain, proved=False).status_code for _ in range(4)]
    assert answers == [302, 302, 302, 429]
    assert send(plain).status_code == 302


def test_only_taken_reports_make_it_harder_for_all() -> None:
    Terms.objects.create(most_in_ten_minutes=2)
    bits = [guard.read_stamp(stamp_of(Client().get("/portal/report/")), timezone.now())]
    flood = Client(REMOTE_ADDR=FLOOD)
    for _ in range(5):
        flood.post("/portal/report/", {"text": "x"})
    bits.append(guard.read_stamp(stamp_of(Client().get("/portal/report/")), timezone.now()))
    for _ in range(2):
        send(Client(REMOTE_ADDR=HOME))
    bits.append(guard.read_stamp(stamp_of(Client().get("/portal/report/")), timezone.now()))
    assert [one.bits for one in bits if one] == [13, 13, 17]


def test_no_address_is_kept_and_the_salt_is_forgotten() -> None:
    send(Client(REMOTE_ADDR=FLOOD))
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(a::text, ' ') FROM portal_attempt a")
        assert FLOOD not in cursor.fetchone()[0]
    assert DaySalt.objects.count() == 1
    guard.forget_old(timezone.now() + timedelta(days=1))
    assert not DaySalt.objects.exists()
    assert not Attempt.objects.exists()


def test_neighbours_of_one_ipv6_household_count_as_one() -> None:
    assert guard._network("2001:db8::1") == guard._network("2001:db8::ffff:2")
    assert guard._network("2001:db8:0:1::1") != guard._network("2001:db8::1")
    assert guard._network("::ffff:203.0.113.9") == guard._network("203.0.113.9")


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"website": "http://spam.example"}, 422),
        ({"stamp": "forged"}, 422),
        ({"stamp": ""}, 422),
    ],
)
def test_what_only_programs_do_is_refused_and_nothing_is_lost(
    client: Client, change: dict[str, str], status: int
) -> None:
    stamp = aged(stamp_of(client.get("/portal/report/")))
    data = {"stamp": stamp, "proof": proof_of(stamp), "text": TEXT, "kind": "request"}
    data |= {"area": "620302003002", **change}
    answer = client.post("/portal/report/", data)
    assert answer.status_code == status
    assert TEXT in answer.content.decode()
    assert not Case.objects.exists()


def test_the_quick_and_the_old_send_again(client: Client) -> None:
    fresh = stamp_of(client.get("/portal/report/"))
    data = {"proof": "", "text": TEXT, "kind": "request", "area": "620302003002"}
    quick = client.post("/portal/report/", {**data, "stamp": fresh})
    assert quick.status_code == 422
    assert stamp_of(quick) == fresh
    old = client.post("/portal/report/", {**data, "stamp": aged(fresh, 90_000)})
    assert old.status_code == 422
    assert stamp_of(old) != fresh
    assert client.post("/portal/report/", {**data, "stamp": aged(fresh)}).status_code == 302


def test_a_body_that_is_too_large_is_refused_by_its_head(client: Client) -> None:
    answer = client.post(
        "/portal/report/", b"x", content_type="multipart/form-data; boundary=y",
        headers={"content-length": str(50 * 1024 * 1024)},
    )  # fmt: skip
    assert answer.status_code == 413


def test_a_form_of_another_site_is_refused() -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.get("/portal/report/")
    assert strict.post("/portal/report/", {"text": TEXT}).status_code == 403


def test_a_closed_door_says_so(client: Client) -> None:
    Terms.objects.create(is_open=False)
    assert client.get("/portal/").status_code == 200
    assert client.get("/portal/report/").status_code == 409
    from linli.kernel.errors import Refused

    with pytest.raises(Refused):
        reported()
