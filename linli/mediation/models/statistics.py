"""What the official form counts, and prevention work. The tables of counts are written by triggers.

A figure is always the sum over :class:`Rollup` and :class:`Delta`; :mod:`linli.mediation.rollup`
says who moves what. The cases behind it are those of :class:`Fact`, so both have one definition.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.kernel.ids import new_id
from linli.mediation.models.committees import Committee
from linli.mediation.models.mediation import Mediation


class Facet(models.TextChoices):
    """By what mediations are told apart: the groups of columns of the form."""

    TYPE = "type", _("type")
    SOURCE = "source", _("source")
    COMMITTEE = "committee", _("kind of committee")
    FORM = "form", _("form of the agreement")
    AVERTED = "averted", _("averted")


class Counted(models.Model):
    """The columns of what is counted of one mediation.

    ``resolved``: an agreement took effect. ``form`` and ``amount`` (yuan) are only of those;
    ``ended``: the way to an agreement is over, however. ``type`` is the official type, without the
    city's own subtypes. ``day`` is when it was opened, in the city's calendar.
    """

    area = models.CharField(max_length=15, db_collation="C")
    committee_kind = models.CharField(max_length=13)
    source = models.CharField(max_length=13)
    type = models.CharField(max_length=30, blank=True)
    resolved = models.BooleanField()
    form = models.CharField(max_length=7, blank=True)
    hard = models.BooleanField()
    averted = models.CharField(max_length=8, blank=True)
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    parties = models.IntegerField()
    averted_persons = models.IntegerField()

    class Meta:
        abstract = True


class Fact(Counted):
    """What the form knows of one mediation, kept current in the transaction that changes it."""

    mediation = models.OneToOneField(
        Mediation, models.DO_NOTHING, primary_key=True, related_name="fact", db_constraint=False
    )
    committee = models.ForeignKey(
        Committee, models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False
    )
    day = models.DateField()
    ended = models.BooleanField()

    class Meta:
        indexes = [
            models.Index(F("day").desc(), F("mediation").desc(), name="mediation_fact_day"),
            models.Index(fields=["area", "day"], name="mediation_fact_area"),
            models.Index(fields=["committee", "day"], name="mediation_fact_com"),
        ]


class Delta(Counted):
    """A mediation that came into (``sign`` 1) or left (-1) a place in the figures; only appended.

    Writers never wait for each other here. The worker folds the rows into :class:`Rollup`.
    """

    id = models.BigAutoField(primary_key=True)
    sign = models.SmallIntegerField()
    month = models.DateField()


class Rollup(models.Model):
    """Mediations of one area and everything below it, opened in one month, by a facet's value.

    ``month`` is its first day; the sum over all months stands under :data:`rollup.TOTAL`. Each
    mediation stands once in every facet that applies to it.
    """

    pk = models.CompositePrimaryKey("area", "facet", "month", "value")
    area = models.CharField(max_length=12, db_collation="C")
    facet = models.CharField(max_length=9, choices=Facet)
    month = models.DateField()
    value = models.CharField(max_length=30, blank=True)
    mediations = models.IntegerField()
    resolved = models.IntegerField()
    hard = models.IntegerField()
    amount = models.DecimalField(max_digits=18, decimal_places=2)
    parties = models.IntegerField()
    averted_persons = models.IntegerField()


class Prevention(models.Model):
    """What a committee did on one day so that disputes don't arise or grow."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    committee = models.ForeignKey(Committee, models.PROTECT, related_name="preventions")
    day = models.DateField(_("day of the work"))
    inspections = models.PositiveIntegerField(_("inspections made"), default=0)
    found = models.PositiveIntegerField(_("disputes found"), default=0)
    prevented = models.PositiveIntegerField(_("disputes prevented"), default=0)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("prevention work")
        constraints = [
            models.UniqueConstraint(fields=["committee", "day"], name="prevention_once_a_day"),
            models.CheckConstraint(
                condition=~Q(inspections=0, found=0, prevented=0), name="prevention_is_something"
            ),
        ]
        indexes = [models.Index(fields=["day"], name="prevention_day")]
