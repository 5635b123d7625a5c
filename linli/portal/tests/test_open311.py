"""Open311 GeoReport v2: the specification's shapes, in both formats, and nothing unreviewed."""

import json
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from defusedxml.ElementTree import fromstring
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from linli.accounts.scope import acting
from linli.cases.actions.classify import classify_case
from linli.cases.models import Case
from linli.cases.tests.desk import Desk
from linli.kernel.errors import NotPermitted, Stale
from linli.portal.actions.keep_house import give_key, revoke_key
from linli.portal.actions.publish import review
from linli.portal.actions.writing import checked_photos
from linli.portal.models import ClientKey, Photo, Publication, Terms
from linli.portal.tests.resident import TEXT, reported
from linli.portal.tests.test_report import photo
from tests.cast import LONGMENLI, make_cast

pytestmark = pytest.mark.django_db
V2 = "/open311/v2"


@pytest.fixture
def desk() -> Desk:
    return Desk(make_cast())


def decided(desk: Desk, row: Publication, state: str, name: str = "clerk", **more: Any) -> Any:
    actor = desk.cast.actor(name)
    given = {"text": row.text, "answer": "", "photo_id": None, **more}
    with acting(actor):
        return review(row.pk, state=state, actor=actor, at=timezone.now(), **given)


def published(desk: Desk, state: str = "without_photo", **fields: Any) -> Publication:
    """A report with a photo that the street's clerk has looked at."""
    photos = checked_photos([photo().read()])
    fields = {"kind": "hazard", "may_publish": True, "photos": photos, **fields}
    row = Publication.objects.get(pk=reported(**fields).public_id)
    image = Photo.objects.filter(report=row.report_id).values_list("id", flat=True).first()
    return decided(desk, row, state, photo_id=image) if state else row  # type: ignore[no-any-return]


def listed(client: Client, **query: Any) -> list[dict[str, Any]]:
    answer = client.get(f"{V2}/requests.json", query)
    assert answer.status_code == 200, answer.content
    return json.loads(answer.content)  # type: ignore[no-any-return]


def test_services_are_requests_and_hazards_in_both_formats(desk: Desk, client: Client) -> None:
    services = json.loads(client.get(f"{V2}/services.json").content)
    kinds = {one["keywords"] for one in services}
    assert kinds == {"request", "hazard"}
    assert all(one["type"] == "realtime" and one["metadata"] is True for one in services)
    answer = client.get(f"{V2}/services.xml")
    assert answer["Content-Type"] == "text/xml; charset=utf-8"
    assert answer.content.startswith(b"<?xml version='1.0' encoding='utf-8'?>")
    tree = fromstring(answer.content)
    assert [tree.tag, tree[0].tag] == ["services", "service"]
    assert tree[0].findtext("metadata") == "true"
    assert "neighbour" not in {one["service_code"] for one in services}


def test_a_definition_names_its_attributes(desk: Desk, client: Client) -> None:
    found = json.loads(client.get(f"{V2}/services/hazard.json").content)
    assert found["service_code"] == "hazard"
    first = found["attributes"][0]
    assert set(first) == {
        "variable", "code", "datatype", "required", "datatype_description", "order", "description",
        "values",
    }  # fmt: skip
    tree = fromstring(client.get(f"{V2}/services/hazard.xml").content)
    assert tree.tag == "service_definition"
    assert tree.findtext("attributes/attribute/values/value/key") == "school"
    assert client.get(f"{V2}/services/dispute.json").status_code == 404


def test_discovery_points_to_the_service(desk: Desk, client: Client) -> None:
    found = json.loads(client.get("/open311/discovery.json").content)
    endpoint = found["endpoints"][0]
    assert endpoint["url"] == "http://testserver/open311/v2"
    assert endpoint["formats"] == ["text/xml", "application/json"]
    tree = fromstring(client.get("/open311/discovery.xml").content)
    assert tree.findtext("endpoints/endpoint/formats/format") == "text/xml"


def test_nothing_is_public_before_a_person_has_looked(desk: Desk, client: Client) -> None:
    row = published(desk, state="")
    assert listed(client) == []
    one = json.loads(client.get(f"{V2}/requests/{row.id}.json").content)[0]
    assert one["status"] == "open"
    assert (one["lat"], one["address"], one["media_url"]) == (None, "", None)
    assert "路灯" not in str(one)
    for address in ("/portal/reported/", f"/portal/reported/{row.id}/", "/portal/"):
        assert "路灯" not in client.get(address).content.decode()
    assert client.get(f"/portal/reported/{row.id}/photo.jpg").status_code == 404


