"""Nobody but the unit meant reads a tip or learns that there is one: not by page, not by SQL."""

import json

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from linli.accounts.scope import acting
from linli.audit.models import Entry
from linli.cases.models import Case
from linli.tips.models import Tip, TipMessage, TipOpening
from linli.tips.tests.conftest import GIVER, SECRET, Police
from tests.cast import PEOPLE, make_case

OTHERS = [name for name, _kind, _area in PEOPLE] + ["officer"]
TABLES = ("tips_tip", "tips_tipmessage", "tips_tipopening")
PAGES = [
    "/", "/cases/", "/cases/?words=周老板", "/cases/export.xlsx", "/map/points.json", "/figures/",
    "/areas/6203/", "/tips/", "/log/", "/log/export.csv",
]  # fmt: skip


def counts(police: Police, name: str) -> list[int]:
    with acting(police.cast.actor(name)), connection.cursor() as cursor:
        found = []
        for table in TABLES:
            cursor.execute(f"SELECT count(*) FROM {table}")
            found.append(cursor.fetchone()[0])
    return found


def test_row_security_shows_a_tip_to_its_unit_alone(police: Police) -> None:
    police.tip()
    detective = police.client("detective")
    key = Tip.objects.get().pk
    detective.get(f"/tips/{key}/")
    detective.post(f"/tips/{key}/note/", {"text": "x"})
    assert counts(police, "detective") == [1, 1, 1]
    for name in OTHERS:
        assert counts(police, name) == [0, 0, 0]
        with acting(police.cast.actor(name)), connection.cursor() as cursor:
            for table in TABLES:
                # Blind statements too, which read no row.
                cursor.execute(f"UPDATE {table} SET id = uuidv7()")
                assert cursor.rowcount == 0
                cursor.execute(f"DELETE FROM {table}")
                assert cursor.rowcount == 0


@pytest.mark.parametrize(
    "name", ["city_director", "director", "officer", "auditor", "administrator"]
)
def test_no_page_of_others_holds_a_trace(police: Police, name: str) -> None:
    make_case(police.cast)
    client = police.client(name)
    police.tip()
    tip = Tip.objects.get()
    for page in PAGES:
        answer = client.get(page)
        assert answer.status_code in {200, 302, 403}, page
        text = b"".join(answer) if answer.streaming else answer.content
        for trace in (SECRET, GIVER):
            assert trace.encode() not in text, page
        # The log names the event to an auditor; of what kind and for whom it does not say.
        if name != "auditor":
            assert str(tip.pk).encode() not in text, page
    verbs = ("answer", "note", "finish", "reopen", "case")
    refused = {client.get(f"/tips/{tip.pk}/").status_code}
    refused |= {client.post(f"/tips/{tip.pk}/{verb}/", {"text": "x"}).status_code for verb in verbs}
    assert refused == {404}
    assert not TipOpening.objects.exists()


def test_giving_changes_no_case_and_no_figure(police: Police) -> None:
    def everything() -> dict[str, int]:
        with connection.cursor() as cursor:
            names = connection.introspection.table_names(cursor)
            found = {}
            for table in names:
                if table not in {*TABLES, "audit_entry", "kernel_tries"}:
                    cursor.execute(f'SELECT count(*) FROM "{table}"')
                    found[table] = cursor.fetchone()[0]
        return found

    before = everything()
    police.tip()
    assert everything() == before


def test_nothing_readable_lies_in_the_tables_or_the_log(police: Police) -> None:
    code = police.tip(place="秘密小巷")
    client = police.client("detective")
    key = Tip.objects.get().pk
    client.get(f"/tips/{key}/")
    client.post(f"/tips/{key}/answer/", {"text": "谢谢您的线索"})
    client.post(f"/tips/{key}/note/", {"text": "已布控"})
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_json(t)::text FROM tips_tip t")
        stored = cursor.fetchone()[0]
        cursor.execute("SELECT json_agg(to_json(m))::text FROM tips_tipmessage m")
        stored += cursor.fetchone()[0]
    for word in (SECRET, GIVER, "秘密小巷", "谢谢", "布控", code):
        assert word not in stored
        assert word.encode().hex() not in stored
    entries = Entry.objects.filter(object_type="tip").order_by("id")
    told = [(e.event, json.dumps(e.facts)) for e in entries]
    assert [event for event, _facts in told] == ["tip.give", "tip.open", "tip.answer", "tip.note"]
    assert all("fraud" not in facts and str(police.unit.pk) not in facts for _event, facts in told)


def test_the_desk_that_writes_a_tip_down_cannot_read_it(police: Police) -> None:
    clerk = police.client("clerk")
    data = {"kind": "fraud", "text": SECRET, "area": "620302003002", "name": GIVER}
    answer = clerk.post("/tips/take/", data)
    assert "The receipt" in answer.text
    assert answer["cache-control"] == "no-store, private"
    key = Tip.objects.get().pk
    assert clerk.get(f"/tips/{key}/").status_code == 404
    assert str(key) not in clerk.get("/tips/").text
    assert police.client("detective").get(f"/tips/{key}/").status_code == 200
    assert police.client("auditor").post("/tips/take/", data).status_code == 403


def test_a_signed_in_person_at_the_open_door_is_a_resident(police: Police) -> None:
    data = {"kind": "fraud", "text": SECRET, "area": "620302003"}
    answer = police.client("city_director").post("/tips/give/", data)
    assert answer.status_code == 200
    assert Entry.objects.get(event="tip.give").actor is None
    assert counts(police, "city_director") == [0, 0, 0]


def test_passing_on_takes_nothing_of_the_tip_along(police: Police) -> None:
    police.tip()
    key = Tip.objects.get().pk
    detective = police.client("detective")
    wrong = detective.post(f"/tips/{key}/case/", {"kind": "hazard", "title": ""})
    assert wrong.status_code == 422
    case = {"kind": "hazard", "title": "药店需检查", "area": "620302003002"}
    done = detective.post(f"/tips/{key}/case/", case, follow=True)
    made = Case.objects.get()
    assert made.number in done.text
    assert (made.title, made.description, made.parties.count()) == ("药店需检查", "", 0)
    assert Entry.objects.get(event="case.register").actor is None
    seen = police.client("village_director").get(f"/cases/{made.pk}/").text
    for trace in (str(key), GIVER, "周老板", police.unit.name, "detective"):
        assert trace not in seen
    assert TipMessage.objects.get().kind == "note"
    # The scope lent for it was given back.
    assert counts(police, "city_director") == [0, 0, 0]


def test_receipts_open_nothing_but_their_own(police: Police) -> None:
    code = police.tip()
    police.tip()
    first = Tip.objects.order_by("id")[0]
    police.client("detective").post(f"/tips/{first.pk}/answer/", {"text": "谢谢"})
    door = Client(HTTP_ACCEPT_LANGUAGE="en")
    shown = door.post("/tips/receipt/", {"code": code.lower().replace("-", " ")})
    assert "谢谢" in shown.text
    assert SECRET not in shown.text
    assert GIVER not in shown.text
    for wrong in ("", "0000-0000-0000-0000", "x" * 40):
        assert door.post("/tips/receipt/", {"code": wrong}).status_code == 422
    assert timezone.now() > first.given_at
