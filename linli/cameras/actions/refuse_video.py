"""Refuse video, and write down that somebody asked: the attempt stays, whatever is rolled back."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from linli.accounts.actor import Actor
from linli.accounts.scope import acting
from linli.audit.record import record
from linli.cameras.models import Refusal
from linli.cameras.viewing import VideoRefused
from linli.kernel.rate import take

# Refusals of one person, or of all who are not signed in, that are written down in a minute: one
# more line would tell nothing, and might be meant to fill the log.
MOST_A_MINUTE = 300


def refuse_video(
    cause: str,
    *,
    actor: Actor,
    at: datetime,
    area: str = "",
    mode: str = "",
    camera: UUID | None = None,
    grant: UUID | None = None,
    case: UUID | None = None,
) -> Refusal:
    """Write an attempt down, in the log too; call it in a transaction that will be kept."""
    own = min((role.area for role in actor.roles), default="")
    refusal = Refusal(
        at=at, user_id=actor.user_id, camera=camera, grant=grant, case=case, area=area or own,
        mode=mode, cause=cause,
    )  # fmt: skip
    facts = {"cause": cause, "camera": camera, "grant": grant, "case": case, "mode": mode}
    told = {name: str(value) for name, value in facts.items() if value}
    record(
        "refusal",
        refusal.id,
        "video.refuse",
        actor=actor.user_id,
        at=at,
        facts=told,
        rows=[refusal],
    )
    return refusal


def note_refusal(
    refused: VideoRefused, *, actor: Actor, at: datetime, area: str = "", mode: str = "",
    camera: UUID | None = None, grant: UUID | None = None, case: UUID | None = None,
) -> None:  # fmt: skip
    """Write an attempt down unless somebody makes too many; then the refusal says so."""
    who = str(actor.user_id or "nobody")
    refused.too_often = not take("video-refused", who, at, most=MOST_A_MINUTE, seconds=60)
    if not refused.too_often:
        refuse_video(
            refused.cause, actor=actor, at=at, area=area, mode=mode, camera=camera, grant=grant,
            case=case,
        )  # fmt: skip


@contextmanager
def noting_refusals(
    actor: Actor,
    at: datetime,
    *,
    area: str = "",
    mode: str = "",
    camera: UUID | None = None,
    grant: UUID | None = None,
    case: UUID | None = None,
) -> Iterator[None]:
    """Run a block under the actor's scope; if it refuses video, keep the attempt and refuse on.

    For views that open their own transactions: what is written here must not be rolled back.
    """
    try:
        with acting(actor):
            yield
    except VideoRefused as refused:
        with acting(actor):
            note_refusal(
                refused, actor=actor, at=at, area=area, mode=mode, camera=camera, grant=grant,
                case=case,
            )  # fmt: skip
        raise