def test_what_was_reviewed_is_listed_roughly_placed(desk: Desk, client: Client) -> None:
    row = published(desk, latitude=38.520741, longitude=102.188264, area=LONGMENLI)
    case = Case.objects.get()
    one = listed(client)[0]
    assert one["service_request_id"] == str(row.id)
    assert (one["lat"], one["long"]) == (38.521, 102.188)
    assert one["address"] == "北京路街道 龙门里社区"
    assert one["description"] == TEXT
    assert one["media_url"] is None
    assert case.number not in str(one)
    assert set(one) == {
        "service_request_id", "status", "status_notes", "service_name", "service_code",
        "description", "agency_responsible", "service_notice", "requested_datetime",
        "updated_datetime", "expected_datetime", "address", "address_id", "zipcode", "lat", "long",
        "media_url",
    }  # fmt: skip
    tree = fromstring(client.get(f"{V2}/requests.xml").content)
    assert [tree.tag, tree[0].tag] == ["service_requests", "request"]
    assert tree[0].findtext("description") == TEXT


def test_the_photo_is_public_only_when_it_was_chosen(desk: Desk, client: Client) -> None:
    row = published(desk, state="published")
    media = listed(client)[0]["media_url"]
    assert media.endswith(f"/portal/reported/{row.id}/photo.jpg")
    sent = client.get(f"/portal/reported/{row.id}/photo.jpg")
    assert sent.content[:3] == b"\xff\xd8\xff"
    assert b"Exif" not in sent.content
    decided(desk, row, "without_photo")
    assert client.get(f"/portal/reported/{row.id}/photo.jpg").status_code == 404


def test_a_case_that_turns_into_a_dispute_vanishes(desk: Desk, client: Client) -> None:
    row = published(desk)
    case = Case.objects.get()
    desk.do("village_director", classify_case, case, kind="dispute", category=None)
    assert listed(client) == []
    assert client.get(f"{V2}/requests/{row.id}.json").status_code == 404


@pytest.mark.parametrize("name", ["mediator", "neighbour_clerk", "auditor", "grid_worker"])
def test_only_a_desk_that_covers_it_decides(desk: Desk, name: str) -> None:
    row = published(desk, state="")
    address = f"/residents/review/{row.id}/"
    assert desk.client(name).get(address).status_code in (403, 404)
    answer = desk.client(name).post(address, {"state": "published", "text": "x"})
    assert answer.status_code in (403, 404)
    row.refresh_from_db()
    assert row.state == "waiting"
    with pytest.raises((NotPermitted, Exception)):
        decided(desk, row, "published", name)


def test_the_review_page_decides_once(desk: Desk, client: Client) -> None:
    row = published(desk, state="")
    clerk = desk.client("clerk")
    assert "路灯" in clerk.get("/residents/").content.decode()
    page = clerk.get(f"/residents/review/{row.id}/").content.decode()
    assert TEXT in page
    data = {"state": "refused", "text": "x", "seen": "waiting"}
    assert clerk.post(f"/residents/review/{row.id}/", data).status_code == 302
    assert clerk.post(f"/residents/review/{row.id}/", data).status_code == 409
    with pytest.raises(Stale):
        decided(desk, row, "published", seen="waiting")
    data = {"state": "without_photo", "text": "  ", "seen": "refused"}
    assert clerk.post(f"/residents/review/{row.id}/", data).status_code == 422


