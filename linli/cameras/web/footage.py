"""The pages of footage: what Linli records of a camera, and what is held for a case."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from linli.accounts.actor import Actor, actor_of
from linli.cameras.actions.keep_footage import hold_footage, lift_hold, set_recording
from linli.cameras.models import Camera, GrantCamera
from linli.cameras.policy import visible_to
from linli.cameras.queries.footage import holds_of
from linli.cameras.queries.viewing import matching, rules, viewing_roles
from linli.cameras.viewing import around
from linli.cameras.web.camera import page_of
from linli.cameras.web.footage_forms import HoldForm, RecordingForm
from linli.cameras.web.trails import to_case
from linli.cameras.web.viewing_forms import line_of
from linli.cases.models import Case
from linli.cases.policy import visible_to as cases_visible_to
from linli.kernel.errors import NotFound, NotPermitted
from linli.kernel.form_errors import attempt
from linli.kernel.working_days import local_date

# What is offered first: footage of a case is kept until proceedings are usually over.
OFFERED = timedelta(days=90)


@require_POST
def record_camera(request: HttpRequest, camera_id: UUID) -> HttpResponse:
    """Have Linli record a camera, for so many days, or stop it."""
    actor, at = actor_of(request), timezone.now()
    if request.POST.get("on") == "no":
        set_recording(camera_id, on=False, actor=actor, at=at)
        messages.success(request, _("The camera is no longer recorded. What is kept goes in time."))
        return redirect("cameras:camera", camera_id)
    form = RecordingForm(request.POST)

    def record() -> str:
        set_recording(camera_id, on=True, days=form.cleaned_data["days"], actor=actor, at=at)
        return _("The camera is recorded from now on.")

    if said := attempt(form, record):
        messages.success(request, said)
        return redirect("cameras:camera", camera_id)
    return page_of(request, camera_id, 422, recording_form=form)


@require_http_methods(["GET", "POST"])
def hold(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Keep footage for a case beyond its own time, and show what is kept for it."""
    actor, at = actor_of(request), timezone.now()
    case = Case.objects.filter(cases_visible_to(actor), pk=case_id).first()
    if case is None:
        raise NotFound(_("There is no such case here."))
    if not viewing_roles(actor, case.area_id):
        raise NotPermitted(_("Footage is kept for a case by dispatchers and directors."))
    form = HoldForm(
        request.POST or None, found=_cameras(actor, case), initial=_initial(request, case, at)
    )

    def keep() -> str:
        given = dict(form.cleaned_data)
        chosen = given.pop("cameras")
        with transaction.atomic():
            for one in chosen:
                hold_footage(UUID(one), case_id, **given, actor=actor, at=at)
        told = ngettext(
            "Footage of %(n)d camera is kept until %(day)s.",
            "Footage of %(n)d cameras is kept until %(day)s.",
            len(chosen),
        )
        return told % {"n": len(chosen), "day": given["until"].isoformat()}

    if request.method == "POST" and (said := attempt(form, keep)):
        messages.success(request, said)
        return redirect("cameras:hold", case_id)
    context = {
        "case": case, "form": form, "holds": holds_of(case_id, at), "trail": to_case(case),
    }  # fmt: skip
    return render(request, "cameras/hold.html", context, status=422 if form.errors else 200)


def _initial(request: HttpRequest, case: Case, at: datetime) -> dict[str, Any]:
    where = around(case)
    first = where.first if where else case.opened_at
    return {
        "cameras": [request.GET.get("camera", "")],
        "starts": first - timedelta(hours=1),
        "ends": min(at, (where.last if where else first) + timedelta(hours=2)),
        "until": local_date(at) + OFFERED,
    }


def _cameras(actor: Actor, case: Case) -> list[tuple[str, str]]:
    """Return the cameras offered: those at the place of the case, and those looked at for it."""
    where = around(case)
    at_place = matching(actor, where, rules()) if where else []
    found = [(str(one.camera.id), line_of(one)) for one in at_place]
    known = {key for key, _line in found}
    looked_at = GrantCamera.objects.filter(grant__case=case).values("camera")
    others = Camera.objects.filter(visible_to(actor), pk__in=looked_at).order_by("code")
    return found + [
        (str(one.id), f"{one.name} ({one.code})") for one in others if str(one.id) not in known
    ]


@require_POST
def lift(request: HttpRequest, hold_id: UUID) -> HttpResponse:
    """Keep footage for a case no longer."""
    lifted = lift_hold(hold_id, actor=actor_of(request), at=timezone.now())
    messages.success(request, _("The footage is no longer kept for the case."))
    return redirect("cameras:hold", lifted.case_id)
