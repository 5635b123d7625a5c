"""Keep a look: what it found goes into the camera's health, its history and its work order."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from linli.audit.record import record
from linli.cameras import lifecycle
from linli.cameras.limits import Limits
from linli.cameras.models import Camera, Health, HealthChange, WorkOrder
from linli.cameras.probe.finding import Finding

# A fault is believed at the second look: a lost packet calls nobody out.
BELIEVED = 2
# What only a picture shows, only a picture can take back.
SEEN_BY_PICTURE = (lifecycle.BLACK, lifecycle.FROZEN, lifecycle.BLURRED)


@transaction.atomic
def keep_look(camera_id: UUID, finding: Finding, limits: Limits, *, at: datetime) -> Health | None:
    """Write a look down and say when the next one is. None: the camera or its sources are gone."""
    health = Health.objects.select_for_update().filter(camera=camera_id).first()
    if health is None or health.due_at is None:
        return None
    state = _believed(health, finding)
    if state != health.state:
        HealthChange.objects.create(
            camera_id=camera_id, at=at, before=health.state, after=state, detail=finding.detail,
            note=finding.note,
        )  # fmt: skip
        health.state, health.since = state, at
    health.bad_looks = health.bad_looks + 1 if finding.is_bad else 0
    health.looked_at = at
    health.detail, health.note = finding.detail, finding.note
    if state in SEEN_BY_PICTURE and not finding.is_bad:
        health.detail = _DETAIL[state]
    if finding.clock_off is not None:
        health.clock_off = finding.clock_off
    health.mark = finding.mark or health.mark
    _keep_picture(health, finding, at)
    _plan(health, finding, limits, at)
    health.save()
    _follow(camera_id, health, limits, at)
    return health


_DETAIL = {lifecycle.BLACK: "dark", lifecycle.FROZEN: "still", lifecycle.BLURRED: "soft"}


def _believed(health: Health, finding: Finding) -> str:
    """Return the state after a look; a connection alone says nothing of the picture."""
    if finding.state == lifecycle.OK and not finding.has_picture:
        return health.state if health.state != lifecycle.UNKNOWN else lifecycle.UNKNOWN
    return finding.state


def _keep_picture(health: Health, finding: Finding, at: datetime) -> None:
    if finding.measures is None:
        return
    found = finding.measures
    health.pictured_at, health.thumb = at, found.thumb
    health.mean, health.spread = found.mean, found.spread
    health.change, health.sharpness = found.change, found.sharpness


def _plan(health: Health, finding: Finding, limits: Limits, at: datetime) -> None:
    """Say when to look again: soon where a fault is fresh or a picture is asked for."""
    waits = limits.look_every
    fresh = finding.is_bad and health.bad_looks < BELIEVED
    wants_picture = health.state != lifecycle.OK and finding.state == lifecycle.OK
    if fresh or wants_picture:
        waits = min(waits, limits.look_again)
    health.due_at = at + timedelta(seconds=waits)
    if finding.has_picture and not fresh:
        health.picture_due_at = at + timedelta(seconds=limits.picture_every)
    elif wants_picture or finding.is_bad:
        health.picture_due_at = health.due_at
    health.claimed_until = None


def _follow(camera_id: UUID, health: Health, limits: Limits, at: datetime) -> None:
    """Let the work order follow: opened at the second bad look, closed by a good one."""
    order = WorkOrder.objects.select_for_update().filter(camera=camera_id)
    waiting = order.exclude(state=lifecycle.CLOSED).first()
    if health.state in lifecycle.BAD and health.bad_looks >= BELIEVED:
        if waiting is None:
            _open(camera_id, health, limits, at)
        elif waiting.state == lifecycle.DONE and (waiting.done_at or at) < at:
            _undo(waiting, health, at)
        elif waiting.kind != health.state and waiting.state == lifecycle.OPEN:
            waiting.kind = health.state
            waiting.save(update_fields=["kind"])
    elif health.state == lifecycle.OK and waiting is not None:
        close_order(waiting, at=at)


def _open(camera_id: UUID, health: Health, limits: Limits, at: datetime) -> None:
    camera = Camera.objects.get(pk=camera_id)
    if camera.retired_on:
        return
    within = timedelta(seconds=limits.mend_within(camera.legal_class))
    order = WorkOrder(
        camera=camera,
        kind=health.state,
        unit_id=camera.managing_id,
        opened_at=at,
        due_at=at + within,
    )
    facts = {"camera": str(camera_id), "kind": order.kind, "due": order.due_at}
    record("work_order", order.id, "camera.order", actor=None, at=at, facts=facts, rows=[order])


def _undo(order: WorkOrder, health: Health, at: datetime) -> None:
    """Open an order again: what was said to be mended is not."""
    order.state, order.kind = lifecycle.OPEN, health.state
    order.times_undone += 1
    order.told_at = None
    order.save(update_fields=["state", "kind", "times_undone", "told_at"])
    facts = {"camera": str(order.camera_id), "kind": order.kind}
    record("work_order", order.id, "camera.order_undone", actor=None, at=at, facts=facts)


def close_order(order: WorkOrder, *, at: datetime) -> None:
    """Close a locked order: a good look has confirmed it, or the camera is gone."""
    order.state, order.closed_at = lifecycle.CLOSED, at
    order.save(update_fields=["state", "closed_at"])
    facts = {"camera": str(order.camera_id), "late": at > order.due_at}
    record("work_order", order.id, "camera.order_closed", actor=None, at=at, facts=facts)
