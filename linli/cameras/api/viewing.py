"""Viewing over the API: asking, consenting, ending, one's grants, and the log of one's scope.

No answer holds the address of a stream but that of a grant that holds, for its own viewer; each
segment behind it is judged and logged as it is asked for. What is refused is kept, as on the pages.
"""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Annotated, Any
from uuid import UUID

from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Schema
from ninja.responses import Status
from pydantic import AwareDatetime, Field

from linli.accounts.actor import Actor, actor_of
from linli.accounts.gate import claimed, scoped
from linli.cameras.actions.ask_grant import MOST_CAMERAS, Wish, ask_grant
from linli.cameras.actions.consent_grant import consent_grant, decline_grant
from linli.cameras.actions.end_grant import end_grant
from linli.cameras.actions.refuse_video import noting_refusals
from linli.cameras.api.routes import router
from linli.cameras.models import Grant, Refusal
from linli.cameras.policy import may_look, permit
from linli.cameras.queries.viewing import known_to, left, log_of, refusals_of
from linli.cameras.streams import playlist_of
from linli.cameras.viewing_choices import Mode, Purpose
from linli.kernel.bodies import TEXT, Input, Key
from linli.kernel.errors import NotFound
from linli.kernel.ids import new_id
from linli.kernel.paging import page_of

Limit = Annotated[int, Field(ge=1, le=200)]
After = Annotated[str, Field(max_length=60)]


class AskIn(Input):
    """What is asked for. ``starts`` and ``ends`` only with ``mode`` ``recorded``."""

    case: UUID
    cameras: Annotated[list[UUID], Field(min_length=1, max_length=MOST_CAMERAS)]
    purpose: Purpose
    reason: Annotated[str, Field(min_length=1, max_length=300, pattern=TEXT)]
    mode: Mode = Mode.LIVE
    starts: AwareDatetime | None = None
    ends: AwareDatetime | None = None
    unit: UUID | None = None


class StreamOut(Schema):
    """Where the browser of the signed-in viewer finds a camera's playlist, while the grant holds."""

    camera: UUID
    playlist: str


class OpenedOut(Schema):
    """A camera of a grant, and when its first piece was given out."""

    camera: UUID
    opened_at: datetime | None


class GrantOut(Schema):
    """Who may look at what for which case. ``streams`` is empty but for the viewer's own grant that
    holds now; with ``valid_from`` null it waits for a second person.
    """

    id: UUID
    case: UUID
    area: str
    mode: str
    starts: datetime | None
    ends: datetime | None
    viewer: UUID
    viewer_name: str
    unit: UUID
    unit_name: str
    purpose: str
    reason: str
    asked_at: datetime
    needs_consent: bool
    consented_by: UUID | None
    valid_from: datetime | None
    valid_until: datetime | None
    ended_at: datetime | None
    ended_why: str
    cameras: list[OpenedOut]
    streams: list[StreamOut]


class GrantsOut(Schema):
    """A page of grants, newest first; ``next`` is the ``after`` of the page that follows."""

    grants: list[GrantOut]
    next: str | None


class RefusalOut(Schema):
    """An attempt that was refused."""

    id: UUID
    at: datetime
    user: UUID | None
    camera: UUID | None
    grant: UUID | None
    case: UUID | None
    area: str
    mode: str
    cause: str


class RefusalsOut(Schema):
    """A page of refused attempts, newest first."""

    refusals: list[RefusalOut]
    next: str | None


type View = Callable[..., Any]


