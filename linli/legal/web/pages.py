"""Pages of the statute library: search, a law, an article, citations of a text."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from linli.accounts.actor import Actor, actor_of
from linli.cases.queries.case import case_for
from linli.kernel.working_days import local_date
from linli.legal import queries
from linli.legal.citations import Verdict
from linli.legal.citations import check as check_text
from linli.legal.library import Law
from linli.legal.policy import may_edit, permit_read
from linli.legal.web.forms import CheckForm, SearchForm
from linli.legal.words import FORCE, VERDICTS, article_url, judged, law_url, row_of

EXAMPLES = ("同事借我钱不还", "楼上漏水不赔", "公司不给加班费", "民法典675条", "宅基地")
SHOWN = 15


def reader_of(request: HttpRequest) -> Actor:
    """Return who is asking; refuse whoever may not read the library."""
    actor = actor_of(request)
    permit_read(actor)
    return actor


def day_of(request: HttpRequest) -> date:
    """Return the day the page is about: ``?on=``, else today."""
    try:
        return date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return local_date(timezone.now())


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Search the library."""
    actor = reader_of(request)
    on, today = day_of(request), local_date(timezone.now())
    words = request.GET.get("words", "").replace("\0", " ").strip()[:500]
    any_time = request.GET.get("all") == "on"
    found = queries.search(words, on, limit=SHOWN, any_time=any_time)
    context = {
        "form": SearchForm(initial={"words": words, "on": on, "all": any_time}),
        "words": words,
        "rows": [row_of(hit.article, on) for hit in found.hits],
        "laws": [(law_url(law), law) for law in found.laws],
        "terms": found.terms,
        "on": on,
        "is_today": on == today,
        "examples": EXAMPLES,
        "figures": None if words else queries.figures(),
        "may_edit": may_edit(actor),
    }
    part = (
        "legal/home.html#found"
        if request.headers.get("HX-Target") == "found"
        else "legal/home.html"
    )
    return render(request, part, context)


@require_GET
def laws(request: HttpRequest) -> HttpResponse:
    """Show all laws in force, by branch."""
    reader_of(request)
    on = day_of(request)
    groups = [
        (name or _("This city's own"), [(law_url(law), law) for law in found])
        for name, found in queries.by_department(on)
    ]
    return render(request, "legal/laws.html", {"groups": groups, "on": on})


def _law(key: str, number: str = "") -> Law | HttpResponse:
    """Return a wording by its key; a law's name leads to the wording of today."""
    law = queries.law_by_key(key)
    if law is not None:
        return law
    named = queries.library().wording(key, local_date(timezone.now()))
    if named is None:
        raise Http404
    if not number:
        return redirect(law_url(named))
    found = queries.article(key, number, local_date(timezone.now()))
    if found is None:
        raise Http404
    return redirect(article_url(found))


@require_GET
def law(request: HttpRequest, key: str) -> HttpResponse:
    """Show a law: its dates, its contents, its text."""
    reader_of(request)
    found = _law(key)
    if isinstance(found, HttpResponse):
        return found
    on = day_of(request)
    light, word = FORCE[found.force(on)]
    context = {
        "law": found,
        "light": light,
        "word": word,
        "parts": _parts(found),
        "wordings": [
            (law_url(other), other, other.key == found.key) for other in queries.wordings(found)
        ],
        "trail": _trail(),
    }
    return render(request, "legal/law.html", context)


def _parts(law: Law) -> list[dict[str, Any]]:
    """Return the law's articles under their headings; ``new`` are headings that begin here."""
    parts: list[dict[str, Any]] = []
    before: tuple[str, ...] = ()
    for article in law.articles:
        if not parts or article.path != before:
            shared = 0
            while (
                shared < min(len(before), len(article.path))
                and before[shared] == article.path[shared]
            ):
                shared += 1
            new = list(enumerate(article.path[shared:], shared))
            parts.append({"anchor": f"part-{len(parts)}", "new": new, "articles": []})
            before = article.path
        parts[-1]["articles"].append((article_url(article), article))
    return parts


@require_GET
def article(request: HttpRequest, key: str, number: str) -> HttpResponse:
    """Show one article with its neighbours."""
    reader_of(request)
    found = _law(key, number)
    if isinstance(found, HttpResponse):
        return found
    one = queries.library().article(found, number)
    if one is None:
        raise Http404
    around = found.articles
    before = around[one.position - 1] if one.position else None
    after = around[one.position + 1] if one.position + 1 < len(around) else None
    trail = [*_trail(), (law_url(found), found.short)]
    context = {
        "row": row_of(one, day_of(request)),
        "law": found,
        "before": before and (article_url(before), before),
        "after": after and (article_url(after), after),
        "address": request.build_absolute_uri(article_url(one)),
        "trail": trail,
    }
    return render(request, "legal/article.html", context)


def _trail() -> list[tuple[str, str]]:
    return [(reverse("legal:home"), _("Statutes"))]


@require_http_methods(["GET", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Check the citations of a text for a day."""
    reader_of(request)
    today = local_date(timezone.now())
    form = CheckForm(request.POST or None, initial={"on": today})
    rows, counts, text = [], [], ""
    on = today
    if form.is_bound and form.is_valid():
        on = form.cleaned_data["on"] or today
        text = form.cleaned_data["text"]
        rows = [judged(found) for found in check_text(text, on)]
        counts = [
            (VERDICTS[verdict], number)
            for verdict in Verdict
            if (number := sum(row.checked.verdict is verdict for row in rows))
        ]
    context = {
        "form": form,
        "rows": rows,
        "counts": counts,
        "on": on,
        "text": text,
        "trail": _trail(),
    }
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render(request, "legal/check.html", context, status=status)


@require_GET
def for_case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Answer the case page's card: the statutes that bear on a case."""
    actor = reader_of(request)
    found = case_for(actor, case_id)
    if found is None:
        raise Http404
    case = found[0]
    on = case.happened_on or local_date(case.opened_at)
    hits = queries.for_case(case, on).hits
    context = {"rows": [row_of(hit.article, on) for hit in hits], "case": case, "on": on}
    return render(request, "legal/case_card.html#statutes", context)
