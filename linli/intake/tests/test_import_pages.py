"""The pages of imports, as the recipe in docs/howto/import.md says."""

import io
from typing import Any

import pytest
import python_calamine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from linli.cases.models import Case
from linli.cases.tests.desk import Desk, text_of
from linli.intake.actions.run import run_import
from linli.intake.models import Batch, Mapping
from linli.intake.tests import tables

OLD = "号,说的什么,哪里,哪类\n甲-1,楼上漏水吵架,龙门里,甲类\n"


def upload(desk: Desk, name: str, data: bytes, file: str = "old.csv") -> Any:
    return desk.client(name).post("/cases/import/", {"file": SimpleUploadedFile(file, data)})


def run_all(desk: Desk, name: str) -> None:
    """Do what the worker would."""
    for batch in Batch.objects.filter(state="waiting"):
        run_import(batch.id, actor=desk.cast.actor(name), at=timezone.now())


def test_the_recipe_for_a_mapping_works_as_written(desk: Desk) -> None:
    page = upload(desk, "clerk", OLD.encode()).url
    client = desk.client("clerk")
    chosen = {
        "column-0": "source_number", "column-1": "description", "column-2": "area",
        "column-3": "category", "default-kind": "", "send": "on", "read": "on", "source": "老系统",
    }  # fmt: skip
    assert client.post(page, {**chosen, "do": "check"}).status_code == 302
    shown = text_of(client.get(page))
    assert 'name="word-3-0"' in shown
    answer = client.post(
        page, {**chosen, "word-3-0": "neighbour", "mapping": "老系统", "do": "import"}
    )
    assert answer.status_code == 302, text_of(answer)
    assert ProcrastinateJob.objects.filter(task_name="linli.intake.tasks.run_import").exists()
    assert "job-import" in text_of(client.get(page))
    assert client.get(page + "progress/").status_code == 200
    run_all(desk, "clerk")
    assert client.get(page + "progress/")["HX-Redirect"] == page
    assert Case.objects.get().category_id == "neighbour"
    assert Mapping.objects.get().layout["values"] == {"category": {"甲类": "neighbour"}}
    again = upload(desk, "director", OLD.replace("甲-1", "甲-2").encode()).url
    assert "老系统" in text_of(desk.client("director").get(again))


def test_refused_rows_are_shown_and_given_out_for_repair(desk: Desk) -> None:
    data = tables.workbook([tables.row(1, 发生日期="=HYPERLINK(1)"), tables.row(2)])
    page = upload(desk, "clerk", data, "a.xlsx").url
    client = desk.client("clerk")
    shown = client.get(page)
    assert "HYPERLINK" in text_of(shown)
    assert "no-store" in shown["Cache-Control"]
    layout = Batch.objects.get().plan["layout"]
    posted = {f"column-{n}": layout["columns"][h] for n, h in enumerate(tables.HEADINGS)}
    answer = client.post(page, {**posted, "source": "司法所", "do": "import"})
    assert answer.status_code == 302, text_of(answer)
    run_all(desk, "clerk")
    assert "HYPERLINK" in text_of(client.get(page))
    book = python_calamine.CalamineWorkbook.from_filelike(
        io.BytesIO(client.get(page + "repair.xlsx").content)
    )
    rows = book.get_sheet_by_index(0).to_python()
    assert "=HYPERLINK(1)" in rows[1]
    assert Case.objects.count() == 1


def test_what_is_wrong_is_said_and_what_was_chosen_stays(desk: Desk) -> None:
    client = desk.client("clerk")
    assert upload(desk, "clerk", b"%PDF-1.4", "a.pdf").status_code == 302
    assert "PDF" in text_of(client.get(f"/cases/import/{Batch.objects.get().id}/"))
    assert client.post("/cases/import/", {}).status_code == 422
    page = upload(desk, "clerk", OLD.encode()).url
    answer = client.post(page, {"column-0": "title", "column-1": "title", "do": "import"})
    assert answer.status_code == 422
    assert Batch.objects.filter(state="ready").exists()


@pytest.mark.parametrize("name", ["mediator", "officer", "administrator", "auditor"])
def test_who_sits_at_no_desk_has_no_import(desk: Desk, name: str) -> None:
    assert desk.client(name).get("/cases/import/").status_code == 403
    page = upload(desk, "clerk", OLD.encode()).url
    assert desk.client(name).get(page).status_code == 403


def test_another_desk_does_not_see_it(desk: Desk) -> None:
    page = upload(desk, "clerk", OLD.encode()).url
    for where in ("", "repair.xlsx", "progress/"):
        assert desk.client("neighbour_clerk").get(page + where).status_code == 404
    for verb in ("stop", "drop", "go-on", "sheet"):
        assert desk.client("neighbour_clerk").post(f"{page}{verb}/").status_code == 404
    assert desk.client("clerk").post(page + "drop/").status_code == 302
    assert not Batch.objects.exists()
