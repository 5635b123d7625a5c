"""One rule of a draft: write, move, remove; and what the forms ask while they are filled in."""

from types import SimpleNamespace
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.accounts.actor import actor_of
from linli.areas.codes import LENGTHS
from linli.kernel.errors import Invalid, NotFound, Refused, Stale
from linli.kernel.form_errors import show_refusal
from linli.kernel.working_days import local_date
from linli.routing.actions.move_rule import move_rule
from linli.routing.actions.remove_rule import remove_rule
from linli.routing.actions.write_rule import write_rule
from linli.routing.models import Rule, RuleSet
from linli.routing.queries import where_to
from linli.routing.queries.sets import rule_for, rules_of
from linli.routing.sentences import sentence
from linli.routing.web.draft import draft_page, seen_in, the_draft
from linli.routing.web.forms import RuleForm
from linli.routing.web.words import trail

ASKED = ("kind", "category", "urgency", "channel")


@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, code: str, rule_id: UUID | None = None) -> HttpResponse:
    """Show the form of a new rule, or of one that is there; take it into the draft."""
    draft, now = the_draft(request, code), timezone.now()
    rule = _rule(draft, rule_id)
    data = request.POST if request.method == "POST" else None
    form = RuleForm(data, draft=draft, rule=rule, today=local_date(now))
    if data is not None and form.is_valid():
        try:
            write_rule(
                code, form.wording(), actor=actor_of(request), at=now, rule_id=rule_id,
                seen=form.cleaned_data["version"],
            )  # fmt: skip
        except Invalid as wrong:
            show_refusal(form, wrong)
        except Stale as stale:
            # What was typed stays; sent again, it goes into the draft as it is now.
            again = request.POST.copy()
            again["version"] = str(draft.version)
            form.data = again
            return _form(request, draft, form, rule, refusal=stale)
        else:
            messages.success(request, _("The rule is in the draft."))
            return HttpResponseRedirect(reverse("routing:draft", args=[code]))
    return _form(request, draft, form, rule)


def _rule(draft: RuleSet, rule_id: UUID | None) -> Rule | None:
    if rule_id is None:
        return None
    found = next((rule for rule in rules_of(draft) if rule.id == rule_id), None)
    if found is None:
        raise NotFound(_("This rule is no longer in the draft."))
    return found


def _form(
    request: HttpRequest,
    draft: RuleSet,
    form: RuleForm,
    rule: Rule | None,
    refusal: Refused | None = None,
) -> HttpResponse:
    context = {
        "area": draft.area,
        "trail": trail(draft.area_id, draft.area.name, draft=True),
        "form": form,
        "rule": rule,
        "refusal": refusal,
    }
    status = refusal.status if refusal else (422 if form.is_bound else 200)
    return render(request, "routing/rule.html", context, status=status)


@require_POST
def move(request: HttpRequest, code: str, rule_id: UUID) -> HttpResponse:
    """Move a rule one up or down and show the list in its new order."""
    way = "up" if request.POST.get("way") == "up" else "down"
    rule = _rule(the_draft(request, code), rule_id)
    if rule is not None:
        move_rule(
            code,
            rule_id,
            position=rule.position + (-1 if way == "up" else 1),
            actor=actor_of(request),
            at=timezone.now(),
            seen=seen_in(request),
        )
    if request.headers.get("HX-Request"):
        return draft_page(request, the_draft(request, code), moved=rule_id, way=way)
    return HttpResponseRedirect(reverse("routing:draft", args=[code]) + f"#rule-{rule_id}")


@require_POST
def remove(request: HttpRequest, code: str, rule_id: UUID) -> HttpResponse:
    """Take a rule out of the draft."""
    the_draft(request, code)
    remove_rule(code, rule_id, actor=actor_of(request), at=timezone.now(), seen=seen_in(request))
    messages.success(request, _("The rule is out of the draft."))
    return HttpResponseRedirect(reverse("routing:draft", args=[code]))


@require_GET
def preview(request: HttpRequest) -> HttpResponse:
    """Say where a matter of the intake form would go now; nothing while it has no place."""
    asked = {name: request.GET.get(name, "")[:30].replace("\0", "") for name in ASKED}
    area = request.GET.get("area", "")
    context: dict[str, object] = {}
    if area.isascii() and area.isdigit() and len(area) in LENGTHS:
        asked["category"] = asked["category"] or None  # type: ignore[assignment]
        route = where_to(SimpleNamespace(area=area, **asked), timezone.now())
        rule = rule_for(route.rule) if route and route.rule else None
        context = {"route": route, "rule": rule, "sentence": sentence(rule) if rule else ""}
        context["person"] = rule.handler.name if rule and rule.handler else ""
    return render(request, "routing/preview.html", context)
