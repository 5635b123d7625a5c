"""The pages of a search: the list, the report, the search itself, and its steps."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.accounts.actor import Actor, actor_of
from linli.cases.choices import Channel
from linli.kernel.caching import private
from linli.kernel.crypto import unseal_bytes
from linli.kernel.errors import NotFound, Refused
from linli.kernel.form_errors import show_refusal
from linli.missing.actions.report import report_missing
from linli.missing.models import Check, Look, Member, Person, Search, Walk
from linli.missing.policy import decides, may_report, permit_part, permit_report, takes_part
from linli.missing.queries import clips, told, walks
from linli.missing.queries import page as reads
from linli.missing.web.forms import CallForm, FoundForm, NoteForm, ReportForm
from linli.missing.web.steps import STEPS, Unread


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show the searches one knows of."""
    actor = actor_of(request)
    context = {"searches": reads.searches(actor), "may_report": may_report(actor)}
    return render(request, "missing/list.html", context)


@require_http_methods(["GET", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """Show the guided report; register the incident and the search."""
    actor = actor_of(request)
    permit_report(actor)
    form = ReportForm(request.POST or None, request.FILES or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = report_missing(form.told(Channel.WINDOW), actor=actor, at=timezone.now())
            except Refused as refusal:
                show_refusal(form, refusal)
            else:
                messages.success(request, _("Reported. A second person has to open the search."))
                return redirect("missing:search", made.id)
    return render(request, "missing/report.html", {"form": form}, status=status)


@require_GET
def search(request: HttpRequest, search_id: UUID) -> HttpResponse:
    """Show one search."""
    actor = actor_of(request)
    return show(request, actor, reads.search_for(actor, search_id))


def show(
    request: HttpRequest, actor: Actor, found: Search, *, refusal: Refused | None = None,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    """Render the page of a search: all of it for those who take part."""
    at = timezone.now()
    context: dict[str, Any] = {
        "search": found, "number": reads.numbers_of([found])[found.case_id],
        "reads_case": reads.reads_case(actor, found), "refusal": refusal,
        "takes_part": takes_part(actor, found),
        "decides": decides(actor, found), "is_mine": found.made_by_id == actor.user_id,
        "asked_by_me": found.renewal_by_id == actor.user_id,
        "notes": NoteForm(), "found_form": FoundForm(is_adult=found.is_adult),
        "call_form": CallForm.begun(at),
        "asks_renewal": found.renewal_by_id is not None and found.renewed_by_id is None,
    }  # fmt: skip
    if isinstance(refusal, Unread):
        context[refusal.name] = refusal.form
    if context["takes_part"]:
        context |= _inside(found, actor, at)
    return render(request, "missing/search.html", context, status=status)


def _inside(found: Search, actor: Actor, at: datetime) -> dict[str, Any]:
    context = {
        **_of_person(found),
        "people": Member.objects.filter(search=found).count(),
        "record": reads.record_rows(found),
    }  # fmt: skip
    return context | _plan(found, actor, at) if found.state == "open" else context


def _plan(found: Search, actor: Actor, at: datetime) -> dict[str, Any]:
    """Return what is proposed, what is being done, what was seen, and who knows of it."""
    belief = reads.newest(found)
    trail = reads.trail_of(found, belief) if belief else []
    tellings = told.told_rows(found)
    places = walks.places_to_look(found, belief, at)
    said = Look.objects.filter(search=found, said_at__isnull=False)
    out = walks.under_way(found, at)
    return {
        "belief": belief,
        "unseen": round(belief.unseen * 100) if belief else 0,
        "drawing": reads.map_of(found, belief, trail, places) if belief else None,
        "moved": reads.moved(trail),
        "is_poor": reads.is_poor(belief),
        "clips": clips.clips_to_review(found, belief, at),
        "mine": clips.clips_of(found, actor.user_id),
        "looking": clips.looking(found, at),
        "to_consent": clips.to_consent(found, actor) if clips.may_view(actor, found, at) else [],
        "parts": walks.parts_to_walk(found, belief, at),
        "places_to_look": places,
        "walks": [one for one in out if one.by_id == actor.user_id],
        "others_out": [one for one in out if one.by_id != actor.user_id],
        "looked": said.count(),
        "sightings": list(said.exclude(outcome="not_seen").select_related("by").order_by("since")),
        "met": list(
            Walk.objects.filter(search=found, said_at__isnull=False)
            .exclude(outcome="not_seen")
            .select_related("by")
            .order_by("said_at")
        ),
        "checks": Check.objects.filter(search=found).select_related("done_by").order_by("pk"),
        "told": tellings,
        "untold": sum(not row.knows for row in tellings),
        "people_told": told.people_told(found),
    }


def _of_person(found: Search) -> dict[str, Any]:
    photo_type = Person.objects.filter(search=found).values_list("photo_type", flat=True).first()
    return {
        "words": reads.words_of(found), "places": reads.places_of(found),
        "has_photo": bool(photo_type),
    }  # fmt: skip


@require_GET
def clip(request: HttpRequest, search_id: UUID, look_id: UUID) -> HttpResponse:
    """Show one clip to whoever has taken it: its footage, whom to look for, and what to say."""
    actor, at = actor_of(request), timezone.now()
    found = reads.search_for(actor, search_id)
    permit_part(actor, found)
    row = clips.clip_of(found, look_id, actor.user_id)
    if row is None:
        messages.info(request, _("This clip is not with you any more."))
        return redirect("missing:search", search_id)
    context = {
        "search": found, "number": reads.numbers_of([found])[found.case_id], "row": row,
        "may_view": clips.may_view(actor, found, at),
        **clips.footage_of(row, at), **_of_person(found),
    }  # fmt: skip
    if row.grant is not None and context["footage"] == clips.OPEN:
        context["playlist"] = reverse("cameras:recorded", args=[row.grant.id, row.camera])
    return private(render(request, "missing/clip.html", context))


@require_GET
def photo(request: HttpRequest, search_id: UUID) -> HttpResponse:
    """Give the photo out to those who take part, while one searches."""
    actor = actor_of(request)
    found = reads.search_for(actor, search_id)
    permit_part(actor, found)
    person = Person.objects.filter(search=found, photo__isnull=False).first()
    if person is None or person.photo is None:
        raise NotFound(_("There is no photo any more."))
    answer = HttpResponse(
        unseal_bytes(bytes(person.photo), found.id.bytes), content_type=person.photo_type
    )
    answer["Cache-Control"] = "no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@require_POST
def step(request: HttpRequest, search_id: UUID, verb: str) -> HttpResponse:
    """Do one thing to a search and go back to its page."""
    actor, at = actor_of(request), timezone.now()
    if verb not in STEPS:
        raise Http404
    found = reads.search_for(actor, search_id)
    try:
        done = STEPS[verb](request, search_id, actor, at)
    except NotFound:
        raise
    except Refused as refusal:
        # Shown where it was asked for; what was written down of the attempt stays.
        return show(
            request, actor, reads.search_for(actor, found.id), refusal=refusal,
            status=refusal.status,
        )  # fmt: skip
    if isinstance(done, HttpResponse):
        return done
    if done:
        messages.success(request, done)
    return redirect("missing:search", search_id)
