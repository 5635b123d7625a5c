"""The JSON API of one's own notices."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from linli.accounts.actor import actor_of
from linli.accounts.gate import scoped
from linli.notices.actions.mark_read import mark_all_read, mark_read
from linli.notices.addresses import path_of
from linli.notices.models import Notice
from linli.notices.queries.own import own, unread_count

router = Router(tags=["notices"])


class NoticeOut(Schema):
    """One notice; ``page`` is the path of what it is about."""

    id: UUID
    kind: str
    urgent: bool
    subject: str
    body: str
    about_type: str
    about_id: str
    page: str
    at: datetime
    read_at: datetime | None


class NoticePage(Schema):
    """Notices, the latest first; ``next`` is the cursor of the next page, ``unread`` at most 100."""

    notices: list[NoticeOut]
    next: str | None
    unread: int


class NoticeFilter(Schema):
    """What is asked for."""

    unread: bool = False
    after: Annotated[str, Field(max_length=60)] = ""
    limit: Annotated[int, Field(ge=1, le=100)] = 30


class Marked(Schema):
    """How many were marked read."""

    marked: int


def _out(notice: Notice) -> dict[str, Any]:
    row = {name: getattr(notice, name) for name in NoticeOut.model_fields if name != "page"}
    return row | {"page": path_of(notice.about_type, notice.about_id)}


@router.get("/notices", response=NoticePage, summary="Your own notices, newest first")
@scoped("notices:read")
def many(request: HttpRequest, asked: Query[NoticeFilter]) -> Any:
    """Return a page of the caller's notices."""
    actor = actor_of(request)
    page = own(actor, unread=asked.unread, after=asked.after, most=asked.limit)
    notices = [_out(one) for one in page.notices]
    return {"notices": notices, "next": page.after or None, "unread": unread_count(actor)}


@router.post("/notices/read", response=Marked, summary="Mark all your notices read")
@scoped("notices:write")
def read_all(request: HttpRequest) -> Any:
    """Mark everything read up to now."""
    actor = actor_of(request)
    return {"marked": mark_all_read(actor=actor, at=timezone.now())}


@router.post("/notices/{notice_id}/read", response=NoticeOut, summary="Mark a notice read")
@scoped("notices:write")
def read(request: HttpRequest, notice_id: UUID) -> Any:
    """Mark one read; again does nothing."""
    actor = actor_of(request)
    return _out(mark_read(notice_id, actor=actor, at=timezone.now()))
