"""Cut a clip or a still under a grant; it leaves only after another person has looked at it."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app
from procrastinate.types import JSONValue

from linli.accounts.actor import Actor
from linli.audit.record import record
from linli.cameras.media import drafts, store
from linli.cameras.media.cutting import LONGEST_SECONDS, CutError, Order, cut_clip, cut_still
from linli.cameras.media.pieces import Piece, hold
from linli.cameras.models import Clip, Grant
from linli.cameras.queries.permits import may_request_segment
from linli.cameras.queries.viewing import is_trained, known_to, rules, viewing_roles
from linli.cameras.viewing import VideoRefused
from linli.cameras.viewing_choices import Cause, ClipKind, ClipState
from linli.kernel.errors import IllegalMove, Invalid, NotFound
from linli.kernel.working_days import local_date

MOST_BOXES = 40
# A still shows one picture; the moment it is of lies within so much of what is there.
MOMENT = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Cut:
    """What is to be cut. For live video the span is what was just seen."""

    kind: str
    starts: datetime
    ends: datetime
    recipient: str
    for_public: bool = True
    hide_moving: bool = False
    boxes: Sequence[Sequence[int]] = ()


@transaction.atomic
def order_clip(
    grant_id: UUID, camera_id: UUID, cut: Cut, *, actor: Actor, at: datetime,
    draft: int | None = None,
) -> Clip:  # fmt: skip
    """Order a clip or still of what the grant shows; the worker makes it.

    ``draft`` numbers what was kept of live video when the form was opened. Raises
    :class:`VideoRefused` as each segment would.
    """
    permit = may_request_segment(actor, grant_id, camera_id, at, mode=None)
    grant = permit.grant
    _check(cut)
    span = (grant.starts, grant.ends) if grant.starts and grant.ends else None
    if span is not None and not span[0] <= cut.starts <= cut.ends <= span[1]:
        raise VideoRefused(Cause.OTHER_TIME, _("This was recorded at another time."))
    ends = cut.ends if cut.ends > cut.starts else cut.starts + MOMENT
    found = drafts.shown(grant, camera_id, cut.starts, ends, draft)
    if not found:
        raise Invalid(_("There is no video of this time."), {"starts": _("Choose another time.")})
    clip = Clip(
        grant=grant, camera_id=camera_id, kind=cut.kind, starts=cut.starts, ends=cut.ends,
        for_public=cut.for_public, hide_moving=cut.hide_moving, boxes=[list(b) for b in cut.boxes],
        recipient=cut.recipient.strip(), made_at=at, made_by_id=_somebody(actor),
        expires_on=local_date(at) + timedelta(days=rules().clip_days),
    )  # fmt: skip
    kept = hold(found, _parts(clip))
    facts = {
        "grant": str(grant.id), "case": str(grant.case_id), "camera": str(camera_id),
        "kind": cut.kind, "for_public": cut.for_public, "starts": cut.starts, "ends": cut.ends,
    }  # fmt: skip
    record("clip", clip.id, "video.cut", actor=actor.user_id, at=at, facts=facts, rows=[clip])
    told: list[JSONValue] = [[one.path.name, one.begins, one.ends] for one in kept]
    task = app.configure_task("linli.cameras.tasks.make_clip", queue="outside")
    task.defer(clip_id=str(clip.id), pieces=told)
    return clip


def _somebody(actor: Actor) -> UUID:
    if actor.user_id is None:
        raise VideoRefused(Cause.SIGNED_OUT, _("Sign in first."))
    return actor.user_id


def _check(cut: Cut) -> None:
    if cut.kind not in ClipKind.values or cut.ends < cut.starts:
        raise Invalid(
            _("The time is missing or wrong."), {"ends": _("The end must lie after the beginning.")}
        )
    if (cut.ends - cut.starts).total_seconds() > LONGEST_SECONDS:
        wrong = _("At most %(n)d minutes at once.") % {"n": LONGEST_SECONDS // 60}
        raise Invalid(_("This is too much at once."), {"ends": wrong})
    if not cut.recipient.strip():
        raise Invalid(_("Say who gets it."), {"recipient": _("Say who gets it.")})
    sound = all(len(box) == 4 and all(0 <= one <= 1000 for one in box) for box in cut.boxes)
    if len(cut.boxes) > MOST_BOXES or not sound:
        raise Invalid(_("The boxes are wrong."), {"boxes": _("Draw the boxes again.")})


def _parts(clip: Clip) -> Path:
    return store.clip(clip.id, "parts")


def make_clip(clip_id: UUID, told: Sequence[tuple[str, float, float]], *, at: datetime) -> None:
    """Make what was ordered. For the worker, as the owner; a second call changes nothing."""
    clip = Clip.objects.select_related("grant__case", "made_by").filter(pk=clip_id).first()
    if clip is None or clip.state != ClipState.MAKING:
        return
    parts = _parts(clip)
    order = Order(
        pieces=[Piece(parts / name, begins, ends) for name, begins, ends in told],
        starts=clip.starts.timestamp(), ends=clip.ends.timestamp(),
        mark=f"{clip.grant.viewer_name} {clip.grant.case.number} {local_date(clip.made_at)}",
        for_public=clip.for_public, boxes=clip.boxes, hide_moving=clip.hide_moving,
    )  # fmt: skip
    target = path_of(clip)
    try:
        making = cut_clip if clip.kind == ClipKind.CLIP else cut_still
        clip.faces = making(order, target)
        clip.state, clip.size = ClipState.READY, target.stat().st_size
        with target.open("rb") as file:
            clip.sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    except (CutError, OSError) as error:
        clip.state, clip.said = ClipState.FAILED, str(error)[:200]
        target.unlink(missing_ok=True)
    finally:
        store.free(parts)
    clip.save(update_fields=["faces", "state", "said", "size", "sha256"])


def path_of(clip: Clip) -> Path:
    """Return where a clip's file lies."""
    return store.clip(clip.id, "mp4" if clip.kind == ClipKind.CLIP else "jpg")


