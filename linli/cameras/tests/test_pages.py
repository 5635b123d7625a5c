"""The pages of the registry: who may open them, what is refused, and what follows."""

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from linli.cameras.actions import agree
from linli.cameras.actions.set_viewing_rules import RANGES
from linli.cameras.models import Agreement, Camera, Source, WorkOrder
from linli.cameras.tests.builders import Street, make_agreement
from linli.cases.actions.sweep import sweep_files
from linli.cases.files import path_of
from tests.cast import BEIJING_ROAD, LONGMENLI, TUESDAY


def typed(street: Street, **fields: object) -> dict[str, object]:
    """Return what an administrator types about a camera in the lobby of a hotel."""
    unit = street.cast.posts[BEIJING_ROAD]
    return {
        "code": "62030200300009", "name": "示例宾馆大堂", "place_kind": "hotel_lobby",
        "area": LONGMENLI, "lng": "102.18", "lat": "38.53", "place": "", "legal_class": "second",
        "purpose": "治安防范", "storage_days": "30", "installed_on": "2026-03-01",
        "owner": str(unit.id), "managing": str(unit.id), **fields,
    }  # fmt: skip


@pytest.fixture
def signed_in(street: Street, client: Client) -> Client:
    """The city's administrator."""
    client.force_login(street.cast.users["administrator"])
    return client


def test_a_guest_room_is_refused_and_a_lobby_is_taken(street: Street, signed_in: Client) -> None:
    refused = signed_in.post("/cameras/new/", typed(street, place_kind="guest_room"))
    assert refused.status_code == 422
    assert "不得安装摄像头" in refused.text
    worded = signed_in.post("/cameras/new/", typed(street, place="三楼客房302"))
    assert worded.status_code == 422
    assert "客房外" in worded.text
    taken = signed_in.post("/cameras/new/", typed(street))
    assert taken.status_code == 302
    camera = Camera.objects.get(code="62030200300009")
    assert (camera.filing_due - camera.installed_on).days == 30  # type: ignore[operator]
    page = signed_in.get(taken["Location"])
    assert "示例宾馆大堂" in page.text
    assert "待备案" in page.text


def test_everybody_opens_what_they_may(street: Street, client: Client) -> None:
    make_agreement(street.traffic, street.cast.posts[BEIJING_ROAD])
    for name, status in (("clerk", 403), ("auditor", 403), ("dispatcher", 200), ("officer", 200)):
        client.force_login(street.cast.users[name])
        assert client.get("/cameras/").status_code == status, name
    client.force_login(street.cast.users["dispatcher"])
    listed = client.get("/cameras/?state=unknown&filing=filed&legal_class=first").text
    assert "62030200300001" in listed
    assert "62030200300002" in listed
    page = client.get(f"/cameras/{street.theirs.id}/").text
    assert "一体化防控" in page
    assert "登记来源" not in page
    assert client.get(f"/cameras/{street.theirs.id}/change/").status_code == 403
    assert client.get("/cameras/points.json").json()["total"] == 2
    assert client.get(f"/cameras/{street.ours.id}/view.json").json()["features"]
    client.force_login(street.cast.users["neighbour_dispatcher"])
    assert client.get(f"/cameras/{street.ours.id}/").status_code == 404


def test_an_auditor_reads_figures_and_no_camera(street: Street, client: Client) -> None:
    client.force_login(street.cast.users["auditor"])
    assert client.get("/cameras/availability/").status_code == 200
    assert client.get(f"/cameras/{street.ours.id}/").status_code == 403


def test_a_list_asks_a_fixed_number_of_questions(
    street: Street, signed_in: Client, django_assert_max_num_queries: object
) -> None:
    with django_assert_max_num_queries(14):  # type: ignore[operator]
        assert signed_in.get("/cameras/").status_code == 200


def test_passwords_are_sealed_and_never_shown(street: Street, signed_in: Client) -> None:
    signed_in.post("/cameras/setup/", {"cidr": "127.0.0.0/8", "reason": "本机"})
    address = f"/cameras/{street.ours.id}/sources/"
    outside = signed_in.post(address, {"protocol": "rtsp", "address": "rtsp://10.1.1.1/live"})
    assert outside.status_code == 422
    given = {"protocol": "rtsp", "address": "rtsp://admin:geheim1@127.0.0.1:9/live"}
    assert signed_in.post(address, given).status_code == 302
    source = Source.objects.get()
    assert source.address == "rtsp://127.0.0.1:9/live"
    assert b"geheim1" not in bytes(source.sealed)  # type: ignore[arg-type]
    page = signed_in.get(f"/cameras/{street.ours.id}/").text
    assert "127.0.0.1:9" in page
    assert "geheim1" not in page


def test_an_agreement_is_made_by_the_giving_side_and_ended_with_a_reason(
    street: Street, client: Client
) -> None:
    taking = street.cast.posts[BEIJING_ROAD]
    given = {
        "giving": str(street.traffic.id), "taking": str(taking.id), "purpose": "一体化防控",
        "since": "2026-01-01", "until": "2028-12-31", "codes": street.theirs.code,
    }  # fmt: skip
    client.force_login(street.cast.users["director"])
    assert client.post("/cameras/agreements/new/", given).status_code == 422
    client.force_login(street.cast.users["traffic_officer"])
    assert client.post("/cameras/agreements/new/", given | {"codes": "9"}).status_code == 422
    made = client.post("/cameras/agreements/new/", given)
    assert made.status_code == 302
    agreement = Agreement.objects.get()
    client.force_login(street.cast.users["dispatcher"])
    assert client.get(f"/cameras/{street.theirs.id}/").status_code == 200
    assert client.get("/cameras/agreements/").status_code == 200
    client.force_login(street.cast.users["director"])
    end = f"/cameras/agreements/{agreement.id}/end/"
    assert client.post(end, {"reason": ""}).status_code == 422
    assert client.post(end, {"reason": "项目结束"}).status_code == 302
    client.force_login(street.cast.users["dispatcher"])
    assert client.get(f"/cameras/{street.theirs.id}/").status_code == 404
    assert Agreement.objects.get().ends_at > TUESDAY + timedelta(days=300)


