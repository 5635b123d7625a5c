"""The tables: read, judged row by row, and what is there is not added twice."""

import io

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from linli.premises.hours import is_open, read_hours, write_hours
from linli.premises.models import Contact, Device, Premises
from linli.premises.sheets import COLUMNS, EXAMPLES
from linli.premises.tests.test_pages import client
from linli.premises.tests.town import Town
from tests.cast import LONGMENLI, TUESDAY


def book(what: str, *rows: list[str]) -> SimpleUploadedFile:
    """Return a workbook as the template has it."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as workbook:
        sheet = workbook.add_worksheet()
        for number, row in enumerate([[words[0] for words in COLUMNS[what].values()], *rows]):
            sheet.write_row(number, 0, row)
    return SimpleUploadedFile("table.xlsx", content.getvalue())


def changed(what: str, **cells: str) -> list[str]:
    """Return the template's example with other cells."""
    row = dict(zip(COLUMNS[what], EXAMPLES[what], strict=True)) | cells
    return list(row.values())


def test_places_then_devices(town: Town) -> None:
    browser = client(town, "administrator")
    hotel = changed("premises")
    wrong = changed("premises", name="坏行", kind="飞船", hours="随时", floors="五层")
    sheet = book("premises", hotel, hotel, wrong)
    told = {"what": "premises", "datum": "gcj02", "file": sheet}
    preview = browser.post(reverse("premises:import"), told, follow=True)
    page = preview.content.decode()
    for sentence in ("无法识别“飞船”", "“随时”不是营业时间", "“五层”不是数字", "导入 1 行"):
        assert sentence in page, sentence
    assert not Premises.objects.exists()
    address = preview.redirect_chain[-1][0]
    done = browser.post(address, follow=True).content.decode()
    assert "新增 1 行，已存在 1 行，未导入 1 行" in done
    place = Premises.objects.get()
    assert place.area_id == LONGMENLI
    # The map's shift was taken out.
    assert place.longitude is not None
    assert 102.17 < place.longitude < 102.18
    assert Contact.objects.count() == 1

    alarm = changed("devices", premises="示例宾馆")
    lost = changed("devices", premises="无此处", serial="X-2", kind="感知设备")
    told = {"what": "devices", "datum": "wgs84", "file": book("devices", alarm, lost)}
    preview = browser.post(reverse("premises:import"), told, follow=True)
    assert "没有场所“无此处”" in preview.content.decode()
    browser.post(preview.redirect_chain[-1][0])
    device = Device.objects.get()
    assert (device.premises, device.spot, device.to_police) == (place, "guard_room", True)
    assert device.interval_seconds == 60


def test_the_empty_table_can_be_had_and_no_other(town: Town) -> None:
    browser = client(town, "director")
    assert browser.get(reverse("premises:import_template", args=["devices"])).status_code == 200
    assert browser.get(reverse("premises:import_template", args=["people"])).status_code == 404
    assert browser.get("/premises/import/premises/gone/").status_code == 404


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("周一至周五 08:00-18:00；周六 09:00-12:00", None),
        ("1-5 8:00-12:00, 14:00-18:00", "周一至周五 08:00-12:00, 14:00-18:00"),
        ("22:00-02:00", "每天 22:00-02:00"),
        ("24/7", "24小时"),
        ("星期日 10：00至16：00", "周日 10:00-16:00"),
        ("", None),
    ],
)
def test_hours_as_people_write_them(text: str, written: str | None) -> None:
    assert write_hours(read_hours(text)) == (text if written is None else written)


@pytest.mark.parametrize("text", ["随时", "周五至周一 08:00-09:00", "25:00-26:00", "周一 08:00"])
def test_what_is_no_hours(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the words are the form's affair
        read_hours(text)


def test_after_midnight_the_bar_is_still_open() -> None:
    week = read_hours("周一 22:00-02:00")
    tuesday_one_at_night = TUESDAY.replace(hour=1)
    assert is_open(week, tuesday_one_at_night)
    assert not is_open(week, tuesday_one_at_night.replace(hour=3))
    assert is_open((), TUESDAY) is None
