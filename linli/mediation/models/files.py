"""The file 卷宗: its papers, the templates they are made from, and its end in the archive."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.cases.models import Attachment
from linli.kernel.ids import new_id
from linli.mediation.choices import PaperKind, Term
from linli.mediation.models.mediation import Mediation


class Template(models.Model):
    """A city's own Word template of an official form; without one the form that comes along holds.

    ``document`` is the .docx file. The newest one that is not withdrawn holds.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(_("form"), max_length=14, choices=PaperKind)
    name = models.CharField(_("name"), max_length=120)
    document = models.BinaryField()
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("template")


class Paper(models.Model):
    """One paper of the file: a scan or photo among the case's files, put into its place.

    Papers that are made from data (cover, forms, records) need no row until their signed original is
    scanned in; then the scan counts.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    mediation = models.ForeignKey(Mediation, models.CASCADE, related_name="papers")
    kind = models.CharField(_("paper"), max_length=14, choices=PaperKind)
    title = models.CharField(_("title"), max_length=120)
    attachment = models.ForeignKey(Attachment, models.PROTECT, related_name="+")
    # The row the paper belongs to, such as a session or an agreement.
    about = models.UUIDField(null=True, blank=True)
    dated = models.DateField(_("dated"))
    position = models.PositiveSmallIntegerField(default=0)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("paper")
        indexes = [models.Index(fields=["mediation", "kind", "position"], name="paper_order")]


class Archive(models.Model):
    """A sealed file: its number, pages and hash; when it may be destroyed, and that it was.

    ``sha256`` is the file's as PDF; the audit entry holds it too. ``keep_until`` empty: for ever.
    """

    mediation = models.OneToOneField(
        Mediation, models.PROTECT, primary_key=True, related_name="archive"
    )
    title = models.CharField(_("file name"), max_length=160)
    pages = models.PositiveIntegerField(_("pages"))
    sha256 = models.CharField(max_length=64)
    attachment = models.ForeignKey(Attachment, models.PROTECT, null=True, related_name="+")
    sealed_at = models.DateTimeField()
    keeper = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    term = models.CharField(_("kept for"), max_length=9, choices=Term)
    keep_until = models.DateField(_("kept until"), null=True)
    destroyed_at = models.DateTimeField(null=True)
    destroyed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    witnessed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("archived file")
        indexes = [
            models.Index(
                fields=["keep_until"],
                condition=Q(destroyed_at=None, keep_until__isnull=False),
                name="archive_to_destroy",
            )
        ]
