"""The administrator's pages: versions and their quality, words, urgent words, names of places."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from linli.accounts.actor import Actor, actor_of
from linli.areas.codes import LENGTH_OF, Level
from linli.kernel.form_errors import attempt
from linli.reading import service
from linli.reading.actions import edit_words
from linli.reading.actions.ask_to_learn import ask_to_learn
from linli.reading.actions.switch import switch_off, switch_on
from linli.reading.models import PlaceAlias, UrgencyWord
from linli.reading.policy import permit_keeping
from linli.reading.queries import overview, propose
from linli.reading.queries.saying import lines_of, names_of, questions_of
from linli.reading.queries.tables import words
from linli.reading.web.forms import AliasForm, KeywordForm, ThresholdForm, TryForm, UrgencyForm


def _actor(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    permit_keeping(actor)
    return actor


def _page(request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    tabs = [
        (reverse(f"reading:{view}"), label, "", view == name)
        for view, label in (
            ("home", _("Quality")),
            ("keywords", _("Words")),
            ("urgency", _("Urgency words")),
            ("places", _("Place names")),
        )
    ]
    wrong = any(isinstance(one, forms.Form) and one.errors for one in context.values())
    status = 422 if wrong else 200
    return render(request, f"reading/{name}.html", context | {"page_tabs": tabs}, status=status)


def _done(request: HttpRequest, said: str, view: str) -> HttpResponse:
    messages.success(request, said)
    return HttpResponseRedirect(reverse(f"reading:{view}"))


@require_http_methods(["GET", "POST"])
def home(request: HttpRequest) -> HttpResponse:
    """Show the versions and how often proposals held; try a text; set the threshold."""
    actor, now = _actor(request), timezone.now()
    threshold = ThresholdForm(
        request.POST if "threshold" in request.POST else None,
        initial={"threshold": round(words().threshold * 100)},
    )
    trial = TryForm(request.POST if "text" in request.POST else None)

    def keep() -> str:
        edit_words.set_threshold(threshold.cleaned_data["threshold"], actor=actor, at=now)
        return _("Kept.")

    if said := attempt(threshold, keep):
        return _done(request, said, "home")
    context: dict[str, Any] = {"threshold": threshold, "trial": trial}
    if trial.is_valid():
        city = min((role.area for role in actor.roles), key=len, default="")
        found = propose(trial.cleaned_data["text"], within=city[: LENGTH_OF[Level.CITY]])
        context |= {
            "lines": lines_of(found.parts()),
            "questions": questions_of(found),
            "tried": True,
        }
    versions = overview.versions()
    context |= {
        "versions": versions,
        "on": next((v for v in versions if v.switched_on_at and not v.switched_off_at), None),
        "shares": overview.shares(now),
        "service": service.is_on(),
    }
    return _page(request, "home", context)


@require_http_methods(["GET"])
def version(request: HttpRequest, number: int) -> HttpResponse:
    """Show how good a version is at each category."""
    _actor(request)
    one = overview.version(number)
    if one is None:
        raise Http404
    context = {"version": one, "rows": overview.by_category(one)}
    return render(request, "reading/version.html", context)


@require_POST
def learn(request: HttpRequest) -> HttpResponse:
    """Have a new version learned by the worker."""
    ask_to_learn(actor=_actor(request), at=timezone.now())
    return _done(
        request, _("A new version is being learned; it stands here in a minute or two."), "home"
    )


@require_POST
def turn_on(request: HttpRequest, number: int) -> HttpResponse:
    """Let a version propose from now on."""
    switch_on(number, actor=_actor(request), at=timezone.now())
    return _done(request, _("Version %(n)s proposes from now on.") % {"n": number}, "home")


@require_POST
def turn_off(request: HttpRequest) -> HttpResponse:
    """Let the lists of words alone propose."""
    switch_off(actor=_actor(request), at=timezone.now())
    return _done(request, _("From now on only the lists of words propose."), "home")


@require_http_methods(["GET", "POST"])
def keywords(request: HttpRequest) -> HttpResponse:
    """Show the words of each category; add one."""
    actor = _actor(request)
    form = KeywordForm(request.POST or None)

    def add() -> str:
        kept = edit_words.add_keyword(**form.arguments(), actor=actor, at=timezone.now())
        return _("“%(word)s” is in the list.") % {"word": kept.word}

    if said := attempt(form, add):
        return _done(request, said, "keywords")
    return _page(request, "keywords", {"form": form, "lists": overview.keyword_lists()})


@require_http_methods(["GET", "POST"])
def urgency(request: HttpRequest) -> HttpResponse:
    """Show the words that make a matter urgent; add one."""
    actor = _actor(request)
    form = UrgencyForm(request.POST or None)

    def add() -> str:
        kept = edit_words.add_urgency_word(**form.cleaned_data, actor=actor, at=timezone.now())
        return _("“%(word)s” is in the list.") % {"word": kept.word}

    if said := attempt(form, add):
        return _done(request, said, "urgency")
    lists: dict[str, list[UrgencyWord]] = {}
    for word in UrgencyWord.objects.order_by("urgency", "word"):
        lists.setdefault(str(word.get_urgency_display()), []).append(word)
    return _page(request, "urgency", {"form": form, "lists": list(lists.items())})


@require_http_methods(["GET", "POST"])
def places(request: HttpRequest) -> HttpResponse:
    """Show what people call places; add a name."""
    actor = _actor(request)
    form = AliasForm(request.POST or None)

    def add() -> str:
        kept = edit_words.add_place_alias(**form.cleaned_data, actor=actor, at=timezone.now())
        return _("“%(word)s” is in the list.") % {"word": kept.alias}

    if said := attempt(form, add):
        return _done(request, said, "places")
    rows = list(PlaceAlias.objects.order_by("alias", "area")[:500])
    names = names_of({row.area_id for row in rows})
    aliases = [(row.pk, row.alias, names.get(row.area_id, row.area_id)) for row in rows]
    return _page(request, "places", {"form": form, "aliases": aliases})


_DROPS = {
    "keywords": edit_words.drop_keyword,
    "urgency": edit_words.drop_urgency_word,
    "places": edit_words.drop_place_alias,
}


@require_POST
def drop(request: HttpRequest, name: str, key: int) -> HttpResponse:
    """Take a line out of one of the lists."""
    if name not in _DROPS:
        raise Http404
    _DROPS[name](key, actor=_actor(request), at=timezone.now())
    return _done(request, _("Taken out."), name)
