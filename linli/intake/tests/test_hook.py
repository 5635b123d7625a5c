"""The incoming webhook: one object, one case, one answer; and a clear 4xx for everything else."""

import json
from typing import Any

import pytest
from django.test import Client

from linli.cases.actions.parties import opened
from linli.cases.models import Case
from linli.intake.channel_models import Received, Source
from tests.cast import BEIJING_ROAD, CITY, LONGMENLI, Cast, make_cast, make_user

CALL = {
    "id": 4711, "data": {"subject": "路灯不亮", "text": "晚上看不见路", "village": "龙门里社区"},
    "who": [{"name": "王小明", "tel": "13900001234"}],
}  # fmt: skip
FIELDS = {
    "id": "source_number", "data.subject": "title", "data.text": "description",
    "data.village": "area", "who[0].name": "applicant_name", "who[0].tel": "applicant_phone",
}  # fmt: skip


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def admin(cast: Cast) -> Client:
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(cast.users["administrator"], backend="linli.accounts.backend.RoleBackend")
    return client


class Caller:
    """Another system with its address and token."""

    def __init__(self, admin: Client) -> None:
        given = {"name": "12345", "kind": "request", "area": CITY}
        page = admin.post("/connections/in/new/hook/", given)
        self.source = Source.objects.get()
        self.token = page.text.partition("Bearer ")[2].partition("<")[0]
        self.client = Client(HTTP_ACCEPT_LANGUAGE="en")

    def post(self, body: Any = CALL, **headers: str) -> Any:
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        headers = {"Authorization": f"Bearer {self.token}", **headers}
        kind = headers.pop("type", "application/json")
        return self.client.post(
            f"/hooks/{self.source.pk}/", data, content_type=kind, headers=headers
        )


@pytest.fixture
def caller(admin: Client) -> Caller:
    made = Caller(admin)
    data = {"path": list(FIELDS), "field": list(FIELDS.values())}
    assert admin.post(f"/connections/in/{made.source.pk}/fields/", data).status_code == 302
    return made


def test_an_object_becomes_a_case_at_the_lowest_desk(caller: Caller) -> None:
    answer = caller.post()
    assert answer.status_code == 201, answer.content
    case = Case.objects.get()
    assert answer.json() == {"id": str(case.pk), "number": case.number}
    assert (case.title, case.area_id, case.holder.area_id) == ("路灯不亮", LONGMENLI, LONGMENLI)
    assert (case.kind, case.source_number) == ("request", "4711")
    assert opened(case.parties.get())["name"] == "王小明"


def test_replays_are_answered_with_the_first_result(caller: Caller) -> None:
    first = caller.post()
    again = caller.post({**CALL, "data": {**CALL["data"], "text": "改了"}})  # type: ignore[dict-item]
    assert (again.status_code, again.json()) == (200, first.json())
    keyed = {"Idempotency-Key": "k1"}
    other = {**CALL, "id": None}
    made = caller.post(other, **keyed)
    assert made.status_code == 201
    assert caller.post(other, **keyed).json() == made.json()
    assert caller.post({**other, "x": 1}, **keyed).status_code == 422
    # Without key and number the content itself is known again.
    assert caller.post(other).status_code == 201
    assert caller.post(other).status_code == 200
    assert Case.objects.count() == 3


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"{", 400, "not-json"),
        (b"\xff", 400, "not-json"),
        (b"[1]", 400, "no-object"),
        (b'{"a":' * 2000 + b"1" + b"}" * 2000, 400, None),
        (b'{"a":[' + b"1," * 400 + b"1]}", 400, "too-many"),
        (b'"' + b"x" * 300_000 + b'"', 413, "too-large"),
        (json.dumps({"id": 1}).encode(), 422, "invalid"),
        (json.dumps({**CALL, "id": 9, "data": {"subject": "x", "village": "上海市浦东"}}).encode(),
         422, "invalid"),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_is_told_clearly(
    caller: Caller, body: bytes, status: int, code: str | None
) -> None:
    answer = caller.post(body)
    assert answer.status_code == status, answer.content
    assert answer["content-type"] == "application/problem+json"
    if code:
        assert answer.json()["type"] == f"urn:linli:problem:{code}"
    assert not Case.objects.exists()


