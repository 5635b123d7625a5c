"""Imports: the mappings people made, each file's import, what it refused, and what came from where."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.areas.models import Unit
from linli.cases.models import Case
from linli.intake import lifecycle
from linli.intake.channel_models import Received, Source
from linli.kernel.ids import new_id

__all__ = ["Batch", "Finding", "Mapping", "Origin", "Received", "Source"]

STATES = [
    (lifecycle.UPLOADED, pgettext_lazy("import", "being read")),
    (lifecycle.READY, pgettext_lazy("import", "waiting for your look")),
    (lifecycle.WAITING, pgettext_lazy("import", "waiting for its turn")),
    (lifecycle.RUNNING, pgettext_lazy("import", "running")),
    (lifecycle.DONE, pgettext_lazy("import", "done")),
    (lifecycle.STOPPED, pgettext_lazy("import", "stopped")),
]


class Mapping(models.Model):
    """How the columns of one shape of file become fields; the city's, under a name.

    ``shape`` is the fingerprint of the headings it was made for. ``layout`` holds ``columns``
    (heading → field), ``values`` (field → text in the file → code) and ``defaults`` (field → code).
    ``source`` names the system the files come from: numbers are unique within it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(_("name"), max_length=60, unique=True)
    shape = models.CharField(max_length=32, db_index=True)
    source = models.CharField(_("source"), max_length=60)
    layout = models.JSONField(default=dict)
    changed_at = models.DateTimeField(_("changed"))
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("mapping")
        ordering = ["name"]


class Batch(models.Model):
    """The import of one file at the desk ``unit``, by a person or (null) a channel.

    ``look`` is what was seen in it: sealed, because samples are personal data. ``plan`` is the
    layout with the options the person chose. ``position`` counts the rows that are decided; it is
    kept in the transaction that decides them. The file itself lies sealed outside the database and
    is gone when the import has ended.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(_("uploaded"))
    file_name = models.CharField(pgettext_lazy("import", "file"), max_length=120)
    size = models.PositiveIntegerField(_("size"))
    state = models.CharField(_("state"), max_length=8, choices=STATES)
    look = models.BinaryField(default=b"")
    plan = models.JSONField(default=dict)
    mapping = models.CharField(_("mapping"), max_length=60, blank=True)
    total = models.PositiveIntegerField(_("rows"), default=0)
    position = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(pgettext_lazy("import", "added"), default=0)
    known = models.PositiveIntegerField(_("already there"), default=0)
    refused = models.PositiveIntegerField(_("refused"), default=0)
    failure = models.CharField(max_length=300, blank=True)
    started_at = models.DateTimeField(null=True)
    touched_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("import")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=lifecycle.STATES), name="batch_state_known"
            )
        ]
        indexes = [
            models.Index(fields=["unit", "-created_at"], name="batch_unit"),
            models.Index(
                fields=["touched_at"],
                condition=Q(state__in=sorted(lifecycle.UNDER_WAY)),
                name="batch_under_way",
            ),
        ]


class Finding(models.Model):
    """A row that was refused. Sealed: the reasons, and the row's cells as they were read."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="findings")
    row = models.PositiveIntegerField(_("row"))
    sealed = models.BinaryField()

    class Meta:
        verbose_name = _("refused row")
        constraints = [models.UniqueConstraint(fields=["batch", "row"], name="finding_once")]


class Origin(models.Model):
    """Which row of which system became which case: a second import finds it and adds nothing.

    ``key`` is a keyed hash of source and number, or of the row's content where it has no number.
    """

    key = models.BinaryField(primary_key=True)
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    batch = models.ForeignKey(Batch, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("origin")
