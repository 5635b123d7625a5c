"""The page of one place, and writing about it: added, changed, closed, contacts, files, drills."""

from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.accounts.actor import actor_of
from linli.cases.files import LARGEST, PHOTOS, path_of
from linli.kernel.caching import private
from linli.kernel.errors import NotFound
from linli.kernel.working_days import local_date
from linli.premises.actions import contacts as contact_actions
from linli.premises.actions import drills as drill_actions
from linli.premises.actions.add_premises import add_premises
from linli.premises.actions.change_premises import change_premises, close_premises
from linli.premises.actions.files import add_file, remove_file
from linli.premises.choices import FilePurpose
from linli.premises.hours import is_open, write_hours
from linli.premises.models import Drill, Premises, StoredFile
from linli.premises.policy import (
    keeps_any,
    may_inspect,
    may_keep,
    may_reveal,
    permit_keep,
    visible_to,
)
from linli.premises.queries import page as read
from linli.premises.queries.coverage import place_gaps, words_of
from linli.premises.web.asking import ask, home_trail, page_of, place_trail
from linli.premises.web.coverage import why
from linli.premises.web.forms import (
    ContactForm,
    FileForm,
    HeldDrillForm,
    PlanDrillForm,
    PremisesForm,
    ReasonForm,
)
from linli.premises.web.lists import permitted
from linli.premises.web.words import line_of


@require_GET
def premises(request: HttpRequest, premises_id: UUID) -> HttpResponse:
    """Show one place."""
    return _page(request, premises_id)


def _page(
    request: HttpRequest, premises_id: UUID, opened: tuple[UUID, dict[str, str]] | None = None
) -> HttpResponse:
    actor = actor_of(request)
    place, now = read.place_for(actor, premises_id), timezone.now()
    devices = read.devices_of(place)
    hazards = read.hazards_of(place)
    cases = read.visible_cases(actor, hazards)
    events, after = read.history(place, request.GET.get("after", ""))
    files = list(
        place.files.filter(removed_at=None, about=None).order_by("purpose", "floor", "name")
    )
    context = {
        "place": place,
        "today": local_date(now),
        "hours": write_hours(place.hours),
        "is_open": is_open(place.hours, timezone.localtime(now)),
        "devices": devices,
        "gaps": [f"{words_of(gap)}: {why(gap)}" for gap in place_gaps(place, devices)],
        "hazards": [(one, cases.get(one.case_id)) for one in hazards],
        "contacts": _contacts(place, opened),
        "files": [(one, one.content_type in PHOTOS) for one in files],
        "drills": place.drills.order_by("-planned_on", "-id")[: read.LATEST],
        "inspections": place.inspections.select_related("by").order_by("-at")[: read.LATEST],
        "entries": [line_of(event) for event in events],
        "after": after,
        "keeps": may_keep(actor, place.area_id) and place.closed_on is None,
        "inspects": may_inspect(actor, place) and place.closed_on is None,
        "may_reveal": may_reveal(actor, place),
        "trail": home_trail(),
    }
    return render(request, "premises/premises.html", context)


def _contacts(
    place: Premises, opened: tuple[UUID, dict[str, str]] | None
) -> list[dict[str, object]]:
    """Return the contacts masked, but for the one that was opened."""
    found = read.contacts_of(place)
    for one in found:
        if opened and getattr(one["row"], "id", None) == opened[0]:
            one |= {**opened[1], "open": True}
    return found


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Ask for a new place, and write it down."""
    actor = permitted(request)
    if not keeps_any(actor):
        permit_keep(actor, "")
    form = PremisesForm(request.POST or None, actor=actor)
    form.fields["area"].initial = request.GET.get("area", "")

    def act() -> tuple[str, str]:
        made = add_premises(form.premises(), actor=actor, at=timezone.now())
        return _("The place is written down; add its devices and contacts."), page_of(made)

    return ask(
        request, form, act, title=_("New place"), trail=home_trail(),
        template="premises/premises_form.html",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, premises_id: UUID) -> HttpResponse:
    """Change what is written about a place."""
    actor = actor_of(request)
    place = read.place_for(actor, premises_id)
    permit_keep(actor, place.area_id)
    form = PremisesForm(request.POST or None, actor=actor, place=place)

    def act() -> tuple[str, str]:
        seen = form.cleaned_data["version"]
        change_premises(place.id, form.premises(), actor=actor, at=timezone.now(), seen=seen)
        return _("It is written down."), page_of(place)

    return ask(
        request, form, act, title=_("Change the place"), trail=place_trail(place),
        template="premises/premises_form.html",
    )  # fmt: skip


@require_POST
def close(request: HttpRequest, premises_id: UUID) -> HttpResponse:
    """The place is no more."""
    place = close_premises(premises_id, actor=actor_of(request), at=timezone.now())
    messages.success(request, _("The place is closed; its history stays."))
    return HttpResponseRedirect(page_of(place))


@require_http_methods(["GET", "POST"])
def add_contact(request: HttpRequest, premises_id: UUID) -> HttpResponse:
    """Ask for somebody to call."""
    actor = actor_of(request)
    place = read.place_for(actor, premises_id)
    permit_keep(actor, place.area_id)
    form = ContactForm(request.POST or None)

    def act() -> tuple[str, str]:
        contact_actions.add_contact(place.id, form.contact(), actor=actor, at=timezone.now())
        return _("The contact was added."), page_of(place, "contacts")

    return ask(request, form, act, title=_("New contact"), trail=place_trail(place))


@require_POST
def reveal(request: HttpRequest, premises_id: UUID, contact_id: UUID) -> HttpResponse:
    """Show one contact in full on this answer only; no browser or proxy keeps it."""
    form = ReasonForm(request.POST)
    form.is_valid()
    told = contact_actions.reveal_contact(
        contact_id, reason=form.cleaned_data.get("reason", ""), actor=actor_of(request),
        at=timezone.now(),
    )  # fmt: skip
    return private(_page(request, premises_id, (contact_id, told)))


@require_POST
def erase(request: HttpRequest, premises_id: UUID, contact_id: UUID) -> HttpResponse:
    """Destroy a contact's personal data."""
    contact_actions.erase_contact(contact_id, actor=actor_of(request), at=timezone.now())
    messages.success(request, _("The contact was erased."))
    return HttpResponseRedirect(reverse("premises:premises", args=[premises_id]) + "#contacts")


