"""Judicial confirmation: the joint application and what the court made of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.kernel.ids import new_id
from linli.mediation.choices import ConfirmationState, CourtReason
from linli.mediation.models.agreements import Agreement
from linli.mediation.models.mediation import Mediation


class Confirmation(models.Model):
    """One application for judicial confirmation of an agreement, by both parties together.

    ``asked_on`` lies within 30 days of the agreement's effect; the court decides within 30 days of
    accepting it, ``decide_by``, which it may extend.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    mediation = models.ForeignKey(Mediation, models.CASCADE, related_name="confirmations")
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="confirmations")
    state = models.CharField(max_length=9, choices=ConfirmationState)
    court = models.CharField(_("court"), max_length=80)
    asked_on = models.DateField(_("applied on"))
    taken_on = models.DateField(_("accepted by the court on"), null=True)
    court_number = models.CharField(_("number at the court"), max_length=60, blank=True)
    decide_by = models.DateField(_("court decides by"), null=True)
    decided_on = models.DateField(_("decided on"), null=True)
    reason = models.CharField(_("reason"), max_length=13, choices=CourtReason, blank=True)
    reason_text = models.TextField(_("the court's words"), blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("judicial confirmation")
        constraints = [
            models.UniqueConstraint(
                fields=["mediation"],
                condition=Q(state__in=["asked", "taken"]),
                name="confirmation_one_open",
            )
        ]


class ConfirmationEvent(models.Model):
    """One step of an application. Never changed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    mediation = models.ForeignKey(Mediation, models.CASCADE, related_name="+")
    confirmation = models.ForeignKey(Confirmation, models.CASCADE, related_name="events")
    verb = models.CharField(max_length=12)
    at = models.DateTimeField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    to_state = models.CharField(max_length=9)