def test_a_change_after_the_filing_is_filed_again(street: Street, signed_in: Client) -> None:
    camera = street.ours
    unit = street.cast.posts[BEIJING_ROAD]
    same = typed(
        street, code=camera.code, name="新名字", place_kind="road", legal_class="first",
        purpose=camera.purpose, installed_on="2026-01-05", heading="90", angle="60", reach="50",
        height="4", owner=unit.id, seen=1,
    )  # fmt: skip
    address = f"/cameras/{camera.id}/change/"
    assert signed_in.post(address, same).status_code == 302
    camera.refresh_from_db()
    assert camera.filing_due is None
    assert camera.name == "新名字"
    assert signed_in.post(address, same | {"heading": "180", "seen": 1}).status_code == 422
    assert signed_in.post(address, same | {"heading": "180", "seen": 2}).status_code == 302
    camera.refresh_from_db()
    assert camera.filing_due == TUESDAY.date() + timedelta(days=30)
    early = {"filed_on": "2026-03-09", "number": "2"}
    assert signed_in.post(f"/cameras/{camera.id}/file/", early).status_code == 422
    filed = {"filed_on": "2026-03-10", "number": "金公视备〔2026〕2号"}
    assert signed_in.post(f"/cameras/{camera.id}/file/", filed).status_code == 302
    camera.refresh_from_db()
    assert camera.filing_due is None
    assert camera.filings.get().facts["heading"] == 180.0


def test_the_photo_of_the_sign_is_kept_from_the_sweep(street: Street, signed_in: Client) -> None:
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(file, "JPEG")
    address = f"/cameras/{street.ours.id}/sign/"
    assert signed_in.post(address, {"sign": io.BytesIO(b"MZ")}).status_code == 422
    upload = SimpleUploadedFile("标识.jpg", file.getvalue())
    assert signed_in.post(address, {"sign": upload}).status_code == 302
    assert signed_in.get(address)["Content-Type"] == "image/jpeg"
    street.ours.refresh_from_db()
    path = path_of(street.ours.sign_sha256)
    assert sweep_files(at=TUESDAY + timedelta(days=4000)) >= 0
    assert path.exists()
    Camera.objects.update(sign_sha256="")
    sweep_files(at=TUESDAY + timedelta(days=4000))
    assert not path.exists()


def test_what_is_refused_stays_beside_what_was_typed(
    street: Street, signed_in: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = f"/cameras/{street.ours.id}/"
    for file in ({}, {"sign": SimpleUploadedFile("a.exe", b"MZ")}):
        refused = signed_in.post(f"{page}sign/", file)
        assert (refused.status_code, 'id="id_sign_error"' in refused.text) == (422, True)
    order = WorkOrder.objects.create(
        camera=street.ours, kind="black", unit=street.ours.managing, opened_at=TUESDAY,
        due_at=TUESDAY + timedelta(hours=24),
    )  # fmt: skip
    refused = signed_in.post(f"/cameras/orders/{order.id}/mended/", {"note": "修" * 301})
    assert (refused.status_code, "修" * 301 in refused.text) == (422, True)
    assert signed_in.post(f"/cameras/orders/{order.id}/mended/", {"note": "换"}).status_code == 302
    assert signed_in.post(f"/cameras/orders/{order.id}/mended/", {"note": "换"}).status_code == 302
    assert signed_in.post(f"/cameras/orders/{street.ours.id}/mended/", {}).status_code == 404
    agreement = make_agreement(street.traffic, street.cast.posts[BEIJING_ROAD], street.theirs)
    papers = f"/cameras/agreements/{agreement.id}/papers/"
    refused = signed_in.post(papers, {"paper": SimpleUploadedFile("a.exe", b"MZ")})
    assert (refused.status_code, 'id="id_paper_error"' in refused.text) == (422, True)
    monkeypatch.setattr(agree, "MOST_PAPERS", 0)
    refused = signed_in.post(papers, {"paper": SimpleUploadedFile("a.pdf", b"%PDF-1.7")})
    assert (refused.status_code, 'id="id_paper_error"' in refused.text) == (422, True)
    device = {"number": "1", "name": "录像机", "area": "999", "password": "geheim12"}
    refused = signed_in.post("/cameras/video/devices/", device)
    assert (refused.status_code, "录像机" in refused.text) == (422, True)
    assert 'id="id_area_error"' in refused.text
    rules = {name: str(low) for name, (low, _high) in RANGES.items()}
    refused = signed_in.post("/cameras/video/setup/", rules | {"what": "rules", "metres": "900"})
    assert (refused.status_code, 'id="id_metres_error"' in refused.text) == (422, True)
    assert signed_in.post("/cameras/video/setup/", rules | {"what": "rules"}).status_code == 302
