"""Bringing cameras in: tables of thousands, and what was found in the network."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.kernel.ids import new_id

STATES = [
    ("examining", pgettext_lazy("import", "being read")),
    ("ready", pgettext_lazy("import", "waiting for your look")),
    ("running", pgettext_lazy("import", "running")),
    ("done", pgettext_lazy("import", "done")),
    ("failed", pgettext_lazy("import", "failed")),
]


class CameraImport(models.Model):
    """One table of cameras. ``data`` is the file, destroyed when the import has ended.

    ``total`` counts its rows: ``fresh`` come in, ``known`` change an entry or leave it as it is,
    ``wrong`` are left out. ``done`` counts the rows that are decided.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(_("file"), max_length=120)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("uploaded"))
    state = models.CharField(_("state"), max_length=10, choices=STATES)
    data = models.BinaryField(null=True)
    datum = models.CharField(_("coordinates in"), max_length=10, default="wgs84")
    total = models.PositiveIntegerField(default=0)
    fresh = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0)
    wrong = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    failure = models.CharField(max_length=300, blank=True)
    touched_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("import of cameras")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[state for state, _word in STATES]),
                name="camera_import_state_known",
            )
        ]
        indexes = [models.Index(fields=["by", "-created_at"], name="camera_import_by")]


class ImportFault(models.Model):
    """A row that was left out, and why."""

    of = models.ForeignKey(CameraImport, models.CASCADE, related_name="faults")
    row = models.PositiveIntegerField(_("row"))
    code = models.CharField(max_length=40, blank=True)
    reasons = models.JSONField(default=list)

    class Meta:
        verbose_name = _("row left out")
        constraints = [models.UniqueConstraint(fields=["of", "row"], name="camera_fault_once")]


class Discovery(models.Model):
    """A search for devices in the network; ``found`` holds what answered."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    found = models.JSONField(default=list)
    failure = models.CharField(max_length=120, blank=True)

    class Meta:
        verbose_name = _("search for cameras")
        indexes = [models.Index(fields=["by", "-asked_at"], name="camera_discovery_by")]
