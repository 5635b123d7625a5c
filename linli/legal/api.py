"""The JSON API of the statute library."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Field, Router, Schema

from linli.accounts.gate import scoped
from linli.kernel.errors import NotFound
from linli.kernel.working_days import local_date
from linli.legal import queries
from linli.legal.citations import check as check_text
from linli.legal.policy import permit_read
from linli.legal.words import article_row, citation_row

router = Router(tags=["statutes"])


class ArticleOut(Schema):
    """An article; ``until`` is the first day on which this wording no longer holds."""

    law: str
    title: str
    article: str
    label: str
    path: list[str]
    text: str
    state: str
    since: date
    until: date | None
    citation: str
    url: str


class HitOut(ArticleOut):
    """An article that was found; a higher score fits better."""

    score: float


class FoundOut(Schema):
    """What a search brought, the best first; ``terms`` are legal words it understood."""

    on: date
    terms: list[str]
    results: list[HitOut]


class CheckIn(Schema):
    """A text and the day its citations are meant for (today when missing)."""

    text: str = Field(max_length=100_000)
    on: date | None = None


class CitationOut(Schema):
    """A citation in the text: ``verdict`` is valid, not_in_force, wrong or not_in_library."""

    text: str
    start: int
    end: int
    law: str
    article: str
    paragraph: int | None
    item: int | None
    verdict: str
    reason: str
    note: str
    url: str


class CheckedOut(Schema):
    """Every citation of the text, in its order."""

    on: date
    citations: list[CitationOut]


@router.get("/statutes/search", response=FoundOut, summary="Search statutes")
@scoped("statutes:read")
def search(
    request: HttpRequest,
    words: str,
    on: date | None = None,
    limit: int = 10,
    any_time: bool = False,
) -> Any:
    """Find articles by number, words or everyday speech; in force ``on`` the day unless ``any_time``."""
    permit_read(request.actor)  # type: ignore[attr-defined]
    day = on or local_date(timezone.now())
    found = queries.search(words, day, limit=max(1, min(limit, 50)), any_time=any_time)
    results = [article_row(hit.article, day) | {"score": hit.score} for hit in found.hits]
    return {"on": day, "terms": found.terms, "results": results}


@router.get("/statutes/{law}/{number}", response=ArticleOut, summary="An article")
@scoped("statutes:read")
def one(request: HttpRequest, law: str, number: str, on: date | None = None) -> Any:
    """Return an article by its law's name (民法典) and number (675), as it stands on a day."""
    permit_read(request.actor)  # type: ignore[attr-defined]
    day = on or local_date(timezone.now())
    found = queries.article(law, number, day)
    if found is None:
        raise NotFound(_("The library has no such article."))
    return article_row(found, day)


@router.post("/statutes/check", response=CheckedOut, summary="Check citations")
@scoped("statutes:read")
def check(request: HttpRequest, data: CheckIn) -> Any:
    """Check every citation of a text for a day."""
    permit_read(request.actor)  # type: ignore[attr-defined]
    day = data.on or local_date(timezone.now())
    return {"on": day, "citations": [citation_row(found) for found in check_text(data.text, day)]}
