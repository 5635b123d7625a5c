"""The pages: for whom, with what, in both languages."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from linli.cases.tests.desk import Desk
from linli.legal.models import Statute
from linli.legal.queries import article
from linli.legal.tests.test_own import SOURCE
from linli.legal.tests.test_search import TODAY
from linli.legal.words import article_url, law_url
from tests.cast import make_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def library_desk(db: None) -> Desk:
    return Desk(make_cast())


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_searching_reading_checking(library_desk: Desk, language: str) -> None:
    client = library_desk.client("mediator")
    asks = {"HTTP_ACCEPT_LANGUAGE": language}
    found = client.get("/statutes/", {"words": "同事借我钱不还"}, **asks).content.decode()
    assert "第六百七十五条" in found
    one = article("民法典", "675", TODAY)
    assert one is not None
    assert "第六百七十六条" in client.get(article_url(one), **asks).content.decode()
    assert "第七编 侵权责任" in client.get(law_url(one.law), **asks).content.decode()
    assert client.get("/statutes/laws/民法典/675/", **asks).headers["Location"] == article_url(one)
    assert client.get("/statutes/laws/", **asks).status_code == 200
    text = {"text": "《民法典》第675条和《合同法》第60条", "on": "2024-01-01"}
    checked = client.post("/statutes/check/", text, **asks).content.decode()
    assert "light-red" in checked
    assert article_url(one) in checked


def test_only_an_administrator_adds(library_desk: Desk) -> None:
    file = SimpleUploadedFile("a.md", SOURCE.encode())
    assert library_desk.client("mediator").get("/statutes/own/").status_code == 403
    page = library_desk.client("administrator").post("/statutes/own/", {"file": file})
    assert page.status_code == 302
    assert Statute.objects.get().title == "金昌市物业管理条例"
    wrong = SimpleUploadedFile("a.md", b"nothing")
    refused = library_desk.client("administrator").post("/statutes/own/", {"file": wrong})
    assert refused.status_code == 422
    asked = {"say": "瓜皮不给钱", "legal": "返还借款", "articles": "民法典 675"}
    assert (
        library_desk.client("administrator").post("/statutes/own/sayings/", asked).status_code
        == 302
    )


def test_a_case_shows_the_law_that_bears_on_it(library_desk: Desk) -> None:
    case = library_desk.at("assigned")
    client = library_desk.client("mediator")
    assert f"/statutes/for/{case.id}/" in client.get(f"/cases/{case.id}/").content.decode()
    card = client.get(f"/statutes/for/{case.id}/").content.decode()
    assert "第二百八十八条" in card or "第二百九十六条" in card
    assert (
        library_desk.client("neighbour_clerk").get(f"/statutes/for/{case.id}/").status_code == 404
    )
