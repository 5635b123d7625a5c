"""Clips of a search: those proposed, those somebody has taken, and whose consent is waited for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from linli.accounts.actor import Actor
from linli.cameras.models import Camera, Grant
from linli.cameras.queries.viewing import is_trained, known_to, viewing_roles
from linli.kernel.row_security import unscoped
from linli.missing.lifecycle import LEASE
from linli.missing.models import Belief, Look, Search
from linli.missing.planning.belief import CLIP

SHOWN = 6
# The footage of a clip: nobody asked for it, a second person has to consent, it can be seen, or it
# was declined, ended, or its time is up.
UNASKED, WAITS, OPEN, OVER = "unasked", "waits", "open", "over"


@dataclass(frozen=True, slots=True)
class ClipRow:
    """A clip to look at: where and when, the chance of a sighting, and who has it."""

    camera: UUID
    since: datetime
    until: datetime
    code: str
    name: str
    percent: float
    a_minute: float
    look: Look | None = None
    grant: Grant | None = None

    @property
    def key(self) -> int:
        """Return when it begins, as the page sends it back."""
        return int(self.since.timestamp())


def clips_to_review(search: Search, belief: Belief | None, at: datetime) -> list[ClipRow]:
    """Return the best clips that nobody has taken or looked at."""
    if belief is None:
        return []
    busy = {
        (str(look.camera), look.since.timestamp())
        for look in Look.objects.filter(search=search)
        if look.said_at or look.taken_at > at - LEASE
    }
    free = [row for row in belief.clips if (row[0], row[1]) not in busy][:SHOWN]
    names = _cameras([UUID(key) for key, _since, _chance in free])
    return [
        _row(UUID(key), datetime.fromtimestamp(since, UTC), chance, names)
        for key, since, chance in free
    ]


def clips_of(search: Search, user: UUID | None) -> list[ClipRow]:
    """Return the clips somebody has taken and not said yet."""
    looks = list(Look.objects.filter(search=search, by=user, said_at=None).order_by("taken_at"))
    names = _cameras([look.camera for look in looks if look.camera])
    grants = Grant.objects.in_bulk([look.grant for look in looks if look.grant])
    return [
        _row(
            look.camera,
            look.since,
            look.chance or 0.0,
            names,
            look=look,
            grant=grants.get(look.grant),
        )
        for look in looks
        if look.camera
    ]


def _row(
    camera: UUID, since: datetime, chance: float, names: dict[UUID, tuple[str, str]],
    *, look: Look | None = None, grant: Grant | None = None,
) -> ClipRow:  # fmt: skip
    code, name = names.get(camera, ("", ""))
    until = since + timedelta(seconds=CLIP)
    return ClipRow(
        camera, since, until, code, name, round(chance * 100, 1),
        round(chance * 100 / (CLIP / 60), 1), look, grant,
    )  # fmt: skip


def _cameras(wanted: list[UUID]) -> dict[UUID, tuple[str, str]]:
    """Return code and name of cameras: those in a search may know where footage is."""
    with unscoped():
        rows = list(Camera.objects.filter(pk__in=wanted).values_list("id", "code", "name"))
    return {key: (code, name) for key, code, name in rows}


def clip_of(search: Search, look_id: UUID, user: UUID | None) -> ClipRow | None:
    """Return a clip that somebody has taken and not said yet."""
    return next(
        (row for row in clips_of(search, user) if row.look and row.look.id == look_id), None
    )


def looking(search: Search, at: datetime) -> Sequence[Look]:
    """Return what is being looked at now, and by whom."""
    taken = Look.objects.filter(search=search, said_at=None, taken_at__gt=at - LEASE)
    return list(taken.select_related("by").order_by("taken_at"))


def footage_of(row: ClipRow, at: datetime) -> dict[str, object]:
    """Return how it is with a clip's footage (a word of this module), and what a player needs."""
    grant = row.grant
    if grant is None:
        return {"footage": UNASKED}
    if grant.ended_at is not None or (grant.valid_until is not None and grant.valid_until <= at):
        return {"footage": OVER}
    if grant.valid_from is None:
        return {"footage": WAITS}
    camera = Camera.objects.filter(pk=row.camera).first()
    return {"footage": OPEN, "grant": grant, "camera": camera, "times": range(9)}


def may_view(actor: Actor, search: Search, at: datetime) -> bool:
    """Say whether the actor opens footage there: role and training, as the cameras room asks."""
    return bool(viewing_roles(actor, search.area)) and is_trained(actor, at)


def to_consent(search: Search, actor: Actor) -> Sequence[Grant]:
    """Return the footage of this incident that others ask for and nobody has decided about."""
    waiting = Grant.objects.filter(known_to(actor), case=search.case_id)
    return list(
        waiting.filter(valid_from=None, ended_at=None)
        .exclude(viewer=actor.user_id)
        .prefetch_related("cameras__camera")
        .order_by("asked_at")
    )
