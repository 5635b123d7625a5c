"""The list of cases: filters, pages, print, and the filters a person keeps."""

from functools import lru_cache
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from linli.accounts.actor import actor_of
from linli.cases.actions.saved_filters import delete_filter, rename_filter, save_filter
from linli.cases.policy import DESK, may_register, may_search_persons
from linli.cases.queries.categories import Named, categories
from linli.cases.queries.listing import Page, Total, page, total
from linli.cases.queries.named import saved_filters
from linli.cases.queries.selection import BY_DEADLINE
from linli.cases.web.list_forms import FilterForm, bare_query
from linli.cases.web.rows import rows_html
from linli.kernel.errors import Invalid

PRINTED_PAGES = 5


@require_GET
def cases(request: HttpRequest) -> HttpResponse:
    """Show a page of the cases the filters ask for."""
    form = FilterForm(request.GET)
    query = bare_query(request.GET)
    if not form.is_valid():
        context = {"filters": filters_html(form, query), "failed": True, **_tools(request, query)}
        return render(request, "cases/list.html", context, status=422)
    actor, now = actor_of(request), timezone.now()
    selection = form.selection(actor, now)
    before, after = request.GET.get("before", ""), request.GET.get("after", "")
    shown = page(actor, selection, now=now, before=before, after=after)
    may_assign = actor.holds(*DESK)
    context = {
        "filters": cached_filters(query),
        "rows": rows_html(shown.rows, now, tick=may_assign),
        "is_empty": not shown.rows,
        "is_filtered": bool(query),
        "page": shown,
        "note": count_words(shown, total(actor, selection, shown, now)),
        "by_deadline": selection.order == BY_DEADLINE,
        "may_assign": may_assign,
        "saved": saved_filters(actor.user_id),
        **_tools(request, query),
    }
    return render(request, "cases/list.html", context)


def _tools(request: HttpRequest, query: QueryDict) -> dict[str, Any]:
    actor = actor_of(request)
    return {
        "query": query.urlencode(),
        "may_register": may_register(actor),
        "may_search_persons": may_search_persons(actor),
    }


def count_words(shown: Page, found: Total) -> str:
    """Say how many cases there are, as far as they were counted."""
    number = f"{found.number:,}"
    if found.exact:
        text = ngettext("%(number)s case", "%(number)s cases", found.number)
    else:
        text = _("more than %(number)s cases")
    return text % {"number": number}


def filters_html(form: FilterForm, query: QueryDict) -> SafeString:
    """Return the filter bar; drawing fifteen fields takes longer than reading a hundred cases."""
    try:
        areas_url = reverse("areas:choices")
    except NoReverseMatch:
        areas_url = ""
    chips = form.chips(query) if form.is_valid() else []
    context = {"form": form, "chips": chips, "areas_url": areas_url, "order": query.get("order")}
    return mark_safe(render_to_string("cases/filters.html", context))  # noqa: S308 - a template's own


def cached_filters(query: QueryDict) -> SafeString:
    """Return the filter bar of valid filters, drawn once for everybody who asks the same."""
    return _drawn(get_language() or "", query.urlencode(), categories())


@lru_cache(maxsize=256)
def _drawn(language: str, query: str, known: tuple[Named, ...]) -> SafeString:
    given = QueryDict(query)
    return filters_html(FilterForm(given), given)


@require_GET
def printed(request: HttpRequest) -> HttpResponse:
    """Show the first pages of a list on one sheet for the printer."""
    form = FilterForm(request.GET)
    if not form.is_valid():
        raise Invalid(_("These filters can't be read; go back to the list."))
    actor, now = actor_of(request), timezone.now()
    selection = form.selection(actor, now)
    shown = page(actor, selection, now=now)
    parts, last = [rows_html(shown.rows, now, tick=False)], shown
    for _number in range(1, PRINTED_PAGES):
        if last.after is None:
            break
        last = page(actor, selection, now=now, after=last.after)
        parts.append(rows_html(last.rows, now, tick=False))
    query = bare_query(request.GET)
    context = {
        "parts": parts,
        "note": count_words(shown, total(actor, selection, shown, now)),
        "filters": [text for text, _address in form.chips(query)],
        "is_cut": last.after is not None,
        "query": query.urlencode(),
        "now": now,
    }
    return render(request, "cases/list_print.html", context)


@require_GET
def filters(request: HttpRequest) -> HttpResponse:
    """Show the filters a person keeps, to rename and delete them."""
    return _filters_page(request)


def _filters_page(
    request: HttpRequest, refusal: Invalid | None = None, **more: Any
) -> HttpResponse:
    kept = saved_filters(actor_of(request).user_id)
    context = {"saved": kept, "refusal": refusal, **more}
    status = refusal.status if refusal else 200
    return render(request, "cases/saved_filters.html", context, status=status)


@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keep the filters of the list under a name."""
    query = bare_query(QueryDict(request.POST.get("query", ""))).urlencode()
    name = request.POST.get("name", "")
    try:
        kept = save_filter(name, query, actor=actor_of(request))
    except Invalid as refusal:
        return _filters_page(request, refusal, new_name=name, new_query=query)
    messages.success(request, _("Saved as “%(name)s”.") % {"name": kept.name})
    return HttpResponseRedirect(f"{reverse('cases:list')}?{query}")


@require_POST
def rename(request: HttpRequest, filter_id: UUID) -> HttpResponse:
    """Give a kept filter another name."""
    name = request.POST.get("name", "")
    try:
        rename_filter(filter_id, name, actor=actor_of(request))
    except Invalid as refusal:
        return _filters_page(request, refusal, renamed=filter_id, typed=name)
    messages.success(request, _("Renamed."))
    return HttpResponseRedirect(reverse("cases:filters"))


@require_POST
def delete(request: HttpRequest, filter_id: UUID) -> HttpResponse:
    """Forget a kept filter."""
    delete_filter(filter_id, actor=actor_of(request))
    messages.success(request, _("Deleted."))
    return HttpResponseRedirect(reverse("cases:filters"))
