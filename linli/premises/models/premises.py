"""A place with people to answer for it, and what the city asks of places of its kind."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.areas.models import Area, Unit
from linli.cases.models.case import in_page_language
from linli.kernel.ids import new_id
from linli.premises.choices import DeviceKind, Spot


class PremisesKind(models.Model):
    """A kind of premises the city keeps. Zero days: places of this kind have no such turn.

    ``inspection_days`` is how long after an inspection the next one is due; ``test_days`` the same
    for the test of each one-key alarm; ``drill_days`` for drills.
    """

    code = models.CharField(_("code"), max_length=30, primary_key=True)
    name = models.CharField(_("name"), max_length=40)
    name_en = models.CharField(_("English name"), max_length=60, blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    inspection_days = models.PositiveSmallIntegerField(_("days between inspections"), default=90)
    test_days = models.PositiveSmallIntegerField(_("days between alarm tests"), default=31)
    drill_days = models.PositiveSmallIntegerField(_("days between drills"), default=0)
    retired = models.BooleanField(_("no longer offered"), default=False)

    class Meta:
        ordering = ["position", "code"]
        verbose_name = _("kind of premises")

    @property
    def label(self) -> str:
        """Return the name in the language of the page."""
        return in_page_language(self.name, self.name_en)


class Need(models.Model):
    """A device each place of a kind must have, at a spot of it or (``spot`` empty) anywhere.

    ``connected``: it must also be in touch with the centre, or the place counts as not covered.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.ForeignKey(PremisesKind, models.CASCADE, related_name="needs")
    device_kind = models.CharField(_("device"), max_length=16, choices=DeviceKind)
    spot = models.CharField(_("where"), max_length=16, choices=Spot, blank=True)
    connected = models.BooleanField(_("must be connected"), default=True)

    class Meta:
        verbose_name = _("required device")
        constraints = [
            models.UniqueConstraint(fields=["kind", "device_kind", "spot"], name="need_once")
        ]


class Premises(models.Model):
    """One place: a school, a hotel, a petrol station, a compound…

    ``responsible`` is the unit that looks after it (a grid's post, a centre), ``department`` the
    unit in charge of its trade. ``absent`` names spots the place doesn't have: a day school has no
    dormitory, so no alarm is missed there. ``hours`` holds seven lists, Monday first, of
    ``[from, to]`` in minutes of the day; empty where nobody told. Points are WGS-84.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.ForeignKey(PremisesKind, models.PROTECT, related_name="premises")
    name = models.CharField(_("name"), max_length=80)
    area = models.ForeignKey(Area, models.PROTECT, related_name="premises", db_index=False)
    address = models.CharField(_("address"), max_length=120, blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    phone = models.CharField(_("telephone of the place"), max_length=30, blank=True)
    hours = models.JSONField(_("opening hours"), default=list, blank=True)
    floors = models.PositiveSmallIntegerField(_("floors above ground"), null=True, blank=True)
    basements = models.PositiveSmallIntegerField(_("floors below ground"), default=0)
    capacity = models.PositiveIntegerField(_("people at most"), null=True, blank=True)
    absent = ArrayField(
        models.CharField(max_length=16, choices=Spot),
        verbose_name=_("has none of these"),
        default=list,
        blank=True,
    )
    responsible = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="premises",
        verbose_name=_("responsible unit"),
    )
    department = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="premises_in_charge",
        verbose_name=_("department in charge"),
    )
    note = models.CharField(_("note"), max_length=300, blank=True)
    inspected_on = models.DateField(_("last inspected"), null=True, blank=True)
    inspection_due = models.DateField(_("next inspection due"), null=True, blank=True)
    drilled_on = models.DateField(_("last drill"), null=True, blank=True)
    added_at = models.DateTimeField()
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("premises")
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="premises_point_on_earth",
            ),
            models.UniqueConstraint(
                fields=["area", "kind", "name"],
                condition=Q(closed_on=None),
                name="premises_once",
            ),
        ]
        indexes = [
            models.Index(fields=["area", "kind"], name="premises_area"),
            models.Index(
                fields=["inspection_due"], condition=Q(closed_on=None), name="premises_due"
            ),
        ]