def noting(view: View) -> View:
    """Keep what an operation refuses: outermost, as its own transaction is rolled back."""

    @wraps(view)
    def run(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        given = kwargs.get("given")
        about: dict[str, Any] = {"grant": kwargs.get("grant_id")}
        if isinstance(given, AskIn):
            about |= {"case": given.case, "camera": given.cameras[0], "mode": given.mode}
        with noting_refusals(actor_of(request), timezone.now(), **about):
            return view(request, *args, **kwargs)

    return run


def _grant(row: Grant, actor: Actor, at: datetime) -> dict[str, Any]:
    same = (
        "id", "area", "mode", "starts", "ends", "viewer_name", "purpose", "reason", "asked_at",
        "needs_consent", "valid_from", "valid_until", "ended_at", "ended_why",
    )  # fmt: skip
    cameras = [(one.camera_id, one.opened_at) for one in row.cameras.all()]
    holds = row.viewer_id == actor.user_id and left(row, at).total_seconds() > 0
    return {name: getattr(row, name) for name in same} | {
        "case": row.case_id,
        "viewer": row.viewer_id,
        "unit": row.unit_id,
        "unit_name": row.unit.name,
        "consented_by": row.consented_by_id,
        "cameras": [{"camera": key, "opened_at": opened} for key, opened in cameras],
        "streams": [
            {"camera": key, "playlist": playlist_of(row, key, actor)} for key, _at in cameras
        ]
        if holds
        else [],
    }


def _read(grant_id: UUID, actor: Actor, at: datetime) -> dict[str, Any]:
    found = Grant.objects.filter(known_to(actor), pk=grant_id)
    row = found.select_related("unit").prefetch_related("cameras").first()
    if row is None:
        raise NotFound(_("There is no such grant here."))
    return _grant(row, actor, at)


@router.post("/cameras/grants", response={201: GrantOut}, summary="Ask for video of an incident")
@noting
@scoped("video:write")
def ask(request: HttpRequest, given: AskIn, key: Key = None) -> Any:
    """Register who wants to see what and why; live video may hold at once, recordings wait.

    403 ``video-refused`` says why not. The same key again gives the same grant.
    """
    actor, now, grant_id = actor_of(request), timezone.now(), new_id()
    if first := claimed(request, key, grant_id):
        return Status(201, _read(first, actor, now))
    wish = Wish(
        cameras=given.cameras, purpose=str(given.purpose), reason=given.reason,
        mode=str(given.mode), starts=given.starts, ends=given.ends, unit=given.unit,
    )  # fmt: skip
    ask_grant(given.case, wish, actor=actor, at=now, grant_id=grant_id)
    return Status(201, _read(grant_id, actor, now))


@router.get("/cameras/grants", response=GrantsOut, summary="One's own grants")
@scoped("video:read")
def own(request: HttpRequest, after: After = "", limit: Limit = 50) -> Any:
    """Return what the caller asked for, newest first; with streams where it holds now."""
    actor = actor_of(request)
    return _page(Grant.objects.filter(viewer=actor.user_id), actor, after, limit)


@router.get("/cameras/grants/waiting", response=GrantsOut, summary="What waits for consent")
@scoped("video:read")
def waiting(request: HttpRequest, after: After = "", limit: Limit = 50) -> Any:
    """Return what others of the caller's areas asked for and nobody has decided yet."""
    actor = actor_of(request)
    found = Grant.objects.filter(known_to(actor), valid_from=None, ended_at=None)
    return _page(found.exclude(viewer=actor.user_id), actor, after, limit)


@router.get("/cameras/grants/{uuid:grant_id}", response=GrantOut, summary="A grant")
@scoped("video:read")
def one_grant(request: HttpRequest, grant_id: UUID) -> Any:
    """Return a grant the caller may know of."""
    return _read(grant_id, actor_of(request), timezone.now())


@router.post(
    "/cameras/grants/{uuid:grant_id}/consent", response=GrantOut, summary="Consent as a second person"
)  # fmt: skip
@noting
@scoped("video:write")
def consent(request: HttpRequest, grant_id: UUID) -> Any:
    """Let what somebody else asked for hold from now on."""
    return _decided(consent_grant, request, grant_id)


@router.post("/cameras/grants/{uuid:grant_id}/decline", response=GrantOut, summary="Decline")
@noting
@scoped("video:write")
def decline(request: HttpRequest, grant_id: UUID) -> Any:
    """Decline what somebody else asked for."""
    return _decided(decline_grant, request, grant_id)


@router.post("/cameras/grants/{uuid:grant_id}/end", response=GrantOut, summary="End looking")
@scoped("video:write")
def end(request: HttpRequest, grant_id: UUID) -> Any:
    """End one's own grant, or as a director of the area anybody's there."""
    return _decided(end_grant, request, grant_id)


@router.get("/cameras/looks", response=GrantsOut, summary="Who looked at what, and why")
@scoped("video:read")
def looks(request: HttpRequest, after: After = "", limit: Limit = 50) -> Any:
    """Return the log of the caller's scope: their own, those of the areas they direct or dispatch,
    and those at cameras their unit runs.
    """
    actor = actor_of(request)
    permit(may_look(actor))
    return _page(log_of(actor), actor, after, limit)


@router.get("/cameras/refusals", response=RefusalsOut, summary="Who was refused, and why")
@scoped("video:read")
def refusals(request: HttpRequest, after: After = "", limit: Limit = 50) -> Any:
    """Return the refused attempts of the caller's scope."""
    actor = actor_of(request)
    permit(may_look(actor))
    rows, following = page_of(refusals_of(actor), after, limit)
    return {"refusals": [_refusal(row) for row in rows], "next": following or None}


def _refusal(row: Refusal) -> dict[str, Any]:
    same = ("id", "at", "camera", "grant", "case", "area", "mode", "cause")
    return {name: getattr(row, name) for name in same} | {"user": row.user_id}


def _decided(action: Callable[..., Grant], request: HttpRequest, grant_id: UUID) -> dict[str, Any]:
    actor, at = actor_of(request), timezone.now()
    action(grant_id, actor=actor, at=at)
    return _read(grant_id, actor, at)


def _page(found: QuerySet[Grant], actor: Actor, after: str, limit: int) -> dict[str, Any]:
    at, asked = timezone.now(), found.select_related("unit").prefetch_related("cameras")
    rows, following = page_of(asked.annotate(at=F("asked_at")), after, limit)
    return {"grants": [_grant(row, actor, at) for row in rows], "next": following or None}
