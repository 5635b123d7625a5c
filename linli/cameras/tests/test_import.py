"""A table of cameras: read with its faults by row, brought in once, changed by the next."""

import io
from uuid import UUID

import pytest
import xlsxwriter
from django.test import Client

from linli.cameras.actions.bring_in import examine_table, run_import
from linli.cameras.models import Camera, CameraImport, Health, Network, Source
from linli.cameras.sheet import EXAMPLE, HEADINGS
from linli.cameras.tests.builders import Street
from tests.cast import LONGMENLI, TUESDAY

WORDS = {name: words[0] for name, words in HEADINGS.items()}
ROW = dict(zip(HEADINGS, EXAMPLE, strict=True)) | {"address": "", "user": ""}


def table(*rows: dict[str, str]) -> bytes:
    """Return a workbook with a title, headings and rows."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_string(0, 0, "摄像头登记表")
        sheet.write_row(1, 0, list(WORDS.values()))
        for number, row in enumerate(rows):
            sheet.write_row(number + 2, 0, [row.get(name, "") for name in WORDS])
    return file.getvalue()


def brought(street: Street, client: Client, data: bytes) -> CameraImport:
    """Upload a table as the administrator and let the worker look at it."""
    client.force_login(street.cast.users["administrator"])
    file = io.BytesIO(data)
    file.name = "cameras.xlsx"
    answer = client.post("/cameras/import/", {"file": file, "datum": "wgs84"})
    assert answer.status_code == 302
    key = UUID(answer["Location"].rstrip("/").rpartition("/")[2])
    return examine_table(key, actor=street.cast.actor("administrator"), at=TUESDAY)


def test_rows_come_in_and_wrong_ones_are_told(street: Street, client: Client) -> None:
    Network.objects.create(cidr="10.20.0.0/16", reason="视频专网", at=TUESDAY)
    row = brought(
        street, client,
        table(
            ROW | {"code": "1", "address": "rtsp://10.20.1.5/live", "user": "admin", "password": "p1"},
            ROW | {"code": "2", "place_kind": "宾馆客房"},
            ROW | {"code": "3", "storage_days": "15"},
            ROW | {"code": "4", "area": "不存在的社区"},
            ROW | {"code": "5", "longitude": "东经"},
            ROW | {"code": "6", "address": "rtsp://192.0.2.1/live"},
            ROW | {"code": "1"},
            ROW | {"code": street.ours.code, "name": "新名字"},
        ),
    )  # fmt: skip
    assert (row.state, row.total, row.fresh, row.known, row.wrong) == ("ready", 8, 1, 1, 6)
    reasons = {fault.row: " ".join(fault.reasons) for fault in row.faults.all()}
    assert "不得安装摄像头" in reasons[4]
    assert "30天" in reasons[5]
    assert "不存在的社区" in reasons[6]
    assert set(reasons) == {4, 5, 6, 7, 8, 9}
    page = client.get(f"/cameras/import/{row.id}/")
    assert "导入 2 行" in page.text
    client.post(f"/cameras/import/{row.id}/start/")
    done = run_import(row.id, actor=street.cast.actor("administrator"), at=TUESDAY)
    assert (done.state, done.fresh, done.known, done.data) == ("done", 1, 1, None)
    camera = Camera.objects.get(code="1")
    assert (camera.area_id, camera.place_kind) == (LONGMENLI, "road")
    assert camera.contract is not None
    assert Source.objects.get(camera=camera).sealed is not None
    assert Health.objects.get(camera=camera).due_at == TUESDAY
    street.ours.refresh_from_db()
    assert street.ours.name == "新名字"
    client.force_login(street.cast.users["director"])
    assert client.get(f"/cameras/import/{row.id}/").status_code == 404


def test_a_file_that_is_no_table_says_so(street: Street, client: Client) -> None:
    row = brought(street, client, b"PK\x03\x04rubbish")
    assert row.state == "failed"
    assert row.failure
    assert row.data is None


def test_five_hundred_rows_ask_few_questions(
    street: Street, client: Client, django_assert_max_num_queries: object
) -> None:
    many = [ROW | {"code": f"9{number:05d}"} for number in range(500)]
    with django_assert_max_num_queries(60):  # type: ignore[operator]
        row = brought(street, client, table(*many))
    assert row.fresh == 500
    CameraImport.objects.update(state="running")
    with django_assert_max_num_queries(40):  # type: ignore[operator]
        done = run_import(row.id, actor=street.cast.actor("administrator"), at=TUESDAY)
    assert done.fresh == Camera.objects.filter(code__startswith="9").count() == 500


@pytest.mark.parametrize("name", ["clerk", "dispatcher", "auditor"])
def test_only_keepers_bring_cameras_in(street: Street, client: Client, name: str) -> None:
    client.force_login(street.cast.users[name])
    assert client.get("/cameras/import/").status_code == 403
