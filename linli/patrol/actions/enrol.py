"""Enrol: a person joins a team with their skills; describe: what they can; release: they leave it."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.accounts.queries import works_in
from linli.audit.record import record
from linli.kernel.errors import IllegalMove, Invalid, NotFound
from linli.patrol.actions.step import visible_team
from linli.patrol.models import Member, Seat, Skill, Team
from linli.patrol.policy import leads_team, permit


@transaction.atomic
def enrol_member(
    team_id: UUID, user: UUID, *, skills: Iterable[str] = (), actor: Actor, at: datetime
) -> Member:
    """Take a person who holds a role in the team's unit into the team."""
    team = visible_team(team_id, actor)
    permit(leads_team(actor, team), of_area=False)
    if not works_in(user, team.unit_id, at):
        raise Invalid(
            _("This person holds no role in the team."),
            {"user": _("The administrator gives people their roles.")},
        )
    member = Member(team=team, user_id=user, skills=_known(skills))
    try:
        with transaction.atomic():
            member.save(force_insert=True)
    except IntegrityError as clash:
        reason = _("This person walks with a team already.")
        raise Invalid(reason, {"user": reason}) from clash
    _record(member, "enrol", actor, at)
    return member


@transaction.atomic
def describe_member(
    member_id: UUID, *, skills: Iterable[str], actor: Actor, at: datetime
) -> Member:
    """Say what a member can."""
    member, _team = _begin(member_id, actor)
    member.skills = _known(skills)
    member.save(update_fields=["skills"])
    _record(member, "describe", actor, at)
    return member


@transaction.atomic
def release_member(member_id: UUID, *, actor: Actor, at: datetime) -> None:
    """Let a member leave the team; refuse while they are on a shift to come."""
    member, _team = _begin(member_id, actor)
    if Seat.objects.filter(
        user=member.user_id, shift__published=True, shift__ends_at__gt=at
    ).exists():
        raise IllegalMove(
            _("This member is on a shift to come."), _("Let somebody step in for them first.")
        )
    member.left_on = timezone.localdate(at)
    member.save(update_fields=["left_on"])
    _record(member, "release", actor, at)


def _begin(member_id: UUID, actor: Actor) -> tuple[Member, Team]:
    member = Member.objects.select_for_update().filter(pk=member_id, left_on=None).first()
    if member is None:
        raise NotFound(_("There is no such member here."))
    team = visible_team(member.team_id, actor)
    permit(leads_team(actor, team), of_area=False)
    return member, team


def _known(skills: Iterable[str]) -> list[str]:
    chosen = sorted(set(skills))
    if set(chosen) - set(Skill.objects.values_list("code", flat=True)):
        raise Invalid(_("There is no such skill."), {"skills": _("Choose from the list.")})
    return chosen


def _record(member: Member, verb: str, actor: Actor, at: datetime) -> None:
    facts = {"team": str(member.team_id), "user": str(member.user_id), "skills": member.skills}
    record("patrol_member", member.id, f"patrol.{verb}", actor=actor.user_id, at=at, facts=facts)
