"""The pages and the API of webhooks, and a person's calendar."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from linli.accounts.actions.deactivate import deactivate_person
from linli.accounts.models import ApiToken
from linli.accounts.tokens import digest_of, new_token
from linli.cases.actions.accept import accept_case
from linli.cases.actions.assign import assign_case
from linli.cases.models import Case
from linli.exchange.actions.collect import collect
from linli.exchange.actions.deliver import deliver_next
from linli.exchange.models import AllowedHost, CalendarFeed, Delivery, Subscription
from linli.exchange.tests.conftest import Subscribe
from linli.exchange.tests.receiver import Receiver
from tests.cast import BEIJING_ROAD, CITY, TUESDAY, Cast, make_case, make_user

BACKEND = "linli.accounts.backend.RoleBackend"


def client_of(cast: Cast, name: str) -> Client:
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(cast.users[name], backend=BACKEND)
    return client


def test_an_administrator_connects_a_system_and_tests_it(cast: Cast, there: Receiver) -> None:
    admin = client_of(cast, "administrator")
    assert "No system is connected" in admin.get("/connections/").text
    wish = {"name": "Police", "url": f"{there.url}/x", "patterns": "case.*\nunit.*", "area": CITY}
    refused = admin.post("/connections/webhooks/new/", wish)
    assert refused.status_code == 422
    assert "allowed hosts" in refused.text
    admin.post("/connections/", {"host": "127.0.0.1", "reason": "test"})
    made = admin.post("/connections/webhooks/new/", wish)
    row = Subscription.objects.get()
    secret = made.text.partition("whsec_")[2].partition("<")[0]
    assert len(secret) == 44
    assert made["cache-control"] == "no-store, private"
    page = f"/connections/webhooks/{row.pk}/"
    assert secret not in admin.get(page).text
    admin.post(f"{page}test/")
    assert "hx-get" in admin.get(page).text
    assert deliver_next(row.pk, at=timezone.now())
    part = admin.get(f"{page}?part=log", headers={"HX-Request": "true"})
    assert "HTTP 204" in part.text
    assert "hx-get" not in part.text
    delivery = Delivery.objects.get()
    admin.post(f"{page}messages/{delivery.pk}/again/")
    assert Delivery.objects.get().next_at is not None
    for verb in ("pause", "resume"):
        assert admin.post(f"{page}{verb}/").status_code == 302
    assert "whsec_" in admin.post(f"{page}secret/").text
    changed = wish | {"patterns": "no event", "url": "https://example.com/"}
    assert admin.post(f"{page}change/", changed).status_code == 422
    assert admin.post(f"{page}change/", changed | {"patterns": "*"}).status_code == 302
    assert "example.com" in admin.get(page).text
    admin.post(f"{page}remove/")
    admin.post("/connections/hosts/127.0.0.1/forbid/")
    assert not Subscription.objects.exists()
    assert not AllowedHost.objects.exists()


def test_only_administrators_and_only_in_their_areas(cast: Cast, subscribed: Subscribe) -> None:
    row, _secret = subscribed()
    cast.users["street"] = make_user("street", "administrator", BEIJING_ROAD, None)
    for name, status in (("street", 404), ("city_director", 403), ("auditor", 403)):
        client = client_of(cast, name)
        assert client.get(f"/connections/webhooks/{row.pk}/").status_code == status
        assert client.post(f"/connections/webhooks/{row.pk}/secret/").status_code == status
    street = client_of(cast, "street")
    assert row.name not in street.get("/connections/").text
    wish = {"name": "x", "url": "https://example.com/", "patterns": "*", "area": CITY}
    assert street.post("/connections/webhooks/new/", wish).status_code == 422
    host = {"host": "10.0.0.1", "reason": "x"}
    assert street.post("/connections/", host).status_code == 422
    assert Subscription.objects.count() == AllowedHost.objects.count() == 1


def test_the_api_does_the_same(cast: Cast, there: Receiver, subscribed: Subscribe) -> None:
    subscribed()
    raw = new_token()
    ApiToken.objects.create(
        user=cast.users["administrator"], name="t", digest=digest_of(raw),
        scopes=["webhooks:write"], expires_at=timezone.now() + timedelta(days=1),
    )  # fmt: skip
    client = Client(headers={"Authorization": f"Bearer {raw}"})
    wish = {"name": "api", "url": f"{there.url}/api", "patterns": ["case.*"], "area": CITY}

    def ask(method: str, path: str = "", **more: Any) -> Any:
        answer = getattr(client, method)(
            f"/api/v1/webhooks{path}", content_type="application/json", **more
        )
        assert answer.status_code < 300, answer.content
        return answer.json() if answer.content else None

    made = ask("post", data=json.dumps(wish))
    key = f"/{made['id']}"
    assert made["secret"].startswith("whsec_")
    assert len(ask("get")) == 2
    assert "secret" not in ask("get", key)
    assert ask("post", f"{key}/secret")["secret"] != made["secret"]
    assert ask("put", key, data=json.dumps(wish | {"name": "b"}))["name"] == "b"
    ask("post", f"{key}/test")
    assert [one["event"] for one in ask("get", f"{key}/messages")] == ["webhook.test"]
    assert ask("post", f"{key}/pause")["paused_at"]
    assert ask("post", f"{key}/resume")["paused_at"] is None
    ask("delete", key)
    make_case(cast)
    collect(at=timezone.now())
    assert Delivery.objects.count() == 1


@pytest.fixture
def handled(cast: Cast) -> Case:
    """Return a case the mediator handles."""
    case = make_case(cast, title="欧阳家的秘密")
    assign_case(case.id, actor=cast.actor("clerk"), at=TUESDAY)
    accept_case(case.id, actor=cast.actor("mediator"), at=TUESDAY)
    return Case.objects.get(pk=case.id)


def address_made(client: Client) -> str:
    shown = client.post("/me/calendar/").text
    return "/calendar/" + shown.partition("testserver/calendar/")[2].partition("<")[0]


def test_a_calendar_tells_number_and_kind_and_when(cast: Cast, handled: Case) -> None:
    mediator = client_of(cast, "mediator")
    assert "own calendar program" in mediator.get("/me/").text
    address = address_made(mediator)
    for client in (Client(), client_of(cast, "county_clerk")):
        answer = client.get(address)
        assert answer["content-type"].startswith("text/calendar")
        calendar = Calendar.from_ical(answer.content)
        (entry,) = calendar.walk("VEVENT")
        assert entry["summary"] == f"{handled.number} dispute"
        assert entry["dtstart"].dt == handled.due_at.replace(microsecond=0)  # type: ignore[union-attr]
        assert "欧阳" not in answer.text
        assert "龙门" not in answer.text


def test_a_calendar_address_ends_when_it_is_renewed_revoked_or_the_person_is_gone(
    cast: Cast, handled: Case
) -> None:
    mediator = client_of(cast, "mediator")
    first = address_made(mediator)
    second = address_made(mediator)
    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200
    assert second.partition("/calendar/")[2][:20].encode() not in bytes(
        CalendarFeed.objects.get().digest
    )
    mediator.post("/me/calendar/revoke/")
    assert Client().get(second).status_code == 404
    third = address_made(mediator)
    deactivate_person(
        cast.users["mediator"].id, reason="走了", actor=cast.actor("administrator"),
        at=timezone.now(),
    )  # fmt: skip
    assert Client().get(third).status_code == 404


def test_who_handles_nothing_is_offered_no_calendar(cast: Cast) -> None:
    assert "own calendar program" not in client_of(cast, "auditor").get("/me/").text
