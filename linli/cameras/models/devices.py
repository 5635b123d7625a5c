"""Devices that speak GB/T 28181, and the channels they say they have."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.cameras.models.registry import Camera
from linli.kernel.ids import new_id


class SipDevice(models.Model):
    """A device, known by its 20 digits. Not accepted means: it asked to register, nothing more.

    ``sealed`` holds its own password, under the row's id. ``registered_until`` is in the past or
    null while it is away.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.CharField(pgettext_lazy("device", "number"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=80, blank=True)
    area = models.CharField(_("area"), max_length=15, blank=True, db_collation="C")
    sealed = models.BinaryField(null=True)
    by_tcp = models.BooleanField(_("video by TCP"), default=False)
    asked_at = models.DateTimeField(_("asked to register"), null=True)
    asked_from = models.CharField(max_length=45, blank=True)
    accepted_at = models.DateTimeField(pgettext_lazy("device", "accepted"), null=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    registered_until = models.DateTimeField(null=True)
    heard_at = models.DateTimeField(_("last heard"), null=True)
    is_faulty = models.BooleanField(default=False)
    host = models.CharField(max_length=45, blank=True)
    catalogue_at = models.DateTimeField(_("catalogue of"), null=True)

    class Meta:
        verbose_name = _("GB/T 28181 device")
        indexes = [models.Index(fields=["area", "number"], name="sip_device_area")]


class SipChannel(models.Model):
    """A camera a device says it has. ``camera`` is the registry's entry, once somebody tied it."""

    device = models.ForeignKey(SipDevice, models.CASCADE, related_name="channels")
    number = models.CharField(pgettext_lazy("device", "number"), max_length=20)
    name = models.CharField(_("name"), max_length=80)
    maker = models.CharField(_("manufacturer"), max_length=60, blank=True)
    model = models.CharField(_("model"), max_length=60, blank=True)
    address = models.CharField(_("place"), max_length=120, blank=True)
    longitude = models.FloatField(null=True)
    latitude = models.FloatField(null=True)
    is_on = models.BooleanField(default=False)
    gone_at = models.DateTimeField(null=True)
    camera = models.ForeignKey(Camera, models.SET_NULL, null=True, related_name="sip_channels")

    class Meta:
        verbose_name = pgettext_lazy("device", "channel")
        constraints = [
            models.UniqueConstraint(fields=["device", "number"], name="sip_channel_once")
        ]
