"""What is kept: recordings, holds, clips, and the published report."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.cameras.lifecycle import LEAST_STORAGE_DAYS
from linli.cameras.models.registry import Camera
from linli.cameras.models.viewing import Grant
from linli.cameras.viewing_choices import ClipKind, ClipState
from linli.cases.models import Case
from linli.kernel.ids import new_id

USER = settings.AUTH_USER_MODEL


class Recording(models.Model):
    """Linli itself records a camera, for so many days. What is kept lies in the store's folders."""

    camera = models.OneToOneField(
        Camera, models.CASCADE, primary_key=True, related_name="recording"
    )
    days = models.PositiveSmallIntegerField(_("days kept"), default=LEAST_STORAGE_DAYS)
    since = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True)
    by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = pgettext_lazy("camera", "recording")
        constraints = [
            models.CheckConstraint(
                condition=Q(days__gte=LEAST_STORAGE_DAYS), name="recording_thirty_days"
            )
        ]

    @property
    def is_running(self) -> bool:
        """Say whether the camera is recorded now."""
        return self.stopped_at is None


class Hold(models.Model):
    """Footage of a camera is kept for a case beyond its time, until a day, for a reason."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    camera = models.ForeignKey(Camera, models.PROTECT, related_name="holds")
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    starts = models.DateTimeField(_("from"))
    ends = models.DateTimeField(_("until"))
    reason = models.CharField(_("reason"), max_length=300)
    until = models.DateField(_("kept until"))
    by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = pgettext_lazy("camera", "hold")
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="hold_has_span"),
            models.CheckConstraint(condition=~Q(reason=""), name="hold_has_reason"),
        ]
        indexes = [models.Index(fields=["camera", "starts"], name="hold_camera")]


class Clip(models.Model):
    """A clip or a still cut under a grant: with a watermark, and disguised where it goes to the
    public. It leaves only after another person looked at it; it is destroyed after ``expires_on``.

    ``boxes`` are ``[left, top, width, height]`` in thousandths of the picture.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    grant = models.ForeignKey(Grant, models.PROTECT, related_name="clips")
    camera = models.ForeignKey(Camera, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=5, choices=ClipKind)
    starts = models.DateTimeField(_("from"))
    ends = models.DateTimeField(_("until"))
    for_public = models.BooleanField(_("goes to the public"))
    hide_moving = models.BooleanField(_("hide everything that moves"), default=False)
    boxes = models.JSONField(default=list)
    recipient = models.CharField(_("goes to"), max_length=120)
    state = models.CharField(max_length=8, choices=ClipState, default=ClipState.MAKING)
    said = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField(default=0)
    faces = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    looked_at = models.DateTimeField(null=True)
    looked_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    handed_at = models.DateTimeField(null=True)
    expires_on = models.DateField(_("destroyed after"))

    class Meta:
        verbose_name = pgettext_lazy("video", "clip")
        constraints = [
            models.CheckConstraint(
                condition=Q(looked_by=None) | ~Q(looked_by=F("made_by")),
                name="clip_second_person",
            ),
            models.CheckConstraint(
                condition=~Q(state="approved") | Q(looked_by__isnull=False),
                name="clip_leaves_after_second_look",
            ),
            models.CheckConstraint(condition=Q(ends__gte=F("starts")), name="clip_has_span"),
        ]
        indexes = [models.Index(fields=["expires_on"], name="clip_expires")]


class ViewingReport(models.Model):
    """What a quarter's viewing came to, as it was published: counts only, small ones left out."""

    quarter = models.CharField(max_length=6, primary_key=True)
    figures = models.JSONField()
    published_at = models.DateTimeField()

    class Meta:
        verbose_name = _("report on video")
        ordering = ["-quarter"]
