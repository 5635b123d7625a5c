"""Contacts, files, alarm tests, and the history of a place."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.areas.models import Area
from linli.kernel.ids import new_id
from linli.premises.choices import ContactPart, FilePurpose, Happened
from linli.premises.models.devices import Device
from linli.premises.models.premises import Premises


class Contact(models.Model):
    """Whom to call. ``personal`` opens to ``{"name", "phone"}``; an erased one is empty.

    ``position`` is the order of calling.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    premises = models.ForeignKey(Premises, models.CASCADE, related_name="contacts")
    part = models.CharField(_("part"), max_length=12, choices=ContactPart)
    job = models.CharField(_("post held"), max_length=40, blank=True)
    position = models.PositiveSmallIntegerField(_("order of calling"), default=1)
    personal = models.BinaryField()
    erased_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["position", "id"]
        verbose_name = _("contact")


class WhyOpened(models.Model):
    """Why somebody opened a contact: the audit entry holds the hash of the words."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    premises = models.ForeignKey(Premises, models.CASCADE, related_name="+")
    text = models.CharField(_("reason"), max_length=500)

    class Meta:
        verbose_name = _("reason")


class StoredFile(models.Model):
    """A floor plan, a photo of an inspection, a record. The bytes lie where those of cases do."""

    # The sweep of files asks every model that says so.
    keeps_files = True

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    premises = models.ForeignKey(Premises, models.PROTECT, related_name="files")
    purpose = models.CharField(_("purpose"), max_length=8, choices=FilePurpose)
    # The line of an inspection, a hazard or a drill it belongs to.
    about = models.UUIDField(null=True)
    floor = models.CharField(_("floor"), max_length=10, blank=True)
    name = models.CharField(_("name"), max_length=120)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField(_("size"))
    sha256 = models.CharField(max_length=64)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    removed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("file")
        indexes = [models.Index(fields=["sha256"], name="premises_file_sha")]


class AlarmTest(models.Model):
    """One test of an alarm: pressed at ``sent_at``, seen at the police at ``arrived_at`` or never."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    device = models.ForeignKey(Device, models.PROTECT, related_name="tests")
    sent_at = models.DateTimeField(_("pressed at"))
    arrived_at = models.DateTimeField(_("arrived at"), null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("alarm test")
        constraints = [
            models.CheckConstraint(
                condition=Q(arrived_at=None) | Q(arrived_at__gte=F("sent_at")),
                name="test_arrives_later",
            )
        ]
        indexes = [models.Index("device", F("sent_at").desc(), name="test_of")]


class Event(models.Model):
    """What happened to a place or a device. Holds no personal data; never changes."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", db_index=False)
    premises = models.ForeignKey(
        Premises, models.PROTECT, null=True, related_name="events", db_index=False
    )
    device = models.ForeignKey(
        Device, models.PROTECT, null=True, related_name="events", db_index=False
    )
    what = models.CharField(max_length=16, choices=Happened)
    at = models.DateTimeField(_("time"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    text = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [
            models.Index(
                "premises", F("at").desc(), condition=Q(premises__isnull=False),
                name="premises_event_of",
            ),
            models.Index(
                "device", F("at").desc(), condition=Q(device__isnull=False), name="device_event_of"
            ),
        ]  # fmt: skip
