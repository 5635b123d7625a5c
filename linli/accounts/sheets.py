"""Reading tables, of people above all: .xlsx through calamine, .csv in UTF-8 or GB18030, into named
columns. Rooms above read their own tables by :func:`read_table`.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import python_calamine
from django.utils.translation import gettext as _

from linli.accounts.models import RoleKind
from linli.kernel.errors import Invalid

MOST_BYTES = 4 * 1024 * 1024
MOST_UNPACKED = 60 * 1024 * 1024
MOST_ROWS = 5000

# Column → the headings it goes by, the template's first.
HEADINGS: Mapping[str, Sequence[str]] = {
    "name": ("姓名", "名字", "name"),
    "username": ("用户名", "登录名", "账号", "username"),
    "phone": ("工作电话", "手机", "手机号", "联系电话", "电话", "手机/工作电话", "phone"),
    "email": ("邮箱", "电子邮箱", "电子邮件", "email"),
    "role": ("角色", "岗位", "role"),
    "area": ("区划代码", "区划名称", "区划", "area"),
    "unit": ("单位", "所在单位", "unit"),
    "starts": ("起始日期", "开始日期", "任职日期", "starts"),
    "ends": ("结束日期", "截止日期", "ends"),
}
NEEDED = ("name", "username", "role", "area")
ROLE_WORDS: Mapping[str, str] = {
    "网格员": RoleKind.GRID_WORKER,
    "人民调解员": RoleKind.MEDIATOR,
    "调解员": RoleKind.MEDIATOR,
    "受理员": RoleKind.WINDOW_CLERK,
    "中心主任": RoleKind.CENTRE_DIRECTOR,
    "调度员": RoleKind.DISPATCHER,
    "部门承办人": RoleKind.DEPARTMENT_OFFICER,
    "巡逻队长": RoleKind.PATROL_LEADER,
    "巡逻队员": RoleKind.PATROL_MEMBER,
    "红袖章志愿者": RoleKind.VOLUNTEER,
    "志愿者": RoleKind.VOLUNTEER,
    "法律顾问": RoleKind.LEGAL_COUNSELLOR,
    "稳评员": RoleKind.ASSESSOR,
    "监督员": RoleKind.AUDITOR,
    "管理员": RoleKind.ADMINISTRATOR,
    **{kind.value: kind for kind in RoleKind},
}
_DATES = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%Y年%m月%d日")

type Row = dict[str, str]


def read_people(filename: str, content: bytes) -> list[tuple[int, Row]]:
    """Return the rows of a table of people: see :func:`read_table`."""
    return read_table(filename, content, HEADINGS, NEEDED)


def read_table(
    filename: str, content: bytes, headings: Mapping[str, Sequence[str]], needed: Sequence[str]
) -> list[tuple[int, Row]]:
    """Return (number in the table, column → text) for every row that is not empty.

    ``headings`` names for each column the words it goes by. Raises :class:`Invalid` when it is no
    table, too large, or lacks a needed column.
    """
    if len(content) > MOST_BYTES:
        raise Invalid(_("The file is larger than 4 MB."))
    is_book = content.startswith(b"PK") or filename.lower().endswith((".xlsx", ".xls"))
    lines = _read_book(content) if is_book else _read_text(content)
    found = _under_headings(lines, headings, needed)
    if len(found) > MOST_ROWS:
        raise Invalid(_("The table has more than 5,000 rows: divide it."))
    return found


def role_named(text: str) -> str | None:
    """Return the role a word means, None where there is no such role."""
    return ROLE_WORDS.get(text.strip())


def day_in(text: str) -> date | None:
    """Return the day a text means in one of the usual ways of writing, None where it is none."""
    text = text.strip().removesuffix(" 00:00:00")
    for pattern in _DATES:
        try:
            return datetime.strptime(text, pattern).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None


def _read_book(content: bytes) -> list[list[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            unpacked = sum(part.file_size for part in parts.infolist())
    except zipfile.BadZipFile as error:
        raise Invalid(_("This is no .xlsx file. Save it as .xlsx or .csv.")) from error
    if unpacked > MOST_UNPACKED:
        raise Invalid(_("The file unpacks to more than 60 MB and was not read."))
    try:
        book = python_calamine.load_workbook(io.BytesIO(content))
        rows = book.get_sheet_by_index(0).to_python(skip_empty_area=True)
    except (python_calamine.CalamineError, IndexError, ValueError) as error:
        raise Invalid(_("The workbook can't be read. Save it again as .xlsx.")) from error
    return [[_text(cell) for cell in row] for row in rows]


def _text(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        # Codes and phone numbers that were typed as numbers.
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return str(cell).strip()


def _read_text(content: bytes) -> list[list[str]]:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            break
        first = text.split("\n", 1)[0]
        delimiter = max((",", "\t", ";"), key=first.count)
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        try:
            return [[cell.strip() for cell in row] for row in reader]
        except csv.Error as error:
            raise Invalid(_("The file is no CSV table.")) from error
    raise Invalid(_("The file is neither a table nor text in UTF-8 or GB18030."))


def _under_headings(
    lines: Iterable[Sequence[str]], headings: Mapping[str, Sequence[str]], needed: Sequence[str]
) -> list[tuple[int, Row]]:
    by_heading = {word: name for name, words in headings.items() for word in words}
    columns: dict[int, str] = {}
    found: list[tuple[int, Row]] = []
    for number, line in enumerate(lines, start=1):
        if not columns:
            # A title above the headings is passed over.
            named = {place: by_heading.get(_folded(cell)) for place, cell in enumerate(line)}
            columns = {place: name for place, name in named.items() if name}
            if not set(needed) <= set(columns.values()):
                columns = {}
        elif any(line):
            found.append((number, {n: line[p] for p, n in columns.items() if p < len(line)}))
    if not columns:
        words = "、".join(headings[name][0] for name in needed)
        raise Invalid(_("No line has the headings %(needed)s.") % {"needed": words})
    if not found:
        raise Invalid(_("The table has headings but no rows."))
    return found


def _folded(cell: str) -> str:
    return "".join(cell.split()).removesuffix("*").lower()
