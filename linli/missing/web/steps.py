"""The steps of a search as its pages send them: read the form, do it, and say what was done."""

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.cameras.actions.consent_grant import consent_grant, decline_grant
from linli.cameras.actions.refuse_video import note_refusal
from linli.cameras.viewing import VideoRefused
from linli.cameras.viewing_choices import Mode
from linli.kernel.errors import Invalid, NotFound
from linli.kernel.ids import read_id
from linli.missing.actions import check, confirm_told, end, join, look, open_footage, walk
from linli.missing.actions import open as opening
from linli.missing.actions.rank_anew import rank_anew
from linli.missing.models import Look
from linli.missing.queries import page as reads
from linli.missing.queries.clips import clips_to_review
from linli.missing.web.forms import CallForm, FoundForm, NoteForm

# What a step says, or where it leads instead of the page of the search.
type Step = Callable[[HttpRequest, UUID, Actor, datetime], str | HttpResponse]


class Unread(Invalid):
    """A form has faults: it is shown again as it was sent."""

    def __init__(self, name: str, form: CallForm | FoundForm) -> None:
        faults = " ".join(str(one) for errors in form.errors.values() for one in errors)
        super().__init__(faults)
        self.name, self.form = name, form


def _open(_request: HttpRequest, key: UUID, actor: Actor, at: datetime) -> str:
    opening.open_search(key, actor=actor, at=at)
    return _(
        "The search is open for 72 hours. Who was told, and who still has to be, stands below."
    )


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


def _take(request: HttpRequest, key: UUID, actor: Actor, at: datetime) -> HttpResponse:
    try:
        camera = UUID(request.POST.get("camera", ""))
        since = datetime.fromtimestamp(int(request.POST.get("since", "")), UTC)
    except (ValueError, OverflowError, OSError):
        raise Invalid(_("There is no such clip here.")) from None
    taken = look.take_clip(key, camera, since, actor=actor, at=at)
    return redirect("missing:clip", key, taken.id)


def _take_best(_request: HttpRequest, key: UUID, actor: Actor, at: datetime) -> str | HttpResponse:
    """Take the best clip that is free; where there is none the page of the search says so."""
    search = reads.search_for(actor, key)
    best = next(iter(clips_to_review(search, reads.newest(search), at)), None)
    if best is None:
        return _("There is no more footage to propose.")
    taken = look.take_clip(key, best.camera, best.since, actor=actor, at=at)
    return redirect("missing:clip", key, taken.id)


def _say(request: HttpRequest, key: UUID, actor: Actor, at: datetime) -> str | HttpResponse:
    look.say_clip(_id(request), request.POST.get("outcome", ""), actor=actor, at=at)
    if request.POST.get("go_on"):
        return _take_best(request, key, actor, at)
    return _("Thank you. Everything is ranked anew.")


def _give_back(request: HttpRequest, _key: UUID, actor: Actor, at: datetime) -> str:
    look.give_back(_id(request), actor=actor, at=at)
    return ""


def _footage(request: HttpRequest, key: UUID, actor: Actor, at: datetime) -> HttpResponse:
    wanted = _id(request)
    try:
        open_footage.open_footage(wanted, actor=actor, at=at)
    except VideoRefused as refusal:
        camera = Look.objects.filter(pk=wanted).values_list("camera", flat=True).first()
        _keep(refusal, key, actor, at, camera=camera)
        raise
    return redirect("missing:clip", key, wanted)


def _let_look(request: HttpRequest, key: UUID, actor: Actor, at: datetime) -> str:
    """Consent to what others ask for, or decline it: one of them, or all that are listed."""
    decide = decline_grant if request.POST.get("decision") == "decline" else consent_grant
    try:
        for name in request.POST.getlist("grant")[:50]:
            decide(_clip_id(name), actor=actor, at=at)
    except VideoRefused as refusal:
        _keep(refusal, key, actor, at)
        raise
    return _("Your decision was written down.")


def _keep(
    refusal: VideoRefused, key: UUID, actor: Actor, at: datetime, *, camera: UUID | None = None
) -> None:
    """Leave the attempt in the log, though nothing comes of it."""
    search = reads.search_for(actor, key)
    note_refusal(
        refusal, actor=actor, at=at, area=search.area, mode=Mode.RECORDED, camera=camera,
        case=search.case_id,
    )  # fmt: skip


def _take_streets(request: HttpRequest, key: UUID, actor: Actor, at: datetime) -> str:
    walk.take_streets(
        key, _number(request, "part"), actor=actor, at=at, belief=_number(request, "belief")
    )
    return ""


def _take_place(request: HttpRequest, key: UUID, actor: Actor, at: datetime) -> str:
    walk.take_place(
        key, _number(request, "place"), actor=actor, at=at, belief=_number(request, "belief")
    )
    return ""


def _give_streets_back(request: HttpRequest, _key: UUID, actor: Actor, at: datetime) -> str:
    walk.give_streets_back(_id(request), actor=actor, at=at)
    return ""


def _say_streets(request: HttpRequest, _key: UUID, actor: Actor, at: datetime) -> str:
    walk.say_streets(_id(request), request.POST.get("outcome", ""), actor=actor, at=at)
    return _("Thank you. Everything is ranked anew.")


def _call(request: HttpRequest, key: UUID, actor: Actor, at: datetime) -> str:
    form = CallForm(request.POST)
    if not form.is_valid():
        raise Unread("call_form", form)
    given = form.cleaned_data
    place = given["place"]
    walk.say_call(
        key, place.latitude, place.longitude, given["seen_at"], given["outcome"], actor=actor, at=at
    )
    return _("Taken down. Everything is ranked anew.")


def _told(request: HttpRequest, _key: UUID, actor: Actor, at: datetime) -> str:
    done = request.POST.get("done") == "yes"
    confirm_told.confirm_told(_id(request), done, actor=actor, at=at)
    return ""


def _rank(_request: HttpRequest, key: UUID, actor: Actor, at: datetime) -> str:
    rank_anew(key, actor=actor, at=at)
    return ""


def _check(request: HttpRequest, key: UUID, actor: Actor, at: datetime) -> str:
    done = request.POST.get("done") == "yes"
    check.check_item(key, request.POST.get("item", ""), done, actor=actor, at=at)
    return ""


def _find(request: HttpRequest, key: UUID, actor: Actor, at: datetime) -> str:
    form = FoundForm(request.POST, is_adult=reads.search_for(actor, key).is_adult)
    if not form.is_valid():
        raise Unread("found_form", form)
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


def _number(request: HttpRequest, name: str) -> int:
    """Return a number that was sent; one that is none leads nowhere."""
    text = request.POST.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 16 else -1


def _id(request: HttpRequest) -> UUID:
    return _clip_id(request.POST.get("id"))


def _clip_id(text: str | None) -> UUID:
    key = read_id(text)
    if key is None:
        raise NotFound(_("There is no such clip here."))
    return key


STEPS: dict[str, Step] = {
    "open": _open, "decline": _decline, "ask-renewal": _ask_renewal, "renew": _renew,
    "join": _join, "take": _take, "take-best": _take_best, "say": _say, "give-back": _give_back,
    "footage": _footage, "let-look": _let_look, "take-streets": _take_streets,
    "take-place": _take_place, "give-streets-back": _give_streets_back,
    "say-streets": _say_streets, "call": _call, "told": _told, "check": _check, "rank": _rank,
    "find": _find, "consent": _consent, "tell": _tell, "close": _close, "stop": _stop,
}  # fmt: skip
