"""The pages of a search: the list, the report, the search itself, and its steps."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.accounts.actor import Actor, actor_of
from linli.cameras.actions.refuse_video import refuse_video
from linli.cameras.viewing import VideoRefused
from linli.cameras.viewing_choices import Mode
from linli.cases.choices import Channel
from linli.kernel.crypto import unseal_bytes
from linli.kernel.errors import Invalid, NotFound, Refused
from linli.kernel.form_errors import show_refusal
from linli.missing.actions import check, end, join, look, open_footage, walk
from linli.missing.actions import open as opening
from linli.missing.actions.rank_anew import rank_anew
from linli.missing.actions.report import report_missing
from linli.missing.models import Check, Look, Member, Person, Search, Walk
from linli.missing.policy import decides, may_report, permit_part, permit_report, takes_part
from linli.missing.queries import page as reads
from linli.missing.web.forms import CallForm, FoundForm, NoteForm, ReportForm


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
        "search": found, "refusal": refusal, "takes_part": takes_part(actor, found),
        "decides": decides(actor, found), "is_mine": found.made_by_id == actor.user_id,
        "asked_by_me": found.renewal_by_id == actor.user_id,
        "notes": NoteForm(), "found_form": FoundForm(), "call_form": CallForm(),
        "asks_renewal": found.renewal_by_id is not None and found.renewed_by_id is None,
    }  # fmt: skip
    if context["takes_part"]:
        context |= _inside(found, actor, at)
    return render(request, "missing/search.html", context, status=status)


def _inside(found: Search, actor: Actor, at: datetime) -> dict[str, Any]:
    belief = reads.newest(found)
    person = Person.objects.filter(search=found).values_list("photo_type", flat=True).first()
    said = Look.objects.filter(search=found, said_at__isnull=False)
    return {
        "words": reads.words_of(found),
        "places": reads.places_of(found),
        "has_photo": bool(person),
        "belief": belief,
        "unseen": round(belief.unseen * 100) if belief else 0,
        "drawing": reads.map_of(found) if belief else None,
        "is_poor": reads.is_poor(belief),
        "clips": reads.clips_to_review(found, belief, at),
        "mine": reads.clips_of(found, actor.user_id),
        "parts": reads.parts_to_walk(found, belief, at),
        "walks": Walk.objects.filter(search=found, by=actor.user_id, said_at=None),
        "checks": Check.objects.filter(search=found).select_related("done_by").order_by("pk"),
        "to_tell": reads.to_tell(found),
        "people": Member.objects.filter(search=found).count(),
        "looked": said.count(),
        "sightings": list(said.exclude(outcome="not_seen").select_related("by").order_by("since")),
        "calls": Walk.objects.filter(search=found, said_at__isnull=False).exclude(
            outcome="not_seen"
        ),
        "record": reads.record_rows(found),
    }  # fmt: skip


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


type Step = Callable[[HttpRequest, UUID, Actor, datetime], str]


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
        return show(
            request, actor, reads.search_for(actor, found.id), refusal=refusal,
            status=refusal.status,
        )  # fmt: skip
    if done:
        messages.success(request, done)
    return redirect("missing:search", search_id)


def _open(_request: HttpRequest, key: UUID, actor: Actor, at: datetime) -> str:
    opening.open_search(key, actor=actor, at=at)
    return _("The search is open for 72 hours. People nearby have been told.")


def _decline(request: HttpRequest, key: UUID, actor: Actor, at: datetime) -> str:
    opening.decline_search(key, _note(request), actor=actor, at=at)
    return _("The search is not opened; the photo is deleted.")


def _ask_renewal(_request: HttpRequest, key: UUID, actor: Actor, at: datetime) -> str:
    opening.ask_renewal(key, actor=actor, at=at)
    return _("Asked for 72 hours more: somebody else has to grant them.")


def _renew(_request: HttpRequest, key: UUID, actor: Actor, at: datetime) -> str:
    opening.renew_search(key, actor=actor, at=at)
    return _("72 hours more.")


def _join(_request: HttpRequest, key: UUID, actor: Actor, at: datetime) -> str:
    join.join_search(key, actor=actor, at=at)
    return _("You take part now.")


def _take(request: HttpRequest, key: UUID, actor: Actor, at: datetime) -> str:
    try:
        camera = UUID(request.POST.get("camera", ""))
        since = datetime.fromtimestamp(int(request.POST.get("since", "")), UTC)
    except (ValueError, OverflowError, OSError):
        raise Invalid(_("There is no such clip here.")) from None
    look.take_clip(key, camera, since, actor=actor, at=at)
    return ""


def _say(request: HttpRequest, _key: UUID, actor: Actor, at: datetime) -> str:
    look.say_clip(_id(request), request.POST.get("outcome", ""), actor=actor, at=at)
    return _("Thank you. Everything is ranked anew.")


def _give_back(request: HttpRequest, _key: UUID, actor: Actor, at: datetime) -> str:
    look.give_back(_id(request), actor=actor, at=at)
    return ""


def _footage(request: HttpRequest, _key: UUID, actor: Actor, at: datetime) -> str:
    try:
        open_footage.open_footage(_id(request), actor=actor, at=at)
    except VideoRefused as refusal:
        # The attempt stays in the log, though nothing comes of it.
        refuse_video(refusal.cause, actor=actor, at=at, mode=Mode.RECORDED)
        raise
    return _("Asked for the footage: a second person has to consent.")


def _take_streets(request: HttpRequest, key: UUID, actor: Actor, at: datetime) -> str:
    number = request.POST.get("part", "")
    part = int(number) if number.isdecimal() and len(number) < 4 else -1
    walk.take_streets(key, part, request.POST.get("names", ""), actor=actor, at=at)
    return ""


def _say_streets(request: HttpRequest, _key: UUID, actor: Actor, at: datetime) -> str:
    walk.say_streets(_id(request), request.POST.get("outcome", ""), actor=actor, at=at)
    return _("Thank you. Everything is ranked anew.")


def _call(request: HttpRequest, key: UUID, actor: Actor, at: datetime) -> str:
    form = CallForm(request.POST)
    if not form.is_valid():
        raise Invalid(" ".join(str(one) for errors in form.errors.values() for one in errors))
    given = form.cleaned_data
    place = given["place"]
    walk.say_call(
        key, place.latitude, place.longitude, given["seen_at"], given["outcome"], actor=actor, at=at
    )
    return _("Taken down. Everything is ranked anew.")


def _rank(_request: HttpRequest, key: UUID, actor: Actor, at: datetime) -> str:
    rank_anew(key, actor=actor, at=at)
    return ""


def _check(request: HttpRequest, key: UUID, actor: Actor, at: datetime) -> str:
    done = request.POST.get("done") == "yes"
    check.check_item(key, request.POST.get("item", ""), done, actor=actor, at=at)
    return ""


def _find(request: HttpRequest, key: UUID, actor: Actor, at: datetime) -> str:
    form = FoundForm(request.POST)
    if not form.is_valid():
        raise Invalid(_("Say how the person was found."))
    end.find_person(
        key, form.cleaned_data["by"], actor=actor, at=at, consented=form.consent()
    )  # fmt: skip
    return _("Found. The footage is closed and the photo deleted.")


def _consent(request: HttpRequest, key: UUID, actor: Actor, at: datetime) -> str:
    end.set_consent(key, request.POST.get("consented") == "yes", actor=actor, at=at)
    return ""


def _tell(_request: HttpRequest, key: UUID, actor: Actor, at: datetime) -> str:
    end.tell_reporter(key, actor=actor, at=at)
    return _("Written down.")


def _close(request: HttpRequest, key: UUID, actor: Actor, at: datetime) -> str:
    end.close_search(key, _note(request), actor=actor, at=at)
    return _("The search is closed; its record stays.")


def _stop(request: HttpRequest, key: UUID, actor: Actor, at: datetime) -> str:
    end.stop_search(key, _note(request), actor=actor, at=at)
    return _("The search is stopped.")


def _note(request: HttpRequest) -> str:
    form = NoteForm(request.POST)
    if not form.is_valid():
        raise Invalid(_("A reason is missing."))
    return str(form.cleaned_data["note"])


def _id(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("id", ""))
    except ValueError:
        raise NotFound(_("There is no such clip here.")) from None


STEPS: dict[str, Step] = {
    "open": _open, "decline": _decline, "ask-renewal": _ask_renewal, "renew": _renew,
    "join": _join, "take": _take, "say": _say, "give-back": _give_back, "footage": _footage,
    "take-streets": _take_streets, "say-streets": _say_streets, "call": _call, "check": _check, "rank": _rank,
    "find": _find, "consent": _consent, "tell": _tell, "close": _close, "stop": _stop,
}  # fmt: skip