def test_tokens_and_types_and_rates(
    caller: Caller, admin: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert caller.post(type="text/plain").status_code == 415
    for wrong in ("", "Bearer x", f"Basic {caller.token}"):
        assert caller.post(Authorization=wrong).status_code == 401
    assert Client().get(f"/hooks/{caller.source.pk}/").status_code == 405
    page = f"/connections/in/{caller.source.pk}/"
    renewed = admin.post(f"{page}token/").text
    assert caller.post().status_code == 401
    caller.token = renewed.partition("Bearer ")[2].partition("<")[0]
    admin.post(f"{page}switch/", {"on": "0"})
    assert caller.post().status_code == 401
    admin.post(f"{page}switch/", {"on": "1"})
    monkeypatch.setattr("linli.intake.web.hook.MOST_CALLS", 5)
    answers = [caller.post().status_code for _ in range(7)]
    assert answers[0] == 201
    assert answers[-1] == 429


def test_nothing_is_taken_until_the_fields_are_set(admin: Client) -> None:
    caller = Caller(admin)
    assert caller.post().status_code == 409
    page = f"/connections/in/{caller.source.pk}/"
    assert "refused until" in admin.get(page).text
    shown = admin.post(f"{page}fields/", {"sample": json.dumps(CALL)})
    assert "data.village" in shown.text
    assert admin.post(f"{page}fields/", {"sample": "["}).status_code == 422
    twice = {"path": ["a", "b"], "field": ["title", "title"]}
    assert admin.post(f"{page}fields/", twice).status_code == 422


def test_only_administrators_of_the_area(cast: Cast, caller: Caller) -> None:
    cast.users["street"] = make_user("street", "administrator", BEIJING_ROAD, None)
    for name, status in (("street", 404), ("city_director", 403)):
        client = Client()
        client.force_login(cast.users[name], backend="linli.accounts.backend.RoleBackend")
        page = f"/connections/in/{caller.source.pk}/"
        assert client.get(page).status_code == status
        for verb in ("token", "switch", "remove", "look"):
            assert client.post(f"{page}{verb}/").status_code == status
    assert Source.objects.get().digest == caller.source.digest


def test_sources_are_set_up_changed_and_removed(
    admin: Client, settings: Any, tmp_path: Any
) -> None:
    settings.LINLI_INBOX = tmp_path / "inbox"
    assert "Nothing comes in by itself" in admin.get("/connections/in/").text
    mailbox = {
        "name": "Mail", "kind": "request", "area": CITY, "host": "mail.example.com", "port": "993",
        "security": "tls", "user": "u", "folder": "INBOX",
    }  # fmt: skip
    assert admin.post("/connections/in/new/mailbox/", mailbox).status_code == 422
    admin.post("/connections/in/new/mailbox/", mailbox | {"password": "geheim"})
    source = Source.objects.get()
    page = f"/connections/in/{source.pk}/"
    assert "geheim" not in admin.get(f"{page}change/").text
    assert b"geheim" not in bytes(source.secret or b"")
    assert admin.post(f"{page}change/", mailbox | {"name": "Post"}).status_code == 302
    # A stored password does not go to another server.
    moved = mailbox | {"host": "evil.example.com"}
    assert admin.post(f"{page}change/", moved).status_code == 422
    assert Source.objects.get().options["host"] == "mail.example.com"
    assert admin.post(f"{page}look/").status_code == 302
    folder = {"name": "F", "kind": "request", "area": CITY, "directory": "in-1", "mapping": ""}
    admin.post("/connections/in/new/folder/", folder)
    assert (tmp_path / "inbox" / "in-1" / "done").is_dir()
    for one in Source.objects.all():
        assert admin.get(f"/connections/in/{one.pk}/").status_code == 200
        admin.post(f"/connections/in/{one.pk}/remove/")
    assert not Received.objects.exists()
