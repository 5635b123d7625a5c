"""Write down that somebody was trained for video, or that it holds no more."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.accounts.models import Role, RoleKind, User
from linli.accounts.scope import in_area
from linli.audit.record import record
from linli.cameras.models import Grant, Training
from linli.cameras.policy import KEEPING
from linli.cameras.queries.viewing import VIEWERS
from linli.cameras.viewing_choices import Ending
from linli.kernel.errors import Invalid, NotFound, NotPermitted
from linli.kernel.row_security import unscoped


@transaction.atomic
def train(
    user_id: UUID, *, course: str, trained_on: date, until: date, actor: Actor, at: datetime
) -> Training:
    """Write a training down: an administrator, for a dispatcher or director of their area."""
    user = User.objects.filter(pk=user_id, is_active=True).first()
    area = _administered(actor, user_id)
    if user is None or area is None:
        raise NotPermitted(
            _("Administrators write down the trainings of dispatchers and directors of their area.")
        )
    if not course.strip() or until < trained_on:
        raise Invalid(
            _("A day is missing or wrong."), {"until": _("It must hold until a later day.")}
        )
    training = Training(
        user=user, area=area, course=course.strip(), trained_on=trained_on, until=until,
        by_id=actor.user_id, at=at,
    )  # fmt: skip
    facts = {"user": str(user_id), "until": until}
    record(
        "training", training.id, "video.train", actor=actor.user_id, at=at, facts=facts,
        rows=[training],
    )  # fmt: skip
    return training


@transaction.atomic
def end_training(training_id: UUID, *, actor: Actor, at: datetime) -> Training:
    """End a training; what the person is looking at ends with it."""
    training = Training.objects.select_for_update().filter(pk=training_id, ended_at=None).first()
    if training is None or not actor.reaches(training.area, KEEPING):
        raise NotFound(_("There is no such training here."))
    training.ended_at = at
    training.save(update_fields=["ended_at"])
    with unscoped():
        Grant.objects.filter(viewer=training.user_id, ended_at=None).update(
            ended_at=at, ended_why=Ending.REVOKED, ended_by=actor.user_id
        )
    facts = {"user": str(training.user_id)}
    record("training", training.id, "video.end_training", actor=actor.user_id, at=at, facts=facts)
    return training


def _administered(actor: Actor, user_id: UUID) -> str | None:
    for role in actor.roles:
        if role.kind == RoleKind.ADMINISTRATOR:
            there = Role.objects.filter(in_area(role.area), user=user_id, kind__in=VIEWERS)
            if there.exists():
                return role.area
    return None
