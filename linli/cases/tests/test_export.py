"""The Excel export: what is in it, what never is, and that it streams."""

import io
import tracemalloc
from datetime import UTC, datetime

import openpyxl
import pytest
from django.test import Client

from linli.audit.models import Entry
from linli.cases.actions.parties import PartyData
from linli.cases.web.sheet import Column, workbook
from tests.cast import OTHER_VILLAGE, TUESDAY, Cast, make_case, make_cast

NOW = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)


def signed_in(cast: Cast, name: str) -> Client:
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(cast.users[name], backend="linli.accounts.backend.RoleBackend")
    return client


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_an_export_holds_the_filtered_cases_and_nothing_personal() -> None:
    cast = make_cast()
    person = PartyData(role="applicant", name="魏无羡甲", phone="13800000000")
    make_case(cast, title="=1+1 墙体开裂", description="魏无羡甲说", place="魏家", parties=[person])
    make_case(cast, title="路灯不亮", kind="request", category="infrastructure")
    make_case(cast, title="别处的", area=OTHER_VILLAGE, by="neighbour_clerk")
    answer = signed_in(cast, "clerk").get("/cases/export.xlsx?kind=dispute&q=墙体")
    assert answer.streaming
    body = b"".join(answer)
    book = openpyxl.load_workbook(io.BytesIO(body))
    rows = list(book.active.iter_rows())
    assert [cell.value for cell in rows[0]][:4] == ["Number", "Kind", "Category", "Title"]
    assert len(rows) == 2
    title = rows[1][3]
    assert (title.value, title.data_type) == ("=1+1 墙体开裂", "s")
    assert title.quotePrefix
    assert rows[1][16].value == datetime(2026, 3, 10, 10, 0)  # noqa: DTZ001 - Excel has no zones
    text = str([[cell.value for cell in row] for row in rows])
    for personal in ("魏", "13800000000"):
        assert personal not in text
    entry = Entry.objects.get(event="case.export")
    assert entry.facts == {"kind": "dispute"}


@pytest.mark.django_db
def test_who_has_no_cases_exports_none() -> None:
    cast = make_cast()
    assert signed_in(cast, "auditor").get("/cases/export.xlsx").status_code == 403
    assert signed_in(cast, "clerk").get("/cases/export.xlsx?since=x").status_code == 422


def test_sixty_thousand_rows_need_little_memory_and_start_at_once() -> None:
    columns = [Column(f"列{n}") for n in range(20)]
    taken = 0

    def rows() -> object:
        nonlocal taken
        for number in range(60_000):
            taken += 1
            yield tuple(f"第{number}件 {n}" for n in range(20))

    tracemalloc.start()
    stream = workbook("事项", columns, rows(), NOW)  # type: ignore[arg-type]
    assert next(stream).startswith(b"PK")
    assert taken < 1000
    size = sum(len(part) for part in stream)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert taken == 60_000
    assert size > 1_000_000
    assert peak < 4_000_000


def test_more_than_a_sheet_holds_goes_to_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("linli.cases.web.sheet.ROWS_A_SHEET", 2)
    body = b"".join(workbook("A<b>", [Column("n")], [(n,) for n in range(5)], NOW))
    book = openpyxl.load_workbook(io.BytesIO(body))
    assert [len(list(sheet.rows)) for sheet in book] == [3, 3, 2]


@pytest.mark.parametrize("text", ["=SUM(A1)", "+86", "-1", "@x", "\t=1", "  =1"])
def test_what_looks_like_a_formula_stays_a_text(text: str) -> None:
    body = b"".join(workbook("s", [Column("n")], [(text,), ("普通\x00字",)], TUESDAY))
    sheet = openpyxl.load_workbook(io.BytesIO(body)).active
    guarded, plain = sheet["A2"], sheet["A3"]
    assert (guarded.value, guarded.data_type, guarded.quotePrefix) == (text, "s", True)
    assert (plain.value, plain.quotePrefix) == ("普通字", False)
