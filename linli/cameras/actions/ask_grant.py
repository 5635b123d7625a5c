"""Ask for video: for a case whose place and time match, with purpose and reason, by trained people."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.areas.models import Unit
from linli.audit.record import record
from linli.cameras.models import Grant, GrantCamera, ViewingRules
from linli.cameras.queries.viewing import Match, is_trained, matching, rules, viewing_roles
from linli.cameras.viewing import (
    Around,
    VideoRefused,
    around,
    live_until,
    recorded_window,
)
from linli.cameras.viewing_choices import Cause, Mode, Purpose
from linli.cases import lifecycle as of_case
from linli.cases.choices import Kind
from linli.cases.models import Case
from linli.cases.policy import visible_to
from linli.kernel.crypto import text_hash
from linli.kernel.errors import Invalid
from linli.kernel.ids import new_id

MOST_CAMERAS = 16


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for. ``starts`` and ``ends`` only where something recorded is."""

    cameras: Sequence[UUID]
    purpose: str
    reason: str
    mode: str = Mode.LIVE
    starts: datetime | None = None
    ends: datetime | None = None
    unit: UUID | None = None


@transaction.atomic
def ask_grant(
    case_id: UUID | None, wish: Wish, *, actor: Actor, at: datetime, place: Around | None = None,
    grant_id: UUID | None = None,
) -> Grant:  # fmt: skip
    """Register who wants to see what and why; return the grant, which holds at once or waits.

    ``place`` stands for the case's own place and time where a room above vouches for another, such
    as a sighting of a missing person. ``grant_id`` is the key it gets. Raises
    :class:`VideoRefused`; keep the attempt with
    :func:`~linli.cameras.actions.refuse_video.noting_refusals`.
    """
    case = _case(case_id, actor)
    viewer, unit = _check_person(actor, case, wish, at)
    limits = rules()
    where = place or around(case)
    if where is None:
        raise VideoRefused(
            Cause.OTHER_PLACE,
            _("This case has no point on the map, so no camera matches it."),
            _("Put its place on the map first."),
        )
    _check_time(where, wish, limits, at)
    found = _check_place(actor, where, wish, limits)
    grant = Grant(
        id=grant_id or new_id(), case=case, area=case.area_id, mode=wish.mode, starts=wish.starts,
        ends=wish.ends, viewer_id=viewer, viewer_name=actor.name, unit=unit, purpose=wish.purpose,
        reason=wish.reason.strip(), asked_at=at,
        needs_consent=wish.mode == Mode.RECORDED or limits.consent_live,
    )  # fmt: skip
    if not grant.needs_consent:
        grant.valid_from, grant.valid_until = at, validity(grant, limits, at)
    grant.save(force_insert=True)
    GrantCamera.objects.bulk_create(GrantCamera(grant=grant, camera=one.camera) for one in found)
    facts = _facts(grant, found)
    record("grant", grant.id, "video.ask", actor=actor.user_id, at=at, facts=facts)
    return grant


def _facts(grant: Grant, found: Sequence[Match]) -> dict[str, Any]:
    return {
        "case": str(grant.case_id),
        "mode": grant.mode,
        "purpose": grant.purpose,
        "unit": str(grant.unit_id),
        "cameras": [str(one.camera.id) for one in found],
        "starts": grant.starts,
        "ends": grant.ends,
        "valid_until": grant.valid_until,
        "reason": text_hash(grant.reason, grant.id.bytes),
    }


def validity(grant: Grant, limits: ViewingRules, at: datetime) -> datetime:
    """Return until when a grant holds that begins to hold now."""
    if grant.mode == Mode.LIVE:
        return at + timedelta(minutes=limits.live_minutes)
    return at + timedelta(hours=limits.recorded_hours)


def _case(case_id: UUID | None, actor: Actor) -> Case:
    # Locked: it may not end between the check and the grant.
    case = None
    if case_id is not None:
        incidents = Case.objects.select_for_update(of=("self",)).filter(kind=Kind.INCIDENT)
        case = incidents.filter(visible_to(actor), pk=case_id).first()
    if case is None:
        raise VideoRefused(
            Cause.NO_CASE,
            _("Video is opened for an incident, never by itself."),
            _("Register the incident first, then open video from its page."),
        )
    if case.state not in of_case.OPEN:
        raise VideoRefused(Cause.CASE_OVER, _("This case is over: its video stays closed."))
    return case


def _check_person(actor: Actor, case: Case, wish: Wish, at: datetime) -> tuple[UUID, Unit]:
    held = viewing_roles(actor, case.area_id)
    if actor.user_id is None or not held:
        raise VideoRefused(
            Cause.NO_ROLE, _("Video is opened by dispatchers and directors of the area.")
        )
    if not is_trained(actor, at):
        raise VideoRefused(
            Cause.UNTRAINED,
            _("Only people who were trained for video may open it."),
            _("Ask your administrator for the training."),
        )
    units = [role.unit for role in held if role.unit]
    unit = wish.unit if wish.unit in units else units[0]
    if wish.purpose not in Purpose.values or not wish.reason.strip():
        raise Invalid(_("A reason is missing."), {"reason": _("Please write the reason.")})
    return actor.user_id, Unit.objects.get(pk=unit)


def _check_time(where: Around, wish: Wish, limits: ViewingRules, at: datetime) -> None:
    if wish.mode == Mode.LIVE:
        if at >= live_until(where, limits):
            raise VideoRefused(
                Cause.OTHER_TIME,
                _("This case is too old for live video."),
                _("Ask for recordings."),
            )
        return
    if wish.starts is None or wish.ends is None or wish.ends <= wish.starts:
        raise Invalid(
            _("The time is missing or wrong."), {"ends": _("The end must lie after the beginning.")}
        )
    if wish.ends - wish.starts > timedelta(minutes=limits.span_minutes):
        raise Invalid(
            _("This is too much at once."),
            {"ends": _("At most %(n)d minutes at once.") % {"n": limits.span_minutes}},
        )
    first, last = recorded_window(where, limits)
    if wish.starts < first or wish.ends > min(last, at):
        raise VideoRefused(
            Cause.OTHER_TIME,
            _("This was recorded outside the time of the case."),
            _("Choose a time near the time of the case."),
        )


def _check_place(actor: Actor, where: Around, wish: Wish, limits: ViewingRules) -> Sequence[Match]:
    wanted = set(wish.cameras)
    if not 1 <= len(wanted) <= MOST_CAMERAS:
        raise Invalid(_("Choose a camera."), {"cameras": _("Choose one to sixteen cameras.")})
    found = matching(actor, where, limits, only=wanted)
    if len(found) != len(wanted):
        raise VideoRefused(
            Cause.OTHER_PLACE,
            _("This camera is not at the place of the case."),
            _("Choose from the cameras the page of the case offers."),
        )
    return found