def test_filters_windows_and_pages(desk: Desk, client: Client) -> None:
    rows = [published(desk), published(desk, kind="request")]
    now = timezone.now()
    Case.objects.filter(publication=rows[0]).update(opened_at=now - timedelta(days=100))
    recent = [str(rows[1].id)]
    assert [one["service_request_id"] for one in listed(client)] == recent
    old = (now - timedelta(days=120)).isoformat()
    assert [o["service_request_id"] for o in listed(client, start_date=old)] == [str(rows[0].id)]
    assert listed(client, status="closed") == []
    assert len(listed(client, status="open,closed")) == 1
    assert len(listed(client, service_code="request,nothing")) == 1
    assert listed(client, service_code="hazard") == []
    both = ",".join(str(row.id) for row in rows)
    assert len(listed(client, service_request_id=both, status="closed")) == 2
    assert listed(client, page=2, page_size=1) == []
    assert len(listed(client, page_size=100_000)) == 1
    assert (
        len(listed(client, updated_after=(now - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ")))
        == 1
    )
    for wrong in (
        {"start_date": "yesterday"},
        {"start_date": "2026-01-01T00:00:00Z", "end_date": "2026-06-01T00:00:00Z"},
        {"status": "half"},
        {"page": "0"},
        {"page_size": "x"},
        {"end_date": "2026-13-45"},
    ):
        answer = client.get(f"{V2}/requests.json", wrong)
        assert answer.status_code == 400, wrong
        assert json.loads(answer.content)[0]["code"] == 400


def test_faults_have_the_standard_shape(desk: Desk, client: Client) -> None:
    answer = client.get(f"{V2}/requests.xml?jurisdiction_id=elsewhere.example")
    assert answer.status_code == 404
    tree = fromstring(answer.content)
    assert [tree.tag, tree[0].tag, tree[0].findtext("code")] == ["errors", "error", "404"]
    assert client.get(f"{V2}/services.json?jurisdiction_id=6203").status_code == 200
    assert client.delete(f"{V2}/requests.json").status_code == 405
    assert client.get(f"{V2}/requests/nothing.json").status_code == 404
    hostile = "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><x>&e;</x>"
    answer = client.post(f"{V2}/requests.xml", hostile, content_type="text/xml")
    assert fromstring(answer.content)[0].findtext("code") == "403"


def key_of(desk: Desk) -> str:
    admin = desk.cast.actor("administrator")
    with acting(admin):
        return give_key("测试", actor=admin, at=timezone.now())


def test_posting_needs_a_key_and_gives_a_number(desk: Desk, client: Client) -> None:
    data = {"service_code": "hazard", "description": TEXT, "address_id": LONGMENLI}
    answer = client.post(f"{V2}/requests.json", data)
    assert (answer.status_code, json.loads(answer.content)[0]["code"]) == (403, 403)
    assert client.post(f"{V2}/requests.json", {**data, "api_key": "wrong"}).status_code == 403
    key = key_of(desk)
    more = {"api_key": key, "attribute[nearby][]": ["school", "old"], "attribute[hurt]": "no"}
    more |= {"media": SimpleUploadedFile("p.jpg", photo().read(), "image/jpeg")}
    more |= {
        "first_name": "无",
        "last_name": "名",
        "phone": "000-0000-1234",
        "address_string": "三号楼",
    }
    answer = client.post(f"{V2}/requests.json", {**data, **more})
    assert answer.status_code == 201, answer.content
    entry = json.loads(answer.content)[0]
    case = Case.objects.get(publication=UUID(entry["service_request_id"]))
    assert "附近有什么：学校或幼儿园、老人常经过" in case.description
    assert (case.place, case.attachments.count()) == ("三号楼", 1)
    link = entry["service_notice"].split()[-1]
    code = link.rstrip("/").rsplit("/", 1)[1]
    assert client.get(f"/portal/r/{code}/").status_code == 200
    token = json.loads(client.get(f"{V2}/tokens/{code}.json").content)[0]
    assert token["service_request_id"] == entry["service_request_id"]
    assert client.get(f"{V2}/tokens/{'0' * 16}.json").status_code == 404
    admin = desk.cast.actor("administrator")
    with acting(admin):
        revoke_key(ClientKey.objects.get().id, actor=admin, at=timezone.now())
    assert client.post(f"{V2}/requests.json", {**data, "api_key": key}).status_code == 403
    assert key not in str(ClientKey.objects.values_list("key_hash", flat=True))


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"service_code": ""}, 400),
        ({"service_code": "neighbour"}, 404),
        ({"description": " "}, 400),
        ({"address_id": ""}, 400),
        ({"address_id": "", "lat": "north", "long": "1"}, 400),
        ({"address_id": "", "lat": "nan", "long": "1"}, 400),
        ({"address_id": "", "lat": "52.5", "long": "13.4"}, 400),
        ({"address_id": "", "address_string": "火星基地"}, 400),
        ({"address_id": "110101"}, 400),
        ({"attribute[hurt]": "badly"}, 400),
        ({"media": SimpleUploadedFile("p.jpg", b"%PDF-1.4", "image/jpeg")}, 400),
    ],
)
def test_what_cannot_be_taken_is_said(
    desk: Desk, client: Client, change: dict[str, Any], status: int
) -> None:
    data = {"service_code": "hazard", "description": TEXT, "address_id": LONGMENLI}
    answer = client.post(f"{V2}/requests.json", {**data, "api_key": key_of(desk), **change})
    assert answer.status_code == status, answer.content
    assert not Case.objects.exists()


def test_open_posting_is_limited_by_address(desk: Desk) -> None:
    Terms.objects.create(posting="all")
    data = {"service_code": "request", "description": TEXT, "address_string": "金昌市龙门里社区"}
    flood, other = Client(REMOTE_ADDR="203.0.113.5"), Client(REMOTE_ADDR="203.0.113.6")
    codes = [flood.post(f"{V2}/requests.json", data).status_code for _ in range(4)]
    assert codes == [201, 201, 201, 429]
    assert other.post(f"{V2}/requests.json", data).status_code == 201
    assert {case.area_id for case in Case.objects.all()} == {LONGMENLI}


def test_text_that_xml_cannot_hold(desk: Desk, client: Client) -> None:
    row = published(desk)
    Publication.objects.filter(pk=row.pk).update(text="坏<b>&\x0b\ufffe灯]]>")
    tree = fromstring(client.get(f"{V2}/requests.xml").content)
    assert tree[0].findtext("description") == "坏<b>&灯]]>"


def test_the_map_and_the_page_of_one(desk: Desk, client: Client) -> None:
    row = published(desk, state="published", latitude=38.5, longitude=102.1)
    points = json.loads(client.get("/portal/reported/points.json").content)["points"]
    assert points == [[102.1, 38.5, "blue", TEXT[:30], str(row.id)]]
    assert TEXT in client.get(f"/portal/reported/{row.id}/").content.decode()
    assert client.get("/portal/reported/").status_code == 200
