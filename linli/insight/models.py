"""Counts of cases: what was counted and put away, and the changes since.

A figure is always the sum over both tables; see :mod:`linli.insight.rollup` for who moves what.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.areas.codes import Level

# The areas a case is counted in; a grid's few cases are counted from the cases themselves.
COUNTED_LEVELS = (Level.CITY, Level.COUNTY, Level.TOWNSHIP, Level.VILLAGE)


class Facet(models.TextChoices):
    """By what cases are told apart; each case stands once in every facet that applies to it."""

    STATE = "state", _("state")
    LEVEL = "level", _("level that resolved it")
    CATEGORY = "category", _("type")
    CHANNEL = "channel", _("channel")


class Rollup(models.Model):
    """Cases of one area and everything below it, registered in one month.

    ``month`` is its first day; the sum over all months stands under :data:`rollup.TOTAL`.
    ``cases`` are all, ``resolved`` those resolved or closed now, ``on_time`` those of them that were
    resolved by their deadline. In facet ``level`` only resolved cases are counted.
    """

    pk = models.CompositePrimaryKey("area", "facet", "month", "kind", "value")
    area = models.CharField(max_length=12, db_collation="C")
    facet = models.CharField(max_length=8, choices=Facet)
    month = models.DateField()
    kind = models.CharField(max_length=12)
    value = models.CharField(max_length=30, blank=True)
    cases = models.IntegerField()
    resolved = models.IntegerField()
    on_time = models.IntegerField()


class Delta(models.Model):
    """One case that came into (``sign`` 1) or left (``sign`` -1) a place in the figures.

    Written by the trigger on the cases, in the same transaction, and only ever appended: writers
    never wait for each other here. The worker folds the rows into :class:`Rollup`.
    """

    id = models.BigAutoField(primary_key=True)
    sign = models.SmallIntegerField()
    area = models.CharField(max_length=15, db_collation="C")
    month = models.DateField()
    kind = models.CharField(max_length=12)
    state = models.CharField(max_length=10)
    level = models.CharField(max_length=10, blank=True)
    category = models.CharField(max_length=30, blank=True)
    channel = models.CharField(max_length=14)
    on_time = models.BooleanField()
