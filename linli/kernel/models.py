"""The city's working-day table."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CalendarDay(models.Model):
    """One dated exception to the week: a public holiday, or a weekend day that is worked.

    Rows here win over the calendar that comes with the product; a year the product does not know
    is entered here as soon as the State Council publishes it.
    """

    date = models.DateField(_("date"), primary_key=True)
    works = models.BooleanField(_("working day"))
    name = models.CharField(_("name"), max_length=40, blank=True)

    class Meta:
        ordering = ["date"]
        verbose_name = _("calendar day")


class Once(models.Model):
    """An idempotency key somebody used, and what came of it.

    Written in the transaction of the work itself, so the work was done exactly if the row is there.
    """

    id = models.BigAutoField(primary_key=True)
    person = models.UUIDField()
    key = models.CharField(max_length=80)
    digest = models.BinaryField(max_length=32)
    object_id = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="once_key")]
        indexes = [models.Index(fields=["at"], name="once_at")]


class Tries(models.Model):
    """How often somebody (a hash) tried something within the window that ends at ``ends`` (epoch)."""

    id = models.BigAutoField(primary_key=True)
    what = models.CharField(max_length=20)
    who = models.BinaryField(max_length=16)
    ends = models.BigIntegerField()
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["what", "who", "ends"], name="tries_once")]
        indexes = [models.Index(fields=["ends"], name="tries_ends")]
