"""Administration of the rules: deadlines, categories, the working-day calendar."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from linli.accounts.actor import actor_of
from linli.cases.actions.edit_categories import add_category, rename_category, retire_category
from linli.cases.actions.set_calendar import Day, clear_calendar_day, read_days, set_calendar
from linli.cases.actions.set_deadline_rule import (
    KEYS,
    drop_deadline_rule,
    permit_policies,
    set_deadline_rule,
)
from linli.cases.queries.categories import categories
from linli.cases.queries.policies import calendar_days, deadline_lines
from linli.cases.web.policy_forms import (
    CLOCKS,
    KEY_WORDS,
    UNIT_WORDS,
    CategoryForm,
    DayForm,
    RenameForm,
    RuleForm,
    YearForm,
)
from linli.kernel.form_errors import attempt
from linli.kernel.working_days import local_date, unknown_years


def _page(request: HttpRequest, name: str, context: dict[str, Any], *, wrong: bool) -> HttpResponse:
    tabs = [
        (reverse(f"cases:{view}"), label, "", view == name)
        for view, label in (
            ("policies", _("Deadlines")),
            ("categories", _("Categories")),
            ("calendar", _("Working days")),
        )
    ]
    tabs.append((reverse("accounts:rules"), _("Second factor"), "", False))
    years = unknown_years(local_date(timezone.now()))
    context |= {"page_tabs": tabs, "unknown_years": years}
    return render(request, f"cases/{name}.html", context, status=422 if wrong else 200)


@require_http_methods(["GET", "POST"])
def deadlines(request: HttpRequest) -> HttpResponse:
    """Show what holds today and what comes; add a rule for a day to come."""
    actor, now = actor_of(request), timezone.now()
    permit_policies(actor)
    today = local_date(now)
    form = RuleForm(request.POST or None, today=today)
    if form.is_bound:

        def act() -> str:
            rule = set_deadline_rule(**form.arguments(), actor=actor, at=now)
            return _("The rule holds from %(day)s on.") % {"day": rule.effective_from}

        if said := attempt(form, act):
            return _done(request, said, "policies")
    lines = [
        {
            "clock": CLOCKS.get(line.clock, line.clock),
            "key": KEY_WORDS.get(line.clock, {}).get(line.key, line.key),
            "place": line.place,
            "holds": _length(line.holds),
            "coming": [(rule.pk, rule.effective_from, _length(rule)) for rule in line.coming],
        }
        for line in deadline_lines(today, KEYS)
    ]
    return _page(request, "policies", {"form": form, "lines": lines}, wrong=form.is_bound)


def _length(rule: Any) -> str:
    return f"{rule.amount} {UNIT_WORDS[rule.unit]}" if rule else ""


def _done(request: HttpRequest, said: str, view: str) -> HttpResponse:
    messages.success(request, said)
    return HttpResponseRedirect(reverse(f"cases:{view}"))


@require_POST
def drop_rule(request: HttpRequest, rule_id: int) -> HttpResponse:
    """Take back a rule that has not come into force."""
    drop_deadline_rule(rule_id, actor=actor_of(request), at=timezone.now())
    return _done(request, _("Taken back."), "policies")


@require_http_methods(["GET", "POST"])
def category_list(request: HttpRequest) -> HttpResponse:
    """Show the categories; add one."""
    actor = actor_of(request)
    permit_policies(actor)
    form = CategoryForm(request.POST or None)
    if form.is_bound:

        def act() -> str:
            added = add_category(**form.arguments(), actor=actor, at=timezone.now())
            return _("“%(name)s” is offered from now on.") % {"name": added.name}

        if said := attempt(form, act):
            return _done(request, said, "categories")
    return _page(
        request, "categories", {"form": form, "categories": categories()}, wrong=form.is_bound
    )


@require_http_methods(["GET", "POST"])
def category(request: HttpRequest, code: str) -> HttpResponse:
    """Give one category other names."""
    actor = actor_of(request)
    permit_policies(actor)
    known = next((one for one in categories() if one.code == code), None)
    if known is None:
        raise Http404
    form = RenameForm(request.POST or None, initial={"name": known.name, "name_en": known.name_en})
    if form.is_bound:

        def act() -> str:
            rename_category(code, **form.cleaned_data, actor=actor, at=timezone.now())
            return _("Renamed.")

        if said := attempt(form, act):
            return _done(request, said, "categories")
    context = {"form": form, "category": known}
    return render(request, "cases/category.html", context, status=422 if form.is_bound else 200)


@require_POST
def retire(request: HttpRequest, code: str) -> HttpResponse:
    """Offer a category no longer, or again."""
    retired = request.POST.get("retired") == "1"
    retire_category(code, retired=retired, actor=actor_of(request), at=timezone.now())
    said = _("No longer offered; cases keep it.") if retired else _("Offered again.")
    return _done(request, said, "categories")


@require_http_methods(["GET", "POST"])
def calendar(request: HttpRequest) -> HttpResponse:
    """Show the days to come; enter one, or a whole year."""
    actor, now = actor_of(request), timezone.now()
    permit_policies(actor)
    one = request.POST if "date" in request.POST else None
    many = request.POST if "text" in request.POST else None
    day, year = DayForm(one), YearForm(many)

    def enter() -> str:
        given = day.cleaned_data
        entry = Day(given["date"], given["works"] == "1", given["name"])
        return _said(set_calendar([entry], actor=actor, at=now))

    def bring() -> str:
        return _said(set_calendar(read_days(year.cleaned_data["text"]), actor=actor, at=now))

    if said := attempt(day, enter) or attempt(year, bring):
        return _done(request, said, "calendar")
    context = {"day": day, "year": year, "days": calendar_days(local_date(now))}
    return _page(request, "calendar", context, wrong=day.is_bound or year.is_bound)


def _said(number: int) -> str:
    return _("%(number)s days entered.") % {"number": number}


@require_POST
def clear_day(request: HttpRequest, day: str) -> HttpResponse:
    """Take a day to come out of the calendar."""
    try:
        when = date.fromisoformat(day)
    except ValueError:
        raise Http404 from None
    clear_calendar_day(when, actor=actor_of(request), at=timezone.now())
    return _done(request, _("Taken back."), "calendar")
