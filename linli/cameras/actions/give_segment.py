"""Give a segment out: the log has one entry for each, and one more for the first of a camera."""

from datetime import datetime

from linli.accounts.actor import Actor
from linli.audit.record import record
from linli.cameras.models import GrantCamera
from linli.cameras.queries.permits import Permit


def give_segment(permit: Permit, segment: str, *, actor: Actor, at: datetime) -> None:
    """Write down that a segment was given out, before it is."""
    facts = {"grant": str(permit.grant.id), "case": str(permit.grant.case_id), "segment": segment}
    if permit.is_first:
        opened = GrantCamera.objects.filter(
            grant=permit.grant, camera=permit.camera, opened_at=None
        ).update(opened_at=at)
        if opened:
            told = {**facts, "mode": permit.grant.mode, "purpose": permit.grant.purpose}
            record("camera", permit.camera, "video.open", actor=actor.user_id, at=at, facts=told)
    record("camera", permit.camera, "video.segment", actor=actor.user_id, at=at, facts=facts)
