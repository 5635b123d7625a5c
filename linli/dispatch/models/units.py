"""Units: what can be sent, who is on shift, and where they are."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.areas.models import Area, Unit
from linli.dispatch.choices import Status, UnitKind
from linli.kernel.ids import new_id
from linli.roads.models import MODE_WORDS


class DispatchUnit(models.Model):
    """A patrol team, an emergency team, a liaison…: a unit of an area, as dispatch knows it.

    Its people are those with a role in ``team``. ``area`` is where it is at home, ``latitude`` and
    ``longitude`` (WGS-84) its post. ``shared`` units are asked and not taken: several incidents may
    have them at once. ``status`` follows its assignments; the database insists on that. ``standby``
    is where it was asked to wait, when an area is bare.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    team = models.OneToOneField(Unit, models.PROTECT, related_name="dispatch_unit")
    kind = models.CharField(_("kind"), max_length=9, choices=UnitKind)
    name = models.CharField(_("name"), max_length=60)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", db_index=False)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    skills = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    equipment = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    mode = models.CharField(_("moves"), max_length=10, choices=MODE_WORDS, default="car")
    shared = models.BooleanField(_("asked by several at once"), default=False)
    status = models.CharField(_("status"), max_length=14, choices=Status, default=Status.OFF_DUTY)
    status_at = models.DateTimeField(_("since"))
    why_out = models.CharField(_("why out of service"), max_length=120, blank=True)
    standby = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    retired_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("unit of dispatch")
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=Status.values), name="dispatch_unit_status"
            ),
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="dispatch_unit_on_earth",
            ),
        ]
        indexes = [
            models.Index(
                fields=["area", "kind"], condition=Q(retired_at=None), name="dispatch_unit_area"
            )
        ]


class Shift(models.Model):
    """A turn of duty of a unit. ``thinned_at``: its raw track has been thinned out since.

    ``crew`` is who is on it by a roster; empty: whoever holds a role in the team. ``gained`` and
    ``lost`` are the skills the unit has and has not with that crew; the end of the turn undoes both.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    unit = models.ForeignKey(DispatchUnit, models.CASCADE, related_name="shifts", db_index=False)
    starts = models.DateTimeField(_("from"))
    ends = models.DateTimeField(_("until"))
    ended_at = models.DateTimeField(null=True)
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    crew = ArrayField(models.UUIDField(), default=list)
    gained = ArrayField(models.CharField(max_length=30), default=list)
    lost = ArrayField(models.CharField(max_length=30), default=list)
    thinned_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("shift")
        constraints = [
            models.UniqueConstraint(
                fields=["unit"], condition=Q(ended_at=None), name="shift_one_at_a_time"
            ),
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="shift_ends_later"),
        ]
        indexes = [
            models.Index(fields=["unit", "starts"], name="shift_unit"),
            models.Index(fields=["ends"], condition=Q(ended_at=None), name="shift_running"),
            models.Index(
                fields=["ended_at"],
                condition=Q(thinned_at=None, ended_at__isnull=False),
                name="shift_to_thin",
            ),
        ]


class Sharing(models.Model):
    """A person agreed that their phone tells where the unit is, until they stop or the shift ends."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    unit = models.ForeignKey(DispatchUnit, models.CASCADE, related_name="+", db_index=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "unit"], condition=Q(until=None), name="sharing_once"
            )
        ]
        indexes = [models.Index(fields=["unit"], condition=Q(until=None), name="sharing_unit")]


class Spot(models.Model):
    """Where a unit is now: the last its phone told. Degrees are WGS-84, ``accuracy`` metres.

    A table of its own, so that a position never waits for whoever is assigning the unit.
    """

    unit = models.OneToOneField(DispatchUnit, models.CASCADE, primary_key=True, related_name="spot")
    longitude = models.FloatField()
    latitude = models.FloatField()
    accuracy = models.PositiveIntegerField(null=True)
    at = models.DateTimeField()


class TrackPoint(models.Model):
    """One position of a unit: raw during its shift, one a minute after, gone after a month.

    Which of its people carried the phone is not kept.
    """

    id = models.BigAutoField(primary_key=True)
    unit = models.ForeignKey(DispatchUnit, models.CASCADE, related_name="+", db_index=False)
    longitude = models.FloatField()
    latitude = models.FloatField()
    accuracy = models.PositiveIntegerField(null=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["unit", "at"], name="track_unit_at")]


class Tick(models.Model):
    """When an area's listeners were last told that units move: one nudge a tick, whoever moves."""

    topic = models.CharField(max_length=15, primary_key=True, db_collation="C")
    at = models.DateTimeField()