@require_http_methods(["GET", "POST"])
def attach(request: HttpRequest, premises_id: UUID) -> HttpResponse:
    """Ask for a floor plan or a record."""
    actor = actor_of(request)
    place = read.place_for(actor, premises_id)
    permit_keep(actor, place.area_id)
    form = FileForm(request.POST or None, request.FILES or None)

    def act() -> tuple[str, str]:
        file = form.cleaned_data["file"]
        add_file(
            place.id, purpose=form.cleaned_data["purpose"], floor=form.cleaned_data["floor"],
            name=file.name, data=file.read(LARGEST + 1), actor=actor, at=timezone.now(),
        )  # fmt: skip
        return _("The file was added."), page_of(place, "files")

    return ask(
        request, form, act, title=_("Add a floor plan or a record"), trail=place_trail(place)
    )


@require_GET
def download(request: HttpRequest, premises_id: UUID, file_id: UUID) -> FileResponse:
    """Send a file's bytes to whoever sees the place."""
    there = StoredFile.objects.filter(visible_to(actor_of(request), "premises__"))
    row = there.filter(pk=file_id, premises=premises_id, removed_at=None).first()
    if row is None:
        raise NotFound(_("There is no such file here."))
    try:
        content = path_of(row.sha256).open("rb")
    except FileNotFoundError:
        raise NotFound(_("The file is missing on disk. Tell your administrator.")) from None
    response = FileResponse(
        content, as_attachment=row.content_type not in PHOTOS, filename=row.name,
        content_type=row.content_type,
    )  # fmt: skip
    response["Content-Security-Policy"] = "sandbox; default-src 'none'; style-src 'unsafe-inline'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
def detach(request: HttpRequest, premises_id: UUID, file_id: UUID) -> HttpResponse:
    """Take a file out."""
    file = remove_file(file_id, actor=actor_of(request), at=timezone.now())
    plan = file.purpose == FilePurpose.PLAN
    messages.success(
        request, _("The floor plan was taken out.") if plan else _("The file was taken out.")
    )
    return HttpResponseRedirect(reverse("premises:premises", args=[premises_id]) + "#files")


@require_http_methods(["GET", "POST"])
def plan_drill(request: HttpRequest, premises_id: UUID) -> HttpResponse:
    """Ask for a drill to come."""
    actor = actor_of(request)
    place = read.place_for(actor, premises_id)
    form = PlanDrillForm(request.POST or None)

    def act() -> tuple[str, str]:
        drill_actions.plan_drill(place.id, **form.cleaned_data, actor=actor, at=timezone.now())
        return _("The drill is planned."), page_of(place, "drills")

    return ask(request, form, act, title=_("Plan a drill"), trail=place_trail(place))


@require_http_methods(["GET", "POST"])
def hold_drill(request: HttpRequest, drill_id: UUID) -> HttpResponse:
    """Ask how a drill went."""
    actor = actor_of(request)
    place, drill = _drill(request, drill_id)
    form = HeldDrillForm(request.POST or None, initial={"held_on": drill.planned_on})

    def act() -> tuple[str, str]:
        drill_actions.hold_drill(drill.id, **form.cleaned_data, actor=actor, at=timezone.now())
        return _("The drill is written down."), page_of(place, "drills")

    title = _("%(subject)s drill was held") % {"subject": drill.get_subject_display()}
    return ask(request, form, act, title=title, trail=place_trail(place))


@require_POST
def cancel_drill(request: HttpRequest, drill_id: UUID) -> HttpResponse:
    """Call a drill off."""
    place, drill = _drill(request, drill_id)
    drill_actions.cancel_drill(drill.id, actor=actor_of(request), at=timezone.now())
    messages.success(request, _("The drill was called off."))
    return HttpResponseRedirect(page_of(place, "drills"))


def _drill(request: HttpRequest, drill_id: UUID) -> tuple[Premises, Drill]:
    drill = Drill.objects.filter(pk=drill_id).first()
    if drill is None:
        raise NotFound(_("There is no such drill here."))
    return read.place_for(actor_of(request), drill.premises_id), drill
