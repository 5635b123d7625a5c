"""Files for tests, as other systems and departments write them."""

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import xlsxwriter

HEADINGS = [
    "纠纷编号", "纠纷名称", "事件简述", "类别", "发生日期", "登记时间", "发生地", "涉及人数",
    "主要当事人姓名", "主要当事人证件号码", "联系电话", "是否化解", "化解日期", "化解方式",
]  # fmt: skip


def row(number: int, **changed: Any) -> list[Any]:
    """Return a row that can be read: a settled dispute of 龙门里."""
    told = {
        "纠纷编号": f"ZJ-{number}",
        "纠纷名称": f"楼上漏水引发纠纷{number}",
        "事件简述": "双方多次争吵",
        "类别": "邻里纠纷",
        "发生日期": "2025年3月1日",
        "登记时间": "2025/3/2 9:30",
        "发生地": "北京路街道龙门里社区3号楼",
        "涉及人数": "2人",
        "主要当事人姓名": "赵立春",
        "主要当事人证件号码": "620302189001010017",
        "联系电话": "000-1234-5678",
        "是否化解": "是",
        "化解日期": "20250305",
        "化解方式": "调解达成协议",
        **changed,
    }
    return [told[heading] for heading in HEADINGS]


def workbook(rows: Sequence[Sequence[Any]], *, title: str = "", sheet: str = "登记表") -> bytes:
    """Return an .xlsx with the headings, below a merged title if there is one."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        page = book.add_worksheet(sheet)
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        top = 0
        if title:
            page.merge_range(0, 0, 0, len(HEADINGS) - 1, title)
            top = 1
        page.write_row(top, 0, HEADINGS)
        for line, cells in enumerate(rows, top + 1):
            for column, cell in enumerate(cells):
                if isinstance(cell, datetime):
                    page.write_datetime(line, column, cell, day)
                elif isinstance(cell, str):
                    page.write_string(line, column, cell)
                else:
                    page.write(line, column, cell)
    return content.getvalue()


def text(rows: Sequence[Sequence[Any]], encoding: str = "utf-8", separator: str = ",") -> bytes:
    """Return a text table."""
    lines = [HEADINGS, *rows]
    return "\r\n".join(separator.join(map(str, line)) for line in lines).encode(encoding)


def bomb(*, honest: bool) -> bytes:
    """Return a small workbook that unpacks to a gigabyte; a dishonest one denies it."""
    content = io.BytesIO()
    piece = b" " * (16 * 1024 * 1024)
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w") as part:
            for _ in range(4 if not honest else 40):
                part.write(piece)
    data = content.getvalue()
    if honest:
        return data
    # The directory at the end says how large a part is: let it say 100 bytes.
    size = (16 * 1024 * 1024 * 4).to_bytes(4, "little")
    return data.replace(size, (100).to_bytes(4, "little"))
