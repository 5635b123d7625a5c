"""Sweep: look at every camera that is due, several at a time, whatever any of them does."""

import logging
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import BoundedSemaphore
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from linli.cameras import lifecycle
from linli.cameras.actions.keep_look import keep_look
from linli.cameras.actions.set_source import credentials
from linli.cameras.actions.watch import looked_at
from linli.cameras.limits import Limits, Net
from linli.cameras.models import Source
from linli.cameras.probe.finding import Finding, Target, Terms
from linli.cameras.probe.look import look
from linli.cameras.queries.limits import limits, networks

log = logging.getLogger(__name__)

# Waiting for answers costs nothing: many are asked at once, few pictures are read at once.
ASKED_AT_ONCE = 24
# A claim of a process that died is free again after this.
CLAIMED = timedelta(minutes=3)
# Two looks so near each other say nothing of a picture that stands still.
APART = timedelta(seconds=20)
_CLAIM = """
UPDATE cameras_health h SET claimed_until = %(until)s
FROM (SELECT camera_id FROM cameras_health
  WHERE due_at <= %(now)s AND (claimed_until IS NULL OR claimed_until < %(now)s)
  ORDER BY due_at LIMIT %(most)s FOR UPDATE SKIP LOCKED) due
WHERE h.camera_id = due.camera_id
RETURNING h.camera_id, h.state, coalesce(h.picture_due_at <= %(now)s, true),
  CASE WHEN h.looked_at < %(before)s THEN h.thumb END,
  CASE WHEN h.looked_at < %(before)s THEN h.mark ELSE '' END
"""

type Look = Callable[[Target, Terms], Finding]


@dataclass(frozen=True, slots=True)
class Claim:
    """A camera that this process looks at now."""

    camera: UUID
    target: Target
    terms: Terms


def sweep(*, enough: Callable[[], bool] = lambda: False, look: Look = look) -> int:
    """Look at everything that is due now, until there is none or ``enough`` says so.

    Returns how many were looked at. Two may run at once: each claims its own.
    """
    set_limits, allowed = limits(), networks()
    pictures = BoundedSemaphore(max(1, int(set_limits.at_once)))
    looked = 0
    with ThreadPoolExecutor(ASKED_AT_ONCE, "camera") as pool:
        running: dict[Future[Finding], Claim] = {}
        while True:
            if not enough() and len(running) < ASKED_AT_ONCE:
                for claim in claim_due(ASKED_AT_ONCE - len(running), set_limits, allowed):
                    running[pool.submit(_look, look, claim, pictures)] = claim
            if not running:
                return looked
            done, _rest = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                claim = running.pop(future)
                keep_look(claim.camera, _result(future, claim), set_limits, at=timezone.now())
                looked += 1


def claim_due(most: int, set_limits: Limits, allowed: Sequence[Net]) -> Iterator[Claim]:
    """Claim up to ``most`` cameras that are due, the longest waiting first."""
    now = timezone.now()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            _CLAIM, {"now": now, "until": now + CLAIMED, "before": now - APART, "most": most}
        )
        rows = cursor.fetchall()
    found = looked_at().filter(camera__in=[row[0] for row in rows])
    sources: dict[UUID, Source] = {}
    for source in found.order_by("-position"):
        sources[source.camera_id] = source
    for camera, state, picture_due, thumb, mark in rows:
        if camera not in sources:
            continue
        source = sources[camera]
        user, password = credentials(source)
        yield Claim(
            camera,
            Target(source.protocol, source.address, source.channel, user, password),
            Terms(
                set_limits, allowed, with_picture=picture_due or state != lifecycle.OK,
                thumb=bytes(thumb) if thumb else None, mark=mark,
            ),
        )  # fmt: skip


def _look(look: Look, claim: Claim, pictures: BoundedSemaphore) -> Finding:
    """First ask whether it answers; only of one that does a picture is read, few at a time."""
    terms = claim.terms
    if not terms.with_picture:
        return look(claim.target, terms)
    asked = look(claim.target, terms.without_picture())
    if asked.is_bad and asked.state != lifecycle.CLOCK:
        return asked
    with pictures:
        return look(claim.target, terms)


def _result(future: Future[Finding], claim: Claim) -> Finding:
    """Return what was found; a look that fails by our own fault says so on the camera's page."""
    try:
        return future.result()
    except Exception:
        log.exception("the look at camera %s failed", claim.camera)
        return Finding(lifecycle.UNKNOWN, "failed")


def due_before(moment: datetime) -> int:
    """Return how many cameras wait for a look since before ``moment``."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cameras_health WHERE due_at < %s", [moment])
        (found,) = cursor.fetchone()
    return int(found)
