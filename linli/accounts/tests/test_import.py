"""People from a table: read as people write it, told row by row, never added twice."""

import io
import json
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from typer.testing import CliRunner

from linli.accounts import cli
from linli.accounts.actions.import_people import import_people, plan_import
from linli.accounts.actor import SYSTEM
from linli.accounts.models import Role, User
from linli.accounts.sheets import day_in, read_people
from linli.accounts.tests.conftest import SignedIn
from linli.audit.models import Entry
from linli.kernel.errors import Invalid, NotPermitted
from tests.cast import BEIJING_ROAD, COUNTY, GRID, LONGMENLI, Cast, make_user

HEAD = "姓名,用户名,手机/工作电话,邮箱,角色,区划代码,单位,起始日期"
GOOD = f"""{HEAD}
王芳,wang.fang,0935-1,wf@example.org,网格员,{GRID},,2026/1/5
王芳,wang.fang,0935-1,,人民调解员,龙门里社区,,2026年2月1日
赵强,zhao.qiang,,,部门承办人,{BEIJING_ROAD},北京路司法所,
clerk,clerk,,,受理员,{BEIJING_ROAD},,
"""


def rows(text: str = GOOD, name: str = "people.csv", encoding: str = "utf-8") -> list:
    return read_people(name, text.encode(encoding))


def book(lines: list[list[object]]) -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(
        content, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}
    ) as w:
        sheet = w.add_worksheet()
        for number, line in enumerate(lines):
            sheet.write_row(number, 0, line)
    return content.getvalue()


@pytest.mark.django_db
def test_a_table_makes_people_and_roles_once(cast: Cast) -> None:
    at = timezone.now()
    plan = plan_import(rows(), actor=SYSTEM, at=at)
    assert [planned.effect for planned in plan] == ["person", "role", "person", "nothing"]
    outcome = import_people(rows(), actor=SYSTEM, at=at)
    assert [made.username for made in outcome.people] == ["wang.fang", "zhao.qiang"]
    assert (outcome.roles, outcome.unchanged, outcome.wrong) == (3, 1, 0)
    wang = User.objects.get(username="wang.fang")
    assert wang.check_password(outcome.people[0].password)
    assert wang.must_change_password
    held = Role.objects.filter(user=wang).order_by("starts").values_list("kind", "area", "starts")
    assert [(kind, area, str(day)) for kind, area, day in held] == [
        ("grid_worker", GRID, "2026-01-05"),
        ("mediator", LONGMENLI, "2026-02-01"),
    ]
    again = import_people(rows(), actor=SYSTEM, at=at)
    assert (again.people, again.roles, again.unchanged) == ([], 0, 4)
    assert "王芳" not in "".join(str(entry.facts) for entry in Entry.objects.all())


@pytest.mark.django_db
def test_every_wrong_row_says_why_and_the_others_go_in(cast: Cast) -> None:
    text = f"""{HEAD}
王芳,wang fang,,,网格员,{GRID},,
,li.si,,,网格员,{GRID},,
李四,li.si,,,国王,{GRID},,
李四,li.si,,,网格员,999,,
李四,li.si,,,网格员,{GRID},,someday
李四,li.si,,,部门承办人,{BEIJING_ROAD},,
李四,li.si,,不是邮箱,网格员,{GRID},,
别人,clerk,,,网格员,{GRID},,
孙七,sun.qi,,,网格员,{GRID},,
孙八,sun.qi,,,志愿者,{GRID},,
"""
    plan = plan_import(rows(text), actor=SYSTEM, at=timezone.now())
    wrong = {planned.number: planned.errors for planned in plan if planned.effect == "wrong"}
    assert set(wrong) == {2, 3, 4, 5, 6, 7, 8, 9, 11}
    assert all(errors and all(errors) for errors in wrong.values())
    outcome = import_people(rows(text), actor=SYSTEM, at=timezone.now())
    assert [made.username for made in outcome.people] == ["sun.qi"]


@pytest.mark.django_db
def test_an_administrator_imports_into_their_own_areas(cast: Cast) -> None:
    cast.users["ca"] = make_user("ca", "administrator", COUNTY, None)
    text = f"{HEAD}\n李四,li.si,,,中心主任,6203,,\n李四,li.si,,,网格员,{GRID},,\n"
    plan = plan_import(rows(text), actor=cast.actor("ca"), at=timezone.now())
    assert [planned.effect for planned in plan] == ["wrong", "person"]
    with pytest.raises(NotPermitted):
        plan_import(rows(text), actor=cast.actor("clerk"), at=timezone.now())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_text_in_the_usual_encodings(encoding: str) -> None:
    assert rows(encoding=encoding)[0] == (2, rows()[0][1])
    tabs = GOOD.replace(",", "\t")
    assert rows(tabs, encoding=encoding)[0][1]["name"] == "王芳"


