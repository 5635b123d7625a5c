"""Experts by field, the order in which they are called out, and what became of it."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.areas.models import Area
from linli.cases.models.case import in_page_language
from linli.dispatch.models.incidents import Incident
from linli.dispatch.supply_choices import CallAnswer
from linli.kernel.ids import new_id


class Field(models.Model):
    """A field experts are asked in; the city adds its own.

    ``kinds`` are the codes of the incidents it fits: their pages offer it first.
    """

    code = models.CharField(_("code"), max_length=30, primary_key=True)
    name = models.CharField(_("name"), max_length=40)
    name_en = models.CharField(_("English name"), max_length=60, blank=True)
    kinds = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    retired = models.BooleanField(_("no longer offered"), default=False)

    class Meta:
        ordering = ["position", "code"]
        verbose_name = _("field of experts")

    @property
    def label(self) -> str:
        """Return the name in the language of the page."""
        return in_page_language(self.name, self.name_en)


class Expert(models.Model):
    """Somebody who can be asked. ``personal`` opens to ``{"name", "phone"}``: it is masked on pages.

    ``hours`` is a week as :mod:`linli.premises.hours` keeps it, empty for any time; ``away_until``
    is the last day away.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    job = models.CharField(_("profession"), max_length=60)
    organisation = models.CharField(_("organisation"), max_length=80, blank=True)
    personal = models.BinaryField()
    hours = models.JSONField(_("can be called at"), default=list, blank=True)
    away_until = models.DateField(_("away until"), null=True, blank=True)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("expert")


class Listing(models.Model):
    """An expert's place in the order of a field; ``place`` 1 is called first."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    expert = models.ForeignKey(Expert, models.CASCADE, related_name="listings")
    field = models.ForeignKey(Field, models.PROTECT, related_name="listings")
    place = models.PositiveSmallIntegerField(_("order"))

    class Meta:
        ordering = ["place", "id"]
        constraints = [
            models.UniqueConstraint(fields=["expert", "field"], name="expert_field_once")
        ]


class CallOut(models.Model):
    """One call to an expert, with the answer. The number was shown to whoever called: that is on
    record by this row.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    expert = models.ForeignKey(Expert, models.PROTECT, related_name="calls")
    field = models.ForeignKey(Field, models.PROTECT, related_name="+")
    incident = models.ForeignKey(Incident, models.PROTECT, null=True, related_name="expert_calls")
    why = models.CharField(_("what for"), max_length=200)
    at = models.DateTimeField(_("called"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answer = models.CharField(
        _("answer"), max_length=9, choices=CallAnswer, default=CallAnswer.CALLED
    )
    answered_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("call of an expert")
        constraints = [
            # Two desks can't have the same expert.
            models.UniqueConstraint(
                fields=["expert"],
                condition=Q(answer__in=["called", "coming"]),
                name="expert_out_once",
            )
        ]
        indexes = [models.Index("expert", F("at").desc(), name="expert_calls")]
