"""A tip, what was written about it, who opened it, and which unit it goes to.

A tip is no case: it stands in no list, no search and no figure. All texts are sealed, and row
security lets only the unit it is meant for read any of it.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.areas.models import Unit
from linli.kernel.ids import new_id
from linli.tips.choices import MessageKind, TipKind, TipState


class TipDesk(models.Model):
    """Which unit reads tips of a kind given in an area and below; the longest area wins."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    area = models.CharField(_("area"), max_length=15, db_collation="C")
    kind = models.CharField(_("kind"), max_length=12, choices=TipKind)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    kept_days = models.PositiveSmallIntegerField(_("kept after it is done (days)"), default=180)

    class Meta:
        verbose_name = _("tip desk")
        constraints = [models.UniqueConstraint(fields=["area", "kind"], name="tip_desk_once")]


class Tip(models.Model):
    """One tip. ``body`` opens to ``text``, ``place`` and ``area``; ``contact`` (null: anonymous) to
    ``name`` and ``phone``. ``receipt`` is the keyed hash of the code the giver holds.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=12, choices=TipKind)
    state = models.CharField(_("state"), max_length=6, choices=TipState, default=TipState.NEW)
    given_at = models.DateTimeField(_("given"))
    done_at = models.DateTimeField(null=True)
    erase_on = models.DateField(null=True)
    kept_days = models.PositiveSmallIntegerField()
    body = models.BinaryField()
    contact = models.BinaryField(null=True)
    receipt = models.BinaryField(max_length=32, unique=True)

    class Meta:
        verbose_name = _("tip")
        indexes = [models.Index(fields=["unit", "state", "given_at"], name="tip_of_unit")]


class TipMessage(models.Model):
    """What was written after the tip: by the giver, to the giver, or among the unit's people."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tip = models.ForeignKey(Tip, models.CASCADE, related_name="messages")
    kind = models.CharField(max_length=8, choices=MessageKind)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    text = models.BinaryField()

    class Meta:
        ordering = ["id"]


class TipOpening(models.Model):
    """Somebody of the unit had the tip's text before their eyes."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tip = models.ForeignKey(Tip, models.CASCADE, related_name="openings")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-id"]
