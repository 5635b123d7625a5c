"""Footage: what Linli records, what is held for a case, and what is destroyed when its time is up."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.audit.record import record
from linli.cameras.lifecycle import LEAST_STORAGE_DAYS
from linli.cameras.media import drafts, store
from linli.cameras.models import Camera, Clip, Feed, Hold, Recording
from linli.cameras.policy import may_keep_camera, visible_to
from linli.cameras.queries.footage import holding
from linli.cameras.queries.viewing import viewing_roles
from linli.cameras.viewing_choices import ClipState
from linli.cases.models import Case
from linli.cases.policy import visible_to as cases_visible_to
from linli.kernel.errors import Invalid, NotFound, NotPermitted
from linli.kernel.working_days import local_date

# A hold ends on a day; it can be set anew, with a reason again.
LONGEST_HOLD = timedelta(days=366)
# What is held belongs to a case: hours of it, at most days, never a camera's whole store.
LONGEST_SPAN = timedelta(days=7)
# Whoever wants more than a year holds what a case needs.
LONGEST_STORAGE_DAYS = 366


@transaction.atomic
def set_recording(
    camera_id: UUID, *, on: bool, days: int = LEAST_STORAGE_DAYS, actor: Actor, at: datetime
) -> None:
    """Have Linli record a camera, kept for so many days (thirty at least), or stop it."""
    camera = Camera.objects.filter(visible_to(actor), pk=camera_id, retired_on=None).first()
    if camera is None:
        raise NotFound(_("There is no such camera here."))
    if not may_keep_camera(actor, camera):
        raise NotPermitted(_("Recording is set by whoever keeps the camera."))
    if days < LEAST_STORAGE_DAYS:
        wrong = _("At least %(n)d days.") % {"n": LEAST_STORAGE_DAYS}
        raise Invalid(_("This is too short."), {"days": wrong})
    if days > LONGEST_STORAGE_DAYS:
        wrong = _("At most %(n)d days.") % {"n": LONGEST_STORAGE_DAYS}
        raise Invalid(_("This is too long."), {"days": wrong})
    if on:
        running = Recording.objects.filter(camera=camera, stopped_at=None)
        if not running.update(days=days, by=actor.user_id):
            given = {"days": days, "since": at, "stopped_at": None, "by_id": actor.user_id}
            Recording.objects.update_or_create(camera=camera, defaults=given)
    else:
        Recording.objects.filter(camera=camera, stopped_at=None).update(stopped_at=at)
    facts = {"on": on, "days": days}
    record("camera", camera.id, "video.record", actor=actor.user_id, at=at, facts=facts)


@transaction.atomic
def hold_footage(
    camera_id: UUID, case_id: UUID, *, starts: datetime, ends: datetime, until: date, reason: str,
    actor: Actor, at: datetime,
) -> Hold:  # fmt: skip
    """Keep a span of a camera's footage for a case until a day, beyond its own time."""
    case = Case.objects.filter(cases_visible_to(actor), pk=case_id).first()
    camera = Camera.objects.filter(visible_to(actor), pk=camera_id).first()
    if case is None or camera is None:
        raise NotFound(_("There is no such camera here."))
    if actor.user_id is None or not viewing_roles(actor, case.area_id):
        raise NotPermitted(_("Footage is kept for a case by dispatchers and directors."))
    if not reason.strip():
        raise Invalid(_("A reason is missing."), {"reason": _("Please write the reason.")})
    if wrong := _wrong_span(starts, ends, at):
        raise Invalid(_("The time is missing or wrong."), {"ends": wrong})
    if not local_date(at) < until <= local_date(at + LONGEST_HOLD):
        raise Invalid(_("A day is missing or wrong."), {"until": _("A day within one year.")})
    hold = Hold(
        camera=camera, case=case, starts=starts, ends=ends, until=until, reason=reason.strip(),
        by_id=actor.user_id, at=at,
    )  # fmt: skip
    facts = {"case": str(case.id), "until": until, "starts": starts, "ends": ends}
    record("camera", camera.id, "video.hold", actor=actor.user_id, at=at, facts=facts, rows=[hold])
    return hold


def _wrong_span(starts: datetime, ends: datetime, at: datetime) -> str:
    if ends <= starts:
        return _("The end must lie after the beginning.")
    if ends - starts > LONGEST_SPAN:
        return _("At most %(n)d days at once.") % {"n": LONGEST_SPAN.days}
    return _("The beginning lies in the future.") if starts > at else ""


@transaction.atomic
def lift_hold(hold_id: UUID, *, actor: Actor, at: datetime) -> Hold:
    """End a hold before its day: a dispatcher or director of the case it is for."""
    hold = Hold.objects.select_for_update().filter(pk=hold_id, lifted_at=None).first()
    # Whoever runs the camera sees the hold; the case may be none of theirs.
    known = Case.objects.filter(cases_visible_to(actor))
    case = known.filter(pk=hold.case_id).first() if hold is not None else None
    if hold is None or case is None or not viewing_roles(actor, case.area_id):
        raise NotFound(_("There is no such hold here."))
    hold.lifted_at = at
    hold.save(update_fields=["lifted_at"])
    facts = {"hold": str(hold.id)}
    record("camera", hold.camera_id, "video.lift_hold", actor=actor.user_id, at=at, facts=facts)
    return hold


def expire_footage(at: datetime) -> dict[str, int]:
    """Destroy what has outlived its time and is not held; return how much of each. For the worker."""
    found = {"recordings": 0, "clips": 0, "playbacks": _free_playbacks(at)}
    drafts.free_old(at)
    for recording in Recording.objects.all():
        found["recordings"] += _expire_recordings(recording, at)
    for clip in Clip.objects.filter(expires_on__lt=local_date(at)).exclude(state=ClipState.EXPIRED):
        _destroy_clip(clip, at)
        found["clips"] += 1
    return found


def _expire_recordings(recording: Recording, at: datetime) -> int:
    held = [
        (hold.starts.timestamp(), hold.ends.timestamp())
        for hold in Hold.objects.filter(holding(at), camera=recording.camera_id)
    ]
    oldest = (at - timedelta(days=recording.days)).timestamp()
    gone = 0
    for path in sorted(store.recorded(recording.camera_id).glob("[0-9]*/r*.ts")):
        second = int(path.stem[1:])
        ends = second + 2 * store.RECORDED_SECONDS
        if ends < oldest and not any(low < ends and second < high for low, high in held):
            path.unlink(missing_ok=True)
            gone += 1
    for folder in store.recorded(recording.camera_id).glob("[0-9]*"):
        if not any(folder.iterdir()):
            folder.rmdir()
    if gone:
        facts = {"pieces": gone}
        record("camera", recording.camera_id, "video.expire", actor=None, at=at, facts=facts)
    return gone


def _destroy_clip(clip: Clip, at: datetime) -> None:
    for ending in ("mp4", "jpg"):
        store.clip(clip.id, ending).unlink(missing_ok=True)
    store.free(store.clip(clip.id, "parts"))
    clip.state = ClipState.EXPIRED
    clip.save(update_fields=["state"])
    record("clip", clip.id, "video.expire", actor=None, at=at)


def _free_playbacks(at: datetime) -> int:
    """Destroy what recorders sent for grants that hold no more."""
    folder = store.root() / "playback"
    if not folder.is_dir():
        return 0
    living = {
        str(one)
        for one in Feed.objects.filter(grant__isnull=False, wanted_until__gt=at).values_list(
            "grant", flat=True
        )
    }
    stale = [one for one in folder.iterdir() if one.name not in living]
    for one in stale:
        store.free(one)
    return len(stale)
