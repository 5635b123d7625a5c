"""The statutes over the API: found by speech, read by number, citations judged for their day."""

import pytest
from django.test import Client

from linli.accounts.models import ApiToken
from linli.accounts.tokens import digest_of, new_token
from tests.cast import Cast, make_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def caller(cast: Cast, name: str, *scopes: str) -> Client:
    """Return a program that acts for somebody."""
    raw = new_token()
    ApiToken.objects.create(
        user=cast.users[name], name="测试", digest=digest_of(raw), scopes=list(scopes),
        expires_at="2030-01-01T00:00:00Z",
    )  # fmt: skip
    return Client(headers={"authorization": f"Bearer {raw}"})


def test_found_by_everyday_speech(cast: Cast) -> None:
    client = caller(cast, "mediator", "statutes:read")
    asked = {"words": "同事借我钱不还", "on": "2026-03-10", "limit": 5}
    found = client.get("/api/v1/statutes/search", asked).json()
    labels = [f"{one['title']}{one['label']}" for one in found["results"]]
    assert len(labels) == 5
    assert any("民法典" in label and "第六百七十五条" in label for label in labels)
    assert found["on"] == "2026-03-10"
    scores = [one["score"] for one in found["results"]]
    assert scores == sorted(scores, reverse=True)


def test_an_article_as_it_stood_on_a_day(cast: Cast) -> None:
    client = caller(cast, "mediator", "statutes:read")
    one = client.get("/api/v1/statutes/民法典/675", {"on": "2026-03-10"}).json()
    assert (one["label"], one["state"]) == ("第六百七十五条", "in_force")
    before = client.get("/api/v1/statutes/民法典/675", {"on": "2019-01-01"}).json()
    assert before["state"] != "in_force"
    assert client.get("/api/v1/statutes/民法典/9000").status_code == 404


def test_citations_are_judged_for_their_day(cast: Cast) -> None:
    client = caller(cast, "mediator", "statutes:read")
    text = "依据《中华人民共和国民法典》第六百七十五条、第九千条和《合同法》第六十条，"
    asked = {"text": text, "on": "2026-03-10"}
    told = client.post("/api/v1/statutes/check", asked, content_type="application/json").json()
    assert [one["verdict"] for one in told["citations"]] == ["valid", "wrong", "not_in_force"]
    assert all(text[one["start"] : one["end"]] == one["text"] for one in told["citations"])


def test_who_may(cast: Cast) -> None:
    other = caller(cast, "mediator", "cases:read")
    assert other.get("/api/v1/statutes/search", {"words": "借款"}).status_code == 403
    assert Client().get("/api/v1/statutes/search", {"words": "借款"}).status_code == 401
