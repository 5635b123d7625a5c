"""Tables as they are: encodings, separators, merged cells, pages called .xls, and what is no table."""

import io
import zipfile

import pytest
import xlsxwriter

from linli.intake.headings import heads_of
from linli.intake.look import look_at
from linli.intake.sheets.faults import Fault
from linli.intake.sheets.reading import Reader
from linli.intake.sheets.words import refusal_of
from linli.intake.tests import tables


def read(data: bytes, sheet: str = "") -> list[list[str]]:
    """Return all rows of a file."""
    with Reader(data, sheet) as table:
        return [row.cells for row in table.rows()]


@pytest.mark.parametrize(
    ("encoding", "separator"),
    [("utf-8", ","), ("utf-8-sig", ";"), ("gb18030", "\t"), ("utf-16", ","), ("utf-16-le", "|")],
)
def test_text_in_any_encoding(encoding: str, separator: str) -> None:
    found = read(tables.text([tables.row(1), tables.row(2)], encoding, separator))
    assert found == [tables.HEADINGS, [str(cell) for cell in tables.row(1)], tables.row(2)]


def test_lines_of_two_encodings_in_one_file() -> None:
    mixed = tables.text([tables.row(1)], "gb18030") + b"\r\n"
    mixed += ",".join(tables.row(2)).encode("utf-8") + b"\r\n"
    found = read(mixed)
    assert found[1][1] == "楼上漏水引发纠纷1"
    assert found[2][1] == "楼上漏水引发纠纷2"


def test_a_quotation_mark_left_open_swallows_nothing() -> None:
    found = read('编号,标题\n1,"漏水\n2,噪音\n'.encode())
    assert [cells[0] for cells in found] == ["编号", "1", "2"]


def test_a_page_that_calls_itself_a_workbook() -> None:
    page = "<html><table><tr><td rowspan=2>编号</td><td colspan=2>当事人</td></tr>"
    page += "<tr><td>姓名</td><td>电话</td></tr><tr><td>1</td><td>赵&amp;钱</td><td>000</td></tr></table>"
    assert read(page.encode("gb18030")) == [
        ["编号", "当事人", ""], ["编号", "姓名", "电话"], ["1", "赵&钱", "000"]
    ]  # fmt: skip


def _book() -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        book.add_worksheet("说明")
        page = book.add_worksheet("数据")
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        page.merge_range(0, 0, 0, 5, "二〇二五年矛盾纠纷登记表")
        page.write(1, 0, "填报单位：司法所")
        page.merge_range(2, 0, 3, 0, "纠纷编号")
        page.merge_range(2, 1, 3, 1, "纠纷名称")
        page.merge_range(2, 2, 2, 3, "主要当事人")
        page.write_row(3, 2, ["姓名", "联系电话"])
        page.merge_range(2, 4, 3, 4, "发生日期")
        page.merge_range(2, 5, 3, 5, "所属社区")
        page.write_row(4, 0, [1, "漏水", "赵立春", 13912345678])
        page.write_datetime(4, 4, tables.datetime(2025, 3, 1), day)
        page.merge_range(4, 5, 5, 5, "龙门里社区")
        page.write_formula(5, 0, "=A5+1", None, 2)
        page.write_formula(5, 1, '=HYPERLINK("http://x")', None, "噪音")
        page.write_string(5, 2, "=1+1")
        page.write_formula(5, 4, "=1/0", None, "#DIV/0!")
        page.write(6, 0, "合计：2件")
    return content.getvalue()


def test_titles_merged_headings_formulas_and_totals() -> None:
    look = look_at(_book())
    assert look.sheet == "数据"
    assert [one.heading for one in look.columns] == [
        "纠纷编号", "纠纷名称", "主要当事人/姓名", "主要当事人/联系电话", "发生日期", "所属社区",
    ]  # fmt: skip
    assert (look.total, look.passed_over) == (2, 1)
    first, second = [cells for _number, cells in look.first_rows]
    assert first == ["1", "漏水", "赵立春", "13912345678", "2025-03-01", "龙门里社区"]
    # A formula's value is taken; text that looks like one stays text; cells merged down are filled.
    assert second == ["2", "噪音", "=1+1", "", "", "龙门里社区"]


def test_a_table_whose_headings_nobody_knows() -> None:
    found = look_at("甲,乙,丙\n1,二,三\n4,五,六\n".encode())
    assert ([one.heading for one in found.columns], found.total) == (["甲", "乙", "丙"], 2)


def _far_away() -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["编号", "标题"])
        page.write(1_048_575, 16_383, "x")
    return content.getvalue()


def _packed(method: int = 8, stream: bytes = b"") -> bytes:
    """Return a workbook's archive whose part claims another method, or whose stream is broken."""
    content, name = io.BytesIO(), "xl/workbook.xml"
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, "<a/>" * 100)
    data = bytearray(content.getvalue())
    directory, start = data.find(b"PK\x01\x02"), 30 + len(name)
    data[8:10] = data[directory + 10 : directory + 12] = method.to_bytes(2, "little")
    data[start : start + len(stream)] = stream
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "codes"),
    [
        (b"", {"empty"}),
        (_packed(method=99), {"damaged"}),
        (_packed(stream=b"\xff" * 4), {"damaged"}),
        (b"%PDF-1.7", {"pdf"}),
        (b"\x89PNG\r\n", {"picture"}),
        (b"PK\x03\x04broken", {"damaged"}),
        (bytes(range(256)) * 40, {"no_table", "no_headings"}),
        (tables.bomb(honest=True), {"bomb"}),
        (tables.bomb(honest=False), {"bomb", "damaged"}),
        (_far_away(), {"too_many_cells", "memory", "broke"}),
        ("编号,标题\n".encode(), {"no_rows"}),
    ],
)
def test_what_is_no_table_is_told_kindly(data: bytes, codes: set[str]) -> None:
    with pytest.raises(Fault) as caught:
        look_at(data)
    assert caught.value.code in codes
    assert "%" not in str(refusal_of(caught.value).reason)


def test_two_hundred_thousand_rows_stream_by() -> None:
    line = ",".join(tables.row(1)) + "\n"
    data = (",".join(tables.HEADINGS) + "\n" + line * 200_000).encode("gb18030")
    with Reader(data) as table:
        assert sum(1 for _row in table.rows()) == 200_001


def test_headings_on_one_line_below_nothing() -> None:
    with Reader(tables.text([tables.row(1)])) as table:
        heads = heads_of(list(table.rows()))
    assert (heads.last, len(heads.columns)) == (1, len(tables.HEADINGS))