def test_a_workbook_with_a_title_numbers_and_dates() -> None:
    head = ["姓名 *", "用户名", "工作电话", "角色", "区划", "起始日期"]
    content = book(
        [
            ["人员花名册"],
            head,
            ["王芳", "wf", 13900000000, "网格员", 620302003002001, "2026-01-05"],
            [],
        ]
    )
    ((number, row),) = read_people("花名册.xlsx", content)
    assert number == 3
    assert (row["phone"], row["area"]) == ("13900000000", GRID)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.xlsx", b"PK\x03\x04 broken"),
        ("a.xlsx", b"not a book"),
        ("a.csv", b""),
        ("a.csv", b"\xff\xfe\x00\x01\x80\x81"),
        ("a.csv", "姓名,角色\n王芳,网格员\n".encode()),
        ("a.csv", HEAD.encode()),
        ("a.csv", b"x" * (4 * 1024 * 1024 + 1)),
        ("a.csv", (HEAD + "\n" + "a,b,,,c,d,,\n" * 5001).encode()),
    ],
)
def test_what_is_no_table_is_said_so(name: str, content: bytes) -> None:
    with pytest.raises(Invalid):
        read_people(name, content)


def test_a_bomb_is_not_unpacked() -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/worksheets/sheet1.xml", b"0" * 80_000_000)
    with pytest.raises(Invalid, match="60 MB"):
        read_people("a.xlsx", content.getvalue())


def test_days_as_people_write_them() -> None:
    for text in ("2026-01-05", "2026/1/5", "2026.1.5", "20260105", "2026年1月5日"):
        assert str(day_in(text)) == "2026-01-05"
    assert day_in("5.1.") is None
    assert day_in("2026-13-01") is None


@pytest.mark.django_db
def test_on_the_pages(cast: Cast, signed_in: SignedIn) -> None:
    client: Client = signed_in("administrator")
    template = client.get("/people/import/template.xlsx")
    ((_number, row),) = read_people("t.xlsx", template.content)
    assert row["role"] == "网格员"
    bad = SimpleUploadedFile("x.xlsx", b"nothing")
    assert client.post("/people/import/", {"file": bad}).status_code == 422
    answer = client.post("/people/import/", {"file": SimpleUploadedFile("p.csv", GOOD.encode())})
    assert answer.status_code == 302
    shown = client.get(answer.url).content.decode()
    assert "zhao.qiang" in shown
    assert not User.objects.filter(username="zhao.qiang").exists()
    assert signed_in("administrator").get(answer.url).status_code == 200
    cast.users["other"] = make_user("other", "administrator", COUNTY, None)
    assert signed_in("other").get(answer.url).status_code == 404, "somebody else's upload"


@pytest.mark.django_db
def test_the_command_line(cast: Cast, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text(GOOD)
    run = CliRunner()

    def told(*arguments: str) -> dict:
        result = run.invoke(cli.app, arguments)
        assert result.exit_code == 0, result.output
        return json.loads(result.stdout.strip().splitlines()[-1])

    assert run.invoke(cli.app, ["import", str(file), "--check"]).exit_code == 0
    assert not User.objects.filter(username="wang.fang").exists()
    first = told("import", str(file), "--json")
    assert (first["people"], first["roles"], first["wrong"]) == (2, 3, 0)
    assert len(first["passwords"]) == 2
    second = told("import", str(file), "--json")
    assert (second["people"], second["unchanged"]) == (0, 4)
    made = told(
        "create", "sun.qi", "--name", "孙七", "--role", "管理员", "--area", "6203", "--json"
    )
    assert User.objects.get(username="sun.qi").check_password(made["password"])
    assert (
        run.invoke(
            cli.app, ["create", "sun.qi", "--name", "x", "--role", "x", "--area", "x"]
        ).exit_code
        == 1
    )
    assert run.invoke(cli.app, ["reset-second-factor", "sun.qi"]).exit_code == 1
    assert run.invoke(cli.app, ["unlock", "nobody"]).exit_code == 1
    told("unlock", "sun.qi", "--json")
    token = told("token", "create", "clerk", "--name", "x", "--scope", "cases:read", "--json")
    assert token["token"].startswith("linli_")
