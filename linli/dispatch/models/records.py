"""What is kept of an incident: its timeline, situation reports, hand-overs, and the review."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.areas.models import Unit
from linli.dispatch.choices import Verb
from linli.dispatch.models.incidents import Assignment, Incident
from linli.dispatch.models.units import DispatchUnit
from linli.kernel.ids import new_id


class TimelineEntry(models.Model):
    """One row of an incident's timeline: never changed. What was written lies in :class:`Remark`."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    incident = models.ForeignKey(Incident, models.CASCADE, related_name="timeline", db_index=False)
    verb = models.CharField(max_length=12, choices=Verb)
    at = models.DateTimeField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    unit = models.ForeignKey(
        DispatchUnit, models.PROTECT, null=True, related_name="+", db_index=False
    )
    assignment = models.ForeignKey(
        Assignment, models.PROTECT, null=True, related_name="+", db_index=False
    )
    # Ids, codes, numbers and moments that the verb adds; never personal data, never free text.
    facts = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["incident", "id"], name="timeline_incident")]


class Remark(models.Model):
    """What a person wrote with a row of the timeline; can be erased, the row stays."""

    entry = models.OneToOneField(
        TimelineEntry, models.CASCADE, primary_key=True, related_name="remark"
    )
    incident = models.ForeignKey(Incident, models.CASCADE, related_name="+")
    text = models.TextField()


class SituationReport(models.Model):
    """A situation report as it was given: its number, and the text made from the timeline."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    incident = models.ForeignKey(Incident, models.CASCADE, related_name="situations")
    number = models.PositiveSmallIntegerField(_("number"))
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    text = models.TextField()

    class Meta:
        ordering = ["number"]
        verbose_name = _("situation report")
        constraints = [
            models.UniqueConstraint(fields=["incident", "number"], name="situation_number_once")
        ]


class Handover(models.Model):
    """A dispatcher handed the desk to another: which incidents were open, and what was said."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    desk = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    giver = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    taker = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    incidents = models.JSONField(default=list)
    note = models.TextField(_("what the next one must know"), blank=True)

    class Meta:
        verbose_name = _("hand-over")


class Review(models.Model):
    """What was learnt from an incident; written once, and again when more is known."""

    incident = models.OneToOneField(
        Incident, models.CASCADE, primary_key=True, related_name="review"
    )
    good = models.TextField(_("what went well"), blank=True)
    better = models.TextField(_("what is to be better"), blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        verbose_name = _("review of an incident")
