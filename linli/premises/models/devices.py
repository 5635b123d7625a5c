"""Devices: alarms, terminals, sensors, extinguishers; in premises or out on a street."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Left
from django.utils.translation import gettext_lazy as _

from linli.areas.models import Area
from linli.kernel.ids import new_id
from linli.premises.choices import DeviceKind, DeviceState, Senses, Spot
from linli.premises.models.premises import Premises


class Device(models.Model):
    """One device. ``area`` is that of its premises, where it has one; points are WGS-84 degrees.

    ``secret`` is what it proves itself by, sealed with the device's key as context; after a change
    ``former_secret`` holds until ``former_until``. ``interval_seconds`` is how often it should be
    heard of: zero means never (an extinguisher). ``heard_at`` is its last heartbeat. ``test_due``
    is the day by which a one-key alarm is to be tested again.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    premises = models.ForeignKey(
        Premises, models.PROTECT, null=True, blank=True, related_name="devices"
    )
    area = models.ForeignKey(Area, models.PROTECT, related_name="devices", db_index=False)
    kind = models.CharField(_("device"), max_length=16, choices=DeviceKind)
    senses = models.CharField(_("senses"), max_length=16, choices=Senses, blank=True)
    name = models.CharField(_("name"), max_length=80)
    spot = models.CharField(_("where"), max_length=16, choices=Spot, blank=True)
    floor = models.CharField(_("floor"), max_length=10, blank=True)
    serial = models.CharField(_("serial number"), max_length=60, blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    to_police = models.BooleanField(_("linked to the police"), default=False)

    secret = models.BinaryField(null=True)
    former_secret = models.BinaryField(null=True)
    former_until = models.DateTimeField(null=True)

    state = models.CharField(
        _("state"), max_length=11, choices=DeviceState, default=DeviceState.UNCONNECTED
    )
    fault = models.CharField(_("fault"), max_length=200, blank=True)
    interval_seconds = models.PositiveIntegerField(_("heartbeat every (seconds)"), default=0)
    heard_at = models.DateTimeField(_("last heard of"), null=True, blank=True)
    installed_on = models.DateField(_("installed on"), null=True, blank=True)
    expires_on = models.DateField(_("to be replaced by"), null=True, blank=True)
    tested_on = models.DateField(_("last tested"), null=True, blank=True)
    test_due = models.DateField(_("test due"), null=True, blank=True)
    retired_at = models.DateTimeField(_("retired"), null=True, blank=True)

    class Meta:
        verbose_name = _("device")
        constraints = [
            models.UniqueConstraint(
                Left("area", 4), F("serial"), condition=~Q(serial=""), name="device_serial_once"
            ),
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="device_point_on_earth",
            ),
            models.CheckConstraint(
                condition=Q(state__in=DeviceState.values), name="device_state_known"
            ),
            # A fault that nobody names helps nobody.
            models.CheckConstraint(
                condition=~Q(state="fault") | ~Q(fault=""), name="device_fault_named"
            ),
            models.CheckConstraint(
                condition=Q(former_secret=None) | Q(former_until__isnull=False),
                name="device_former_secret_ends",
            ),
        ]
        indexes = [
            models.Index(fields=["area", "kind"], name="device_area"),
            models.Index(
                fields=["test_due"],
                condition=Q(retired_at=None, test_due__isnull=False),
                name="device_test_due",
            ),
        ]