@transaction.atomic
def look_at_clip(clip_id: UUID, *, approve: bool, actor: Actor, at: datetime) -> Clip:
    """Say after a second look that a clip may leave, or that it may not."""
    clip = _locked(clip_id, actor)
    if clip.made_by_id == actor.user_id:
        raise VideoRefused(
            Cause.SAME_PERSON,
            _("Whoever made a clip does not look at it for the second time."),
            _("Ask a colleague who is trained for video."),
        )
    if not viewing_roles(actor, clip.grant.area):
        raise VideoRefused(Cause.NO_ROLE, _("Your role does not look at video here."))
    if not is_trained(actor, at):
        raise VideoRefused(Cause.UNTRAINED, _("Only people trained for video consent to it."))
    if clip.state != ClipState.READY:
        raise IllegalMove(_("This was decided already."))
    clip.state = ClipState.APPROVED if approve else ClipState.REFUSED
    clip.looked_at, clip.looked_by_id = at, actor.user_id
    clip.save(update_fields=["state", "looked_at", "looked_by"])
    if not approve:
        path_of(clip).unlink(missing_ok=True)
    facts = {"may_leave": approve}
    record("clip", clip.id, "video.look_at_clip", actor=actor.user_id, at=at, facts=facts)
    return clip


@transaction.atomic
def hand_out(clip_id: UUID, *, actor: Actor, at: datetime) -> Clip:
    """Let a clip leave: by whoever made it, or another viewer of the area, after the second look."""
    clip = _locked(clip_id, actor)
    if not viewing_roles(actor, clip.grant.area):
        raise VideoRefused(Cause.NO_ROLE, _("Your role does not look at video here."))
    if clip.state != ClipState.APPROVED or local_date(at) > clip.expires_on:
        raise VideoRefused(
            Cause.NO_CONSENT, _("This clip may not leave: a second person has not agreed.")
        )
    clip.handed_at = at
    clip.save(update_fields=["handed_at"])
    facts = {"sha256": clip.sha256}
    record("clip", clip.id, "video.hand_out", actor=actor.user_id, at=at, facts=facts)
    return clip


def _locked(clip_id: UUID, actor: Actor) -> Clip:
    clip = (
        Clip.objects.select_for_update(of=("self",))
        .select_related("grant", "camera")
        .filter(pk=clip_id)
        .first()
    )
    if clip is None or not Grant.objects.filter(known_to(actor), pk=clip.grant_id).exists():
        raise NotFound(_("There is no such clip here."))
    return clip
