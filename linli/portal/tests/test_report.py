"""Report: from the form to the desk of the lowest centre, once."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from linli.audit.models import Entry
from linli.cases.actions.parties import opened
from linli.cases.models import Attachment, Case, Party
from linli.portal.models import Message, Photo, Publication, Report
from linli.portal.receipts import grouped, hash_of
from linli.portal.tests.resident import TEXT, aged, code_in, reported, send, stamp_of
from tests.cast import BEIJING_ROAD, LONGMENLI, Cast, make_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def photo(kind: str = "JPEG", **exif: Any) -> SimpleUploadedFile:
    made, data = Image.new("RGB", (40, 30), "teal"), io.BytesIO()
    marks = made.getexif()
    marks.get_ifd(0x8825)[1] = "N"
    made.save(data, kind, exif=marks)
    return SimpleUploadedFile("IMG_1.jpg", data.getvalue(), "image/jpeg")


def test_it_becomes_a_case_at_the_lowest_centre_of_the_place(cast: Cast, client: Client) -> None:
    answer = send(client, place="三单元门口", may_publish="on")
    assert answer.status_code == 302, answer.content.decode()
    case = Case.objects.get()
    assert (case.kind, case.channel, case.state) == ("hazard", "online", "registered")
    assert case.holder == cast.posts[LONGMENLI]
    assert case.title == "三单元门口的路灯坏了一周，晚上看不清台阶"
    assert case.description == TEXT
    report = Report.objects.get()
    assert report.contact is None
    assert report.token_hash == hash_of(code_in(answer))
    assert Message.objects.get().text == TEXT
    assert Publication.objects.get().state == "waiting"
    entry = Entry.objects.get(event="portal.report")
    assert (entry.object_id, entry.actor) == (str(case.id), None)
    assert TEXT[:6] not in str(entry.facts)
    paper = client.get(answer["Location"]).content.decode()
    assert case.number in paper
    assert grouped(code_in(answer)) in paper
    assert "<svg" in paper


def test_the_same_form_twice_gives_the_first_receipt(cast: Cast, client: Client) -> None:
    stamp = aged(stamp_of(client.get("/portal/report/")))
    first, second = (send(client, stamp=stamp) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert Case.objects.count() == 1


def test_contact_needs_consent_and_is_sealed(cast: Cast, client: Client) -> None:
    fields = {"name": "李无名", "phone": "000-0000-1234", "email": "li@example.org"}
    refused = send(client, **fields)
    assert refused.status_code == 422
    assert TEXT in refused.content.decode()
    assert not Case.objects.exists()
    send(client, **fields, consent="on")
    report, party = Report.objects.get(), Party.objects.get()
    assert report.consented_at is not None
    assert "0000" not in str(bytes(report.contact or b""))
    assert opened(party) == {"name": "李无名", "phone": "000-0000-1234"}
    assert party.role == "reporter"


def test_a_photo_loses_its_place_and_is_a_file_of_the_case(cast: Cast, client: Client) -> None:
    answer = send(client, photos=photo())
    assert answer.status_code == 302, answer.content.decode()
    file, mine = Attachment.objects.get(), Photo.objects.get()
    assert mine.attachment == file
    code = code_in(answer)
    sent = client.get(f"/portal/r/{code}/photos/{mine.id}/")
    data = b"".join(sent.streaming_content)  # type: ignore[attr-defined]
    with Image.open(io.BytesIO(data)) as image:
        assert not image.getexif().get_ifd(0x8825)


@pytest.mark.parametrize(
    "data",
    [b"", b"GIF89a not a photo", b"%PDF-1.4 a paper", b"\xff\xd8\xff\xe0 broken", b"MZ" * 600],
)
def test_a_photo_that_is_none_is_told_kindly(cast: Cast, client: Client, data: bytes) -> None:
    answer = send(client, photos=SimpleUploadedFile("photo.jpg", data, "image/jpeg"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert TEXT in page
    assert "errorlist" in page
    assert not Case.objects.exists()


def test_too_many_photos_and_too_much_text_are_refused(cast: Cast, client: Client) -> None:
    assert send(client, photos=[photo() for _ in range(4)]).status_code == 422
    assert send(client, text="字" * 2001).status_code == 422
    assert send(client, text="   坏了  ").status_code == 422
    assert not Case.objects.exists()


def test_an_area_outside_or_unknown_is_refused(cast: Cast, client: Client) -> None:
    for area in ("", "62", "110101001001", "620302003999", "x' OR 1=1"):
        assert send(client, area=area).status_code == 422, area
    assert not Case.objects.exists()


def test_a_point_alone_finds_its_area(cast: Cast, client: Client) -> None:
    village = cast.posts[LONGMENLI].area
    village.latitude, village.longitude = 38.52, 102.18
    village.save()
    answer = send(client, area="", lng="102.1805", lat="38.5207")
    assert answer.status_code == 302
    case = Case.objects.get()
    assert (case.area_id, case.latitude) == (LONGMENLI, 38.5207)


def test_a_place_above_the_villages_goes_to_its_own_centre(cast: Cast) -> None:
    reported(area=BEIJING_ROAD)
    assert Case.objects.get().holder == cast.posts[BEIJING_ROAD]


def test_numbers_stay_out_of_titles() -> None:
    from linli.portal.texts import title_of

    assert title_of("我的电话 138 0000 0000，楼上漏水。") == "我的电话 …，楼上漏水"
    assert title_of("身份证622301199001011234的人欠我钱") == "身份证…的人欠我钱"


def test_disputes_never_ask_to_be_published(cast: Cast) -> None:
    receipt = reported(kind="dispute", may_publish=True)
    assert receipt.public_id is None
    assert not Publication.objects.exists()
